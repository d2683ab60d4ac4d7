"""What stands on the dashboard of those whose account is worth a second step, and has none."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from cms.accounts.second_factor import app_of, is_concerned


class SecondStepPanel(Component):
    """The panel: why, and the way to it."""

    name = "second_step"
    order = 60
    template_name = "admin/accounts/panel.html"

    def get_context_data(self, parent_context):
        return {"address": reverse("second_step:set_up")}


def add_warning(person, panels: list):
    """Put the panel among those of the dashboard, where it is needed."""
    if is_concerned(person) and not app_of(person):
        panels.append(SecondStepPanel())
