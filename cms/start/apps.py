"""The Django app of the start page, of the help on screens, and of the admin's own look."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StartConfig(AppConfig):
    name = "cms.start"
    label = "start"
    verbose_name = _("Start page")
