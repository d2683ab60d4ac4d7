"""The keepers' screens: the ledger, taking words back, and what came of it."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import require_admin_access

from cms.consent.export import LedgerFile
from cms.consent.ledger import KINDS, STATES, WITHDRAWN, ledger
from cms.consent.withdrawal.subjects import subject_of
from cms.consent.withdrawal.withdraw import withdraw
from cms.publishing.purging import UNFINISHED
from toolkit.models import Withdrawal

PER_PAGE = 50
PERMISSION = "toolkit.keep_consent"
# In the order in which they are told.
PLACES = {
    "pages": gettext_lazy("Pages, in all languages"),
    "credits": gettext_lazy("Credits, in all languages"),
    "versions": gettext_lazy("Older and newer versions"),
    "credits_in_versions": gettext_lazy("Older and newer versions"),
    "translations": gettext_lazy("What translators have written"),
    "releases": gettext_lazy("Kept releases of the site"),
    "files": gettext_lazy("Files of those releases"),
    "comments": gettext_lazy("Comments and answers"),
    "reviews": gettext_lazy("What reviewers have written"),
    "history": gettext_lazy("Entries of the history"),
    "messages_to_subscribers": gettext_lazy("Messages to other sites"),
    "publishing": gettext_lazy("Reports of failed publishing"),
    "offers": gettext_lazy("Offers that waited"),
    "feedback": gettext_lazy("What readers wrote about pages"),
    "documents": gettext_lazy("Documents that were brought in"),
    "findings": gettext_lazy("Reports on plain language"),
    "sessions": gettext_lazy("Previews that were open"),
    "logs": gettext_lazy("Log files"),
}


def for_keepers(view):
    """Let in who keeps consent."""

    @wraps(view)
    def guarded(request, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return view(request, **kwargs)

    return require_admin_access(guarded)


@for_keepers
def index(request: HttpRequest):
    """Show every quote and credit with its consent, those that wait for something first."""
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "state", "kind")}
    state, kind = (
        asked[name] if asked[name] in known else "" for name, known in (("state", STATES), ("kind", KINDS))
    )
    today = timezone.localdate()
    entries = ledger(today=today, state=state, kind=kind, words=asked["q"])
    if request.GET.get("export") in LedgerFile.FORMATS:
        return LedgerFile().as_spreadsheet(entries, request.GET["export"])
    parameters = request.GET.copy()
    parameters.pop("p", None)
    context = {
        "paging": Paginator(entries, PER_PAGE).get_page(request.GET.get("p")),
        "asked": asked,
        "states": STATES.items(),
        "kinds": KINDS.items(),
        "count": len(entries),
        "without_page": parameters.urlencode(),
        "header_title": gettext("Consent"),
    }
    return TemplateResponse(request, "admin/consent/index.html", context)


@for_keepers
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, kind: str, key):
    """Ask once, then take words back out of everything."""
    entry = next((one for one in ledger(today=timezone.localdate(), kind=kind) if one.key == str(key)), None)
    if entry is None:
        raise Http404
    if entry.state == WITHDRAWN and Withdrawal.objects.filter(key=key).exists():
        return redirect("consent:report", key)
    if request.method == "POST":
        return _taken_back(request, kind, key)
    context = {
        "entry": entry,
        "pages": subject_of(key, kind).pages,
        "header_title": gettext("Take words back"),
    }
    return TemplateResponse(request, "admin/consent/take-back.html", context)


def _taken_back(request: HttpRequest, kind: str, key):
    try:
        withdraw(key, kind, user=request.user)
    except UNFINISHED:
        text = gettext("The words are out of the admin. The rest is done as soon as the site can be published again.")
        messages.warning(request, text)
    else:
        messages.success(request, gettext("Taken back. Readers do not see it any more, anywhere on this site."))
    return redirect("consent:report", key)


@for_keepers
def report(request: HttpRequest, key):
    """Say where the words were, and where they still stand, if anywhere."""
    withdrawal = get_object_or_404(Withdrawal, key=key)
    counts = dict([one for one in withdrawal.report if one[0] != "still"])
    context = {
        "withdrawal": withdrawal,
        "places": [(name, counts[place]) for place, name in PLACES.items() if place in counts],
        "still": [place for name, place in withdrawal.report if name == "still"],
        "has_webhooks": "messages_to_subscribers" in counts,
        "site": settings.SITE_URL,
        "header_title": gettext("What was taken back"),
    }
    return TemplateResponse(request, "admin/consent/report.html", context)
