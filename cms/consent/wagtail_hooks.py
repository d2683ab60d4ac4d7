"""Where Wagtail's admin asks about consent."""

from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button

from cms.consent import urls
from cms.consent.ledger import OVER, SOON_OVER, STATES, WAITING, ledger
from cms.consent.screens import PERMISSION
from toolkit.consent import Consent, Naming
from toolkit.models import Quote, Withdrawal


@hooks.register("register_admin_urls")
def consent_addresses():
    return [path("consent/", include(urls))]


class ConsentItem(MenuItem):
    """The way to the ledger, for those who keep consent."""

    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_admin_menu_item")
def consent_item():
    return ConsentItem(_("Consent"), reverse("consent:index"), name="consent", icon_name="user", order=230)


@hooks.register("register_page_header_buttons")
def take_back_button(page, user, view_name, next_url=None):
    """Where somebody's words are edited, they can be taken back."""
    quote = page.specific_deferred
    if isinstance(quote, Quote) and quote.consent != Consent.WITHDRAWN and user.has_perm(PERMISSION):
        address = reverse("consent:take_back", args=[Withdrawal.Kind.QUOTE, quote.translation_key])
        yield Button(_("Take these words back"), address, icon_name="cross", priority=55)


@hooks.register("before_delete_page")
def take_back_instead(request, page):
    """To delete a quote leaves its words in older releases and translations: keepers are led to what does not."""
    quote = page.specific_deferred
    if not isinstance(quote, Quote) or quote.naming == Naming.ILLUSTRATIVE or quote.consent == Consent.WITHDRAWN:
        return None
    if request.method == "GET" and request.user.has_perm(PERMISSION):
        return redirect("consent:take_back", Withdrawal.Kind.QUOTE, quote.translation_key)
    return None


class ConsentPanel(Component):
    """What waits for a keeper, on the start page."""

    name = "consent"
    order = 60
    template_name = "admin/consent/panel.html"

    def __init__(self, counts: list):
        self.counts = counts

    def get_context_data(self, parent_context):
        return {"counts": self.counts}


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels):
    if request.user.has_perm(PERMISSION):
        states = [entry.state for entry in ledger(today=timezone.localdate())]
        counts = [(state, STATES[state], states.count(state)) for state in (SOON_OVER, OVER, WAITING)]
        if any(count for _state, _name, count in counts):
            panels.append(ConsentPanel([one for one in counts if one[2]]))
