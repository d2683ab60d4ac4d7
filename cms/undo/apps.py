"""The Django app that puts back what readers saw before an editor's last change."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UndoConfig(AppConfig):
    name = "cms.undo"
    label = "undo"
    verbose_name = _("Undo")

    def ready(self):
        from cms.undo.watching import connect

        connect()
