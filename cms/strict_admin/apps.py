"""The Django app by which the admin needs no scripts that stand in its pages: its policy lets none of them run."""

from django.apps import AppConfig


class StrictAdminConfig(AppConfig):
    name = "cms.strict_admin"
    label = "strict_admin"

    def ready(self):
        from wagtail.admin.widgets import BaseChooser

        from cms.strict_admin.choosers import render

        # Wagtail has no other way to change this for the choosers of its own forms, too.
        BaseChooser.render = render
