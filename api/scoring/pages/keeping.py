"""What only the keeper of a board can do."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from api.scoring.frames import gone, page, see
from api.scoring.given import Given
from api.scoring.holders import holder_of
from api.scoring.pages.holding import invitation
from api.scoring.rules import Unable
from api.scoring.services import boards, ending
from api.scoring.state import board_state


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, token: str) -> HttpResponse:
    """What only the keeper of a board can do: a new link, and the end of the board."""
    holder, given, problem = holder_of(token), Given(request.POST), ""
    if holder is None or holder.person is not None:
        return gone()
    if request.method == "POST":
        try:
            if given.text("do") == "delete":
                if not given.is_checked("sure"):
                    raise Unable("not-sure")
                ending.delete_board(board=holder.board)
                return page("deleted", title=_("The board is deleted"))
            boards.new_link(board=holder.board, write=given.write(), now=timezone.now())
            return see(f"keep/{token}/")
        except Unable as unable:
            problem = unable.code
    state = board_state(holder, locale=get_language(), now=timezone.now())
    return page(
        "keep",
        title=state["title"] or _("Keep the board"),
        rest=f"keep/{token}/",
        problem=problem,
        board=state,
        **invitation(state),
    )
