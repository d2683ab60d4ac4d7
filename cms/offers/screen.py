"""The queue of offers: what waits, what became a draft, what was declined or taken back, and the buttons for it."""

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from api.offers.ending import KEPT, LONG_AGO
from api.offers.models import Offer
from api.offers.rules import State, What
from cms.offers.deciding import UnableToDecide, decline, make_draft, undo
from cms.offers.drafts import home_of, stage_of
from cms.offers.rights import for_moderators, may_add
from toolkit import locales
from toolkit.models import Mark, Stage

PER_PAGE = 20
STATES = {
    State.WAITING: gettext_lazy("Waiting"),
    State.DRAFT: gettext_lazy("Became a draft"),
    State.DECLINED: gettext_lazy("Declined"),
    State.TAKEN_BACK: gettext_lazy("Taken back"),
}
KINDS = {
    What.LADDER: gettext_lazy("Ladder"),
    What.SNAKE: gettext_lazy("Snake"),
    What.OBSERVATION: gettext_lazy("Observation"),
    What.IDEA: gettext_lazy("Idea"),
    What.MARK: gettext_lazy("Mark"),
}


@require_safe
@for_moderators
def index(request: HttpRequest):
    """Show the offers in one of the states."""
    return shown(request, request.GET.get("state", ""))


@require_POST
@for_moderators
def draft(request: HttpRequest, pk: int):
    """Make a draft of an offer, and open its editor."""
    offer = get_object_or_404(Offer, pk=pk)
    try:
        page = make_draft(offer=offer, user=request.user, stage=request.POST.get("stage", ""), now=timezone.now())
    except UnableToDecide as error:
        return shown(request, offer.state, problem=(pk, str(error)))
    back = messages.button(f"{reverse('offers:index')}?state={State.DRAFT}&undo={pk}", _("Back to the offers"))
    messages.success(request, _("This draft was made of the offer. Readers see it once it is published."), [back])
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
@for_moderators
def declined(request: HttpRequest, pk: int):
    """Decline an offer."""
    offer = get_object_or_404(Offer, pk=pk)
    try:
        decline(offer=offer, reason=request.POST.get("reason", ""), now=timezone.now())
    except UnableToDecide as error:
        return shown(request, offer.state, problem=(pk, str(error)))
    return redirect(f"{reverse('offers:index')}?undo={pk}")


@require_POST
@for_moderators
def undone(request: HttpRequest, pk: int):
    """Let an offer wait again."""
    offer = get_object_or_404(Offer, pk=pk)
    try:
        undo(offer=offer, user=request.user)
    except UnableToDecide as error:
        return shown(request, offer.state, problem=(pk, str(error)))
    messages.success(request, _("It is undone: the offer waits again."))
    return redirect("offers:index")


def shown(request: HttpRequest, state: str, *, problem: tuple[int, str] = (0, "")):
    """Show the list; after something could not be done, with the reason, and what was written."""
    state = State(state) if state in set(State) else State.WAITING
    offers = Offer.objects.filter(state=state)
    if state != State.WAITING:
        offers = offers.order_by("-decided_at", "-pk")
    page = Paginator(offers, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "header_title": _("Offers"),
        "state": state,
        "states": [(one, words, Offer.objects.filter(state=one).count()) for one, words in STATES.items()],
        "rows": [row(offer, request.user) for offer in page],
        "paging": page,
        "stages": Stage.objects.filter(locale__language_code=locales.source(), alias_of=None),
        "undo": _to_undo(request),
        "problem_of": problem[0],
        "problem": problem[1],
        "reason": request.POST.get("reason"),
    }
    status = 422 if problem[1] else 200
    return TemplateResponse(request, "admin/offers/index.html", context, status=status)


def _to_undo(request: HttpRequest) -> Offer | None:
    """Give what was decided on a moment ago, so that it can be undone with one press."""
    number = request.GET.get("undo", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    decided = Offer.objects.filter(state__in=[State.DRAFT, State.DECLINED])
    return decided.filter(pk=int(number)).first() if is_number else None


def row(offer: Offer, user) -> dict:
    """Give what the list shows of an offer."""
    now, parent = timezone.now(), home_of(offer)
    pages = Page.objects.filter(translation_key=offer.page).select_related("locale") if offer.page else []
    return {
        "offer": offer,
        "kind": KINDS[What(offer.what)],
        "lang": offer.language,
        "dir": locales.direction(offer.language) if offer.language in locales.codes() else "ltr",
        "language": locales.own_name(offer.language) if offer.language in locales.codes() else offer.language,
        "about": _title_of(offer),
        "is_mark": offer.what == What.MARK,
        "stage": stage_of(offer),
        "elsewhere": parent.locale.language_code if parent and parent.locale.language_code != offer.language else "",
        "may_add": may_add(user, parent) or (offer.what == What.MARK and parent is None),
        "is_old": offer.state == State.WAITING and offer.made_at < now - LONG_AGO,
        "deleted_at": offer.decided_at and offer.decided_at + KEPT,
        "pages": [page.specific_deferred for page in pages],
    }


def _title_of(offer: Offer) -> str:
    """Give the title of the stage or mark that an offer is about, its code where it is gone, "" for none."""
    if not offer.about:
        return ""
    kind = {"stage": Stage, "mark": Mark}[offer.about_type]
    found = kind.objects.filter(code=offer.about_code, locale__language_code=locales.source()).first()
    return found.title if found else offer.about_code
