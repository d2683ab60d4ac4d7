"""Help that stands on a screen of the admin: open for whoever comes for the first time, folded up afterwards.

Each has its words in `templates/admin/help/`. Whether somebody has seen it is kept with Wagtail's own record of what
people have put away, so that it is so on every device, and needs no script.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.panels import HelpPanel
from wagtail.users.models import UserProfile


def help_box(request, name: str) -> SafeString:
    """Give the help of this name as HTML for whoever asks."""
    return render_to_string(_template(name), {"is_open": is_new_to(request, name)}, request=request)


def is_new_to(request, name: str) -> bool:
    """Tell whether somebody sees a help for the first time, and remember that they have."""
    if request.method != "GET" or not request.user.is_authenticated:
        return False
    profile, key = UserProfile.get_for_user(request.user), f"help-{name}"
    if profile.dismissibles.get(key):
        return False
    profile.dismissibles[key] = True
    profile.save(update_fields=["dismissibles"])
    return True


class Help(HelpPanel):
    """A help in the editor of a page."""

    def __init__(self, name: str, **kwargs):
        super().__init__(template=_template(name), **{k: v for k, v in kwargs.items() if k != "template"})
        self.name = name

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "name": self.name}

    @property
    def clean_name(self):
        return f"help_{self.name}"

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            is_open = is_new_to(self.request, self.panel.name)
            return {**super().get_context_data(parent_context), "is_open": is_open}


def _template(name: str) -> str:
    return f"admin/help/{name}.html"
