"""The scoring app."""

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "api.scoring"
    label = "scoring"
    default_auto_field = "django.db.models.BigAutoField"
