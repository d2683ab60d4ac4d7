"""The Django app of the shell: connects what editors do to publishing."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Publishing"

    def ready(self):
        from cms.publishing.signals import connect

        connect()
