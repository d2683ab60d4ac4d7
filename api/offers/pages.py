"""The pages on which somebody offers something, and sees what became of it. They need no script and no cookie."""

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from api.offers import limits
from api.offers.ending import KEPT
from api.offers.models import Offer
from api.offers.rules import NAMINGS, OF_NOTES, Refused, State, What, read_offer
from api.offers.services import make_offer, offer_of, take_back
from api.offers.words import AGREEMENT, KINDS, NAMES, sentence
from api.scoring.frames import absolute, framed
from api.scoring.given import Given
from api.scoring.qr import qr_code
from api.scoring.rules import Unable
from api.scoring.toolkit_marks import stages
from toolkit import locales
from toolkit.consent import Naming

FIELDS = ("what", "title", "words", "about", "language", "naming", "name", "consent", "website", "board")
ADDRESS = "give/"
RETRY_SECONDS = 30


@gzip_page
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def give(request) -> HttpResponse:
    """Show the form, filled in where a page or a board has led here, and take what it says."""
    if request.method != "POST":
        return _form(_asked_for(request.GET))
    if "begin" in request.POST:
        return _form(_from_board(request.POST))
    return _sent(request, {name: request.POST.get(name, "") for name in FIELDS})


def _sent(request, given: dict) -> HttpResponse:
    """Keep what somebody offers; where that cannot be, show the form again as it was filled in."""
    try:
        offered = read_offer(given, places=_places(), languages=locales.codes())
        write = Given(request.POST).write()
    except Refused as refused:
        return _form(given, refused.problems)
    except Unable:
        return _form(given, {"": "unreadable"})
    if seconds := limits.seconds_to_wait_to_offer(request.META):
        return _form(given, {"": "often"}, status=429, seconds=seconds)
    try:
        token = make_offer(offered=offered, agreed=str(AGREEMENT), write=write, now=timezone.now())
    except (InterfaceError, OperationalError):
        return _form(given, {"": "away"}, status=503, seconds=RETRY_SECONDS)
    link = absolute(f"/{get_language()}/{ADDRESS}{token}/")
    return framed("offers/thanks.html", address=ADDRESS, title=_("Thank you"), link=link, qr=qr_code(link))


def _form(
    given: dict, problems: dict[str, str] | None = None, *, status: int = 200, seconds: int = 0
) -> HttpResponse:
    wrong = {field: sentence(reason) for field, reason in (problems or {}).items()}
    return framed(
        "offers/form.html",
        address=ADDRESS,
        title=_("Offer something of your own"),
        summary=_(
            "What have you learned that could help others? Words of your own, an idea, or a mark that is "
            "missing here."
        ),
        status=status if status != 200 or not wrong else 400,
        seconds=seconds,
        given=given,
        wrong=wrong,
        kinds=KINDS.items(),
        names=[(naming, NAMES[naming]) for naming in NAMINGS],
        stages=stages(get_language()),
        languages=[(code, locales.own_name(code), locales.direction(code)) for code in locales.codes()],
        agreement=AGREEMENT,
    )


def _empty() -> dict:
    """Give the fields of a form that nobody has touched: nobody is named who does not ask for it."""
    return dict.fromkeys(FIELDS, "") | {"language": get_language(), "naming": Naming.NOT_NAMED}


def _asked_for(query: QueryDict) -> dict:
    """Give the form for whoever comes from a page of the toolkit. Words never stand in an address."""
    about = next((f"{name}/{query[name]}" for name in ("mark", "stage") if name in query), "")
    what = query.get("what", "")
    return _empty() | {"what": what if what in set(What) else "", "about": about if about in _places() else ""}


def _from_board(fields: QueryDict) -> dict:
    """Give the form for whoever comes from a board, with what is written there and nothing else of it."""
    what = OF_NOTES.get(fields.get("kind", ""), What.MARK)
    about = f"mark/{fields.get('mark', '')}"
    language = fields.get("language", "")
    return _empty() | {
        "board": "yes",
        "what": what,
        "title": fields.get("title", ""),
        "words": fields.get("words", ""),
        "about": about if about in _places() else "",
        "language": language if language in locales.codes() else get_language(),
    }


def _places() -> set[str]:
    """Give the stages and marks of the current release."""
    known = stages(get_language())
    return {f"stage/{stage['code']}" for stage in known} | {
        f"mark/{mark['code']}" for stage in known for mark in stage["marks"]
    }


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def given(request, token: str) -> HttpResponse:
    """Show whoever holds its link what became of an offer, and let them take it back."""
    offer, problem = offer_of(token), ""
    if offer is None:
        return _gone()
    if request.method == "POST":
        if request.POST.get("sure"):
            take_back(offer=offer, now=timezone.now())
            return framed("offers/taken-back.html", address=ADDRESS, title=_("You have taken it back"))
        problem = sentence("not-sure")
    pages = _pages_of(offer)
    if offer.state == State.DRAFT and not pages:
        return _gone()
    return framed(
        "offers/given.html",
        address=f"{ADDRESS}{token}/",
        title=_("What you have offered"),
        status=400 if problem else 200,
        wrong={"": problem} if problem else {},
        offer=offer,
        kind=KINDS[What(offer.what)],
        naming=NAMES.get(offer.naming, ""),
        written={"lang": offer.language, "dir": locales.direction(offer.language)},
        public=[page.specific for page in pages if page.live],
        deleted_on=offer.decided_at and (offer.decided_at + KEPT).date().isoformat(),
    )


def _pages_of(offer: Offer) -> list[Page]:
    """Give the pages that were made of an offer, in all languages."""
    return list(Page.objects.filter(translation_key=offer.page)) if offer.page else []


def _gone() -> HttpResponse:
    return framed("offers/gone.html", address=ADDRESS, title=_("There is nothing here"), status=404)
