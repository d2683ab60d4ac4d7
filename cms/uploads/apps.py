"""The Django app of uploads: takes the ways in for which Wagtail has no setting."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UploadsConfig(AppConfig):
    name = "cms.uploads"
    label = "uploads"
    verbose_name = _("Pictures and files")

    def ready(self):
        from cms.uploads import searching, ways

        ways.connect()
        searching.connect()
