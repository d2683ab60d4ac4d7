"""The start page: the dashboard begins with a question and large choices, and asks nobody to count pages."""

from wagtail.admin.ui.components import Component

from cms.start.choices import choices_for
from toolkit.help import help_box


class StartPanel(Component):
    """What do you want to do?"""

    name = "start"
    # Below what needs care, above all that Wagtail shows.
    order = 60
    template_name = "admin/start/panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        return {"choices": choices_for(request), "help": help_box(request, "start")}
