"""The Django app that knows what is kept about people."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DataProtectionConfig(AppConfig):
    name = "cms.data_protection"
    label = "data_protection"
    verbose_name = _("Data protection")
