"""The Django app that holds the toolkit's pages."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "toolkit"
    verbose_name = "The toolkit"
    default_auto_field = "django.db.models.BigAutoField"
