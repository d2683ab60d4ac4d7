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
from api.scoring.frames import absolute, address, gone, page, see
from api.scoring.given import Given
from api.scoring.holders import holder_of
from api.scoring.models import Participant
from api.scoring.qr import qr_svg
from api.scoring.rules import Unable
from api.scoring.services import joining
from api.scoring.services.boards import MONTHS
from api.scoring.state import Holder, board_state
from api.scoring.toolkit_marks import prompts


@require_safe
def board(request, token: str) -> HttpResponse:
    """Show a board to somebody who takes part."""
    holder = holder_of(token)
    return _board_page(holder, token) if holder and holder.person else gone()


def _board_page(holder: Holder, token: str, *, problem: str = "", given=None) -> HttpResponse:
    state = board_state(holder, locale=get_language(), now=timezone.now())
    join_link = state["invitation"]["path"] and absolute(state["invitation"]["path"])
    return page(
        "board",
        title=state["title"] or _("Score together"),
        rest=f"board/{token}/",
        problem=problem,
        given=given or {},
        board=_in_order(state),
        waiting=_waiting(state),
        own_path=address(f"board/{token}/"),
        join_link=join_link,
        qr=join_link and qr_svg(join_link),
        months=MONTHS,
    )


def _waiting(state: dict) -> dict | None:
    """Give the first mark that somebody has not answered yet, None when scores are shown or all is answered."""
    is_open = not state["round"]["shown_at"]
    return next((mark for mark in state["marks"] if is_open and mark["mine"] is None), None)


def _in_order(state: dict) -> dict:
    """Give a board with its marks in the order in which a group goes through them, and their charts."""
    place = {name: number for number, name in enumerate(state["most_disagreed"])}
    marks = sorted(state["marks"], key=lambda mark: place.get(mark["id"], 0))
    return {**state, "marks": [with_charts(mark) for mark in marks]}


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
def mark(request, token: str, mark: UUID) -> HttpResponse:
    """Show one mark of a board, to score it, or to talk about its scores."""
    holder = holder_of(token)
    return _mark_page(holder, token, str(mark)) if holder and holder.person else gone()


def _mark_page(holder: Holder, token: str, mark: str, *, problem: str = "", given=None) -> HttpResponse:
    state = _in_order(board_state(holder, locale=get_language(), now=timezone.now()))
    names = [one["id"] for one in state["marks"]]
    if mark not in names:
        return gone()
    place = names.index(mark)
    return page(
        "mark",
        title=state["marks"][place]["title"],
        rest=f"board/{token}/{mark}/",
        problem=problem,
        given=given or {},
        board=state,
        mark=state["marks"][place],
        number=place + 1,
        following=state["marks"][place + 1] if place + 1 < len(names) else None,
        prompts=prompts(get_language()),
        own_path=address(f"board/{token}/"),
    )


@csrf_exempt
@require_POST
def do(request, token: str, action: str) -> HttpResponse:
    """Do what a button says, and show the page after it."""
    holder, given = holder_of(token), Given(request.POST)
    if holder is None or holder.person is None:
        return gone()
    _read_in(holder.person, get_language())
    mark = request.POST.get("mark", "")
    try:
        act(action, person=holder.person, given=given, now=timezone.now())
    except Unable as unable:
        if unable.code == "gone":
            return gone()
        show = (
            (lambda **more: _mark_page(holder, token, mark, **more))
            if mark
            else (lambda **more: _board_page(holder, token, **more))
        )
        return show(problem=unable.code, given=request.POST)
    if action == "leave":
        return page("left", title=_("You have left the board"))
    return see(f"board/{token}/{request.POST.get('go') or mark}{'/' if request.POST.get('go') or mark else ''}")


def _read_in(person: Participant, locale: str):
    """Remember in which language somebody reads, and so writes: the one of the page that they use."""
    if person.locale != locale:
        Participant.objects.filter(pk=person.pk).update(locale=locale)
        person.locale = locale


@csrf_exempt
@require_POST
def hand_over(request, token: str) -> HttpResponse:
    """Let the next person answer on this device."""
    holder, given = holder_of(token), Given(request.POST)
    if holder is None or holder.person is None:
        return gone()
    try:
        following, taken = joining.hand_over(
            person=holder.person,
            takes_link=given.is_checked("takes_link"),
            locale=get_language(),
            write=given.write(),
            now=timezone.now(),
        )
    except Unable as unable:
        return _board_page(holder, token, problem=unable.code, given=request.POST)
    own = taken and absolute(address(f"board/{taken}/"))
    return page(
        "handed-over",
        title=_("Hand the device on"),
        own=own,
        qr=own and qr_svg(own),
        following=address(f"board/{following}/"),
    )
