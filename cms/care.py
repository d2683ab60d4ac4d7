"""What editors see at the top of the dashboard when publishing needs somebody's care; nothing when all is well."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from cms.health import PATIENCE, checks_of, read_state
from cms.models import Failure
from cms.worker.dates import to_go_live, to_take_down

# So many of a kind are listed; the number of all of them is said above.
LISTED = 10


@dataclass(frozen=True)
class Item:
    """A page or a part of the site that needs care: its title, the address of its editor, and what is wrong."""

    title: str
    address: str
    says: str
    since: datetime


class CarePanel(Component):
    """The panel: every check that is not well, and below it what it is about."""

    name = "care"
    order = 50
    template_name = "care/panel.html"

    def __init__(self, troubles: list):
        self.troubles = troubles

    def get_context_data(self, parent_context):
        return {"troubles": [(check.says, items_of(check.name)) for check in self.troubles]}


def add_care_panel(panels: list):
    """Put the panel among those of the dashboard, when there is something to say."""
    if troubles := [check for check in checks_of(read_state()) if not check.is_well]:
        panels.append(CarePanel(troubles))


def items_of(name: str) -> list[Item]:
    """List what a check is about."""
    return {"parts": _failures, "dates": _dates}.get(name, list)()


def _failures() -> list[Item]:
    rows = Failure.objects.order_by("-since")[:LISTED]
    return [Item(row.title, _editor(row.page_id), row.reason, row.since) for row in rows]


def _dates() -> list[Item]:
    down = [
        Item(page.title, _editor(page.pk), _("It should have come down."), page.expire_at)
        for page in to_take_down(late=PATIENCE)[:LISTED]
    ]
    up = [
        Item(
            found.object_str,
            _editor(found.object_id),
            _("It should have gone live. Publish it yourself to see what is in the way."),
            found.approved_go_live_at,
        )
        for found in to_go_live(late=PATIENCE)[:LISTED]
    ]
    return down + up


def _editor(page_id) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else ""
