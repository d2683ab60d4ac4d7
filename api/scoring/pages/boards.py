"""A board and its marks, and what their buttons do."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from api.scoring import charts
from api.scoring.actions import act
from api.scoring.frames import absolute, gone, page, see
from api.scoring.given import Given, read_uuid
from api.scoring.holders import holder_of
from api.scoring.models import Participant
from api.scoring.pages.holding import invitation, own_path, takes_part
from api.scoring.pages.ideas import with_ideas
from api.scoring.qr import qr_code
from api.scoring.rules import Unable
from api.scoring.services import joining
from api.scoring.services.boards import MONTHS
from api.scoring.state import Holder, board_state
from api.scoring.toolkit_marks import prompts


@require_safe
@takes_part
def board(request, holder: Holder, token: str) -> HttpResponse:
    """Show a board to somebody who takes part."""
    return _board_page(holder, token)


def _board_page(holder: Holder, token: str, *, problem: str = "", given=None) -> HttpResponse:
    state = board_state(holder, locale=get_language(), now=timezone.now())
    return page(
        "board",
        title=state["title"] or _("Score together"),
        rest=f"board/{token}/",
        problem=problem,
        given=given or {},
        board=_in_order(state),
        waiting=_waiting(state),
        own_path=own_path(token),
        months=MONTHS,
        **invitation(state),
    )


def _waiting(state: dict) -> dict | None:
    """Give the first mark that somebody has not answered yet, None when scores are shown or all is answered."""
    is_open = not state["round"]["shown_at"]
    return next((mark for mark in state["marks"] if is_open and mark["mine"] is None), None)


def _in_order(state: dict) -> dict:
    """Give a board with its marks in the order in which a group goes through them, and their charts."""
    place = {name: number for number, name in enumerate(state["most_disagreed"])}
    marks = sorted(state["marks"], key=lambda mark: place.get(mark["id"], 0))
    return {**state, "marks": [with_charts(with_ideas(mark, state["locale"])) for mark in marks]}


def with_charts(mark: dict) -> dict:
    """Give a mark with the charts of its scores: now, and from then to now."""
    agreed = mark["agreed"] and mark["agreed"]["answer"]
    chart = charts.dots(mark["result"], agreed) if mark["result"] and mark["result"]["count"] else None
    before = [{**past, "step": _step(past, agreed)} for past in mark["before"]]
    return {**mark, "chart": chart, "before": before}


def _step(past: dict, agreed) -> charts.Step | None:
    then = past["agreed"] and past["agreed"]["answer"]
    return charts.step(then, agreed) if isinstance(then, int) and isinstance(agreed, int) else None


@require_safe
@takes_part
def mark(request, holder: Holder, token: str, mark: UUID) -> HttpResponse:
    """Show one mark of a board, to score it, or to talk about its scores."""
    return _mark_page(holder, token, mark)


def _mark_page(holder: Holder, token: str, mark: UUID, *, problem: str = "", given=None) -> HttpResponse:
    state = _in_order(board_state(holder, locale=get_language(), now=timezone.now()))
    names = [one["id"] for one in state["marks"]]
    if str(mark) not in names:
        return gone()
    place = names.index(str(mark))
    return page(
        "mark",
        title=state["marks"][place]["title"],
        rest=f"board/{token}/{mark}/",
        problem=problem,
        given=given or {},
        board=state,
        mark=state["marks"][place],
        following=state["marks"][place + 1] if place + 1 < len(names) else None,
        prompts=prompts(get_language()),
        own_path=own_path(token),
    )


@csrf_exempt
@require_POST
@takes_part
def do(request, holder: Holder, token: str, action: str) -> HttpResponse:
    """Do what a button says, and show the page after it."""
    _read_in(holder.person, get_language())
    mark, following = (read_uuid(request.POST.get(name, "")) for name in ("mark", "go"))
    try:
        act(action, person=holder.person, given=Given(request.POST), now=timezone.now())
    except Unable as unable:
        # While this waited for its turn, somebody else may have changed what stands there.
        holder = holder_of(token)
        if holder is None:
            return gone()
        again = {"problem": unable.code, "given": request.POST}
        return _mark_page(holder, token, mark, **again) if mark else _board_page(holder, token, **again)
    if action == "leave":
        return page("left", title=_("You have left the board"))
    then = following or mark
    return see(f"board/{token}/{then}/" if then else f"board/{token}/")


def _read_in(person: Participant, locale: str):
    """Remember in which language somebody reads, and so writes: the one of the page that they use."""
    if person.locale != locale:
        Participant.objects.filter(pk=person.pk).update(locale=locale)
        person.locale = locale


@csrf_exempt
@require_POST
def hand_over(request, token: str) -> HttpResponse:
    """Let the next person answer on this device. Sent again, it shows the same, though the token works no more."""
    holder, given = holder_of(token), Given(request.POST)
    takes_link = given.is_checked("takes_link")
    try:
        write = given.write()
        tokens = joining.tokens_to_hand_over(token, write)
        if holder and holder.person:
            once = {"write": write, "now": timezone.now()}
            whose = {"person": holder.person, "locale": get_language()}
            joining.hand_over(tokens=tokens, takes_link=takes_link, **whose, **once)
        elif holder_of(tokens.following) is None:
            raise Unable("gone")
    except Unable as unable:
        is_there = holder and holder.person and unable.code != "gone"
        return _board_page(holder, token, problem=unable.code, given=request.POST) if is_there else gone()
    own = takes_link and absolute(own_path(tokens.taken))
    following = own_path(tokens.following)
    return page("handed-over", title=_("Hand the device on"), own=own, qr=own and qr_code(own), following=following)
