"""The Django app that keeps documents while their owners look through them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "cms.imports"
    label = "imports"
    verbose_name = _("Documents brought in")
    default_auto_field = "django.db.models.BigAutoField"
