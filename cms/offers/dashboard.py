"""What moderators see on the dashboard and in the menu: how many offers wait, and whether some wait for long."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from api.offers.ending import waiting, waiting_long
from cms.offers.rights import may_moderate


class OffersItem(MenuItem):
    """The way to the queue, with the number of those that wait, for those who decide on them."""

    def is_shown(self, request):
        return may_moderate(request.user)

    def render_component(self, request):
        item = super().render_component(request)
        if count := waiting().count():
            # The item is one for all requests, what is drawn of it one for each.
            item.label = _("Offers ({count})").format(count=count)
        return item


class OffersPanel(Component):
    """The panel: how many wait."""

    name = "offers"
    order = 60
    template_name = "admin/offers/panel.html"

    def __init__(self, count: int, old: int):
        self.count, self.old = count, old

    def get_context_data(self, parent_context):
        return {"count": self.count, "old": self.old, "address": reverse("offers:index")}


def add_offers_panel(request, panels: list):
    """Put the panel on the dashboard of those who decide on offers, when some wait."""
    if may_moderate(request.user) and (count := waiting().count()):
        panels.append(OffersPanel(count, waiting_long(timezone.now()).count()))
