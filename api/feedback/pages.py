"""The pages on which a reader says whether a page is clear. They need no script and no cookie."""

from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.feedback import limits
from api.feedback.own import answer_of, key_of
from api.feedback.rules import BACK, CLEAR, HARD, WORDS, Told, read_told
from api.feedback.services import keep, kept, take_back
from api.feedback.subjects import Subject, subject_of
from api.feedback.words import sentence
from api.scoring.frames import PRIVATE, framed
from api.scoring.rules import Unable

FIELDS = ("page", "clear", "words", "step", "own", "website")
ADDRESS = "feedback/"
RETRY_SECONDS = 30


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request) -> HttpResponse:
    """Ask whether a page is clear, take the answer, and say what happens next."""
    asked = request.POST if request.method == "POST" else request.GET
    subject = subject_of(asked.get("page", ""), get_language())
    if subject is None:
        return _gone(request.POST.get("words", ""))
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in FIELDS}
        return _taken_back(request, subject, given) if given["step"] == BACK else _sent(request, subject, given)
    said = request.GET.get("said", "")
    if said not in (CLEAR, HARD, WORDS, BACK):
        return _question(subject)
    return _thanks(subject, said, request.GET.get("own", ""))


def _sent(request, subject: Subject, given: dict[str, str]) -> HttpResponse:
    """Keep what somebody says, once; where that cannot be, ask again with what they wrote."""
    try:
        told = read_told(given)
    except Unable as unable:
        return _again(subject, given, unable.code, status=400)
    if seconds := limits.seconds_to_wait(request.META):
        return _again(subject, given, "often", status=429, seconds=seconds)
    answer = {"subject": subject, "told": told, "day": timezone.localdate()}
    again = limits.is_again(request.META, _as_said(subject, told))
    try:
        number = kept(**answer) if again else keep(**answer, own=answer_of(given["own"]))
    except (InterfaceError, OperationalError):
        limits.was_not_kept(request.META, _as_said(subject, told))
        return _again(subject, given, "away", status=503, seconds=RETRY_SECONDS)
    return _see(subject, WORDS if told.words else CLEAR if told.is_clear else HARD, number)


def _taken_back(request, subject: Subject, given: dict[str, str]) -> HttpResponse:
    """Forget an answer for whoever has its key; said anew at once, it is not taken for the same press."""
    if (number := answer_of(given["own"])) is None:
        return _question(subject, {"": sentence("back")}, status=400)
    try:
        told = take_back(number)
    except (InterfaceError, OperationalError):
        return _question(subject, {"": sentence("away")}, status=503, seconds=RETRY_SECONDS)
    for said in {told, Told(told.is_clear, "")} if told else ():
        limits.was_not_kept(request.META, _as_said(subject, said))
    return _see(subject, BACK)


def _as_said(subject: Subject, told: Told) -> str:
    return f"{subject.document['key']} {subject.document['locale']} {told}"


def _see(subject: Subject, said: str, answer: int | None = None) -> HttpResponse:
    """Lead to what follows: who loads that page again says nothing again."""
    address = _address(subject, said, key_of(answer) if answer else "")
    return HttpResponse(status=303, headers={**PRIVATE, "Location": f"/{get_language()}/{address}"})


def _address(subject: Subject, said: str = "", own: str = "") -> str:
    fields = {"page": subject.name, "own": own, "said": said}
    return f"{ADDRESS}?{urlencode({name: value for name, value in fields.items() if value}, safe='/')}"


def _thanks(subject: Subject, said: str, own: str) -> HttpResponse:
    title = _("Taken back") if said == BACK else _("Thank you")
    address = _address(subject, said, own)
    return framed("feedback/thanks.html", address=address, title=title, subject=subject, said=said, own=own)


def _question(subject: Subject, wrong: dict | None = None, **answer) -> HttpResponse:
    title = _("Tell us about this page")
    return framed(
        "feedback/question.html", address=_address(subject), title=title, subject=subject, wrong=wrong, **answer
    )


def _again(subject: Subject, given: dict[str, str], reason: str, **answer) -> HttpResponse:
    """Ask once more: for words where there were any or some were asked for, else by the two buttons."""
    if given["step"] != WORDS and not given["words"]:
        return _question(subject, {"": sentence(reason)}, **answer)
    field = "words" if reason in ("words", "web-address") else ""
    return framed(
        "feedback/words.html",
        address=_address(subject),
        title=_("What was hard to understand?"),
        subject=subject,
        given=given,
        own=given["own"],
        wrong={field: sentence(reason)},
        **answer,
    )


def _gone(words: str) -> HttpResponse:
    """Say that there is no such page, and give somebody back what they wrote about it."""
    return framed("feedback/gone.html", address=ADDRESS, title=_("This page is not here"), status=404, words=words)
