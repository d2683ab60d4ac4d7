"""Joining a board, by its link or its short code."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.scoring import limits
from api.scoring.frames import gone, page, see
from api.scoring.given import Given
from api.scoring.holders import board_to_join, board_with_code
from api.scoring.models import Board
from api.scoring.rules import Unable
from api.scoring.services import joining


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join_by_code(request) -> HttpResponse:
    """Join a board by its short code."""
    if request.method != "POST":
        return _code_page(request)
    if seconds := limits.seconds_to_wait_to_guess(request.META):
        return _code_page(request, problem="often", seconds=seconds)
    board = board_with_code(request.POST.get("code", ""), timezone.now())
    if board is None:
        return _code_page(request, problem="no-such-board")
    limits.was_right(request.META)
    return _joined(request, board, lambda problem: _code_page(request, problem=problem))


def _code_page(request, **problem) -> HttpResponse:
    return page("code", title=_("Join with a code"), rest="join/", given=request.POST, **problem)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, token: str) -> HttpResponse:
    """Join a board by its link."""
    board = board_to_join(token)
    if board is None:
        return gone()

    def again(problem: str = "") -> HttpResponse:
        return page(
            "join",
            title=board.title or _("Score together"),
            rest=f"join/{token}/",
            problem=problem,
            given=request.POST,
            is_open=board.is_open,
        )

    return _joined(request, board, again) if request.method == "POST" else again()


def _joined(request, board: Board, again: Callable[[str], HttpResponse]) -> HttpResponse:
    """Let somebody join a board, and show it; where they cannot, show the form again with the reason."""
    given = Given(request.POST)
    try:
        token = joining.join(
            board=board, write=given.write(), name=given.text("name"), locale=get_language(), now=timezone.now()
        )
    except Unable as unable:
        return again(unable.code)
    return see(f"board/{token}/")
