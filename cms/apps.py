"""The Django app of the shell: connects what editors do to publishing."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = "Publishing"

    def ready(self):
        from django.conf import settings

        from api.releases.server import reader_of
        from cms.observing.lines import know_release
        from cms.publishing.signals import connect
        from toolkit.translation.signals import connect as connect_translations

        # What a publish shows of translations has to be known when it begins, so these are called first.
        connect_translations()
        connect()
        know_release(lambda: reader_of(settings.RELEASES_DIR).release)
