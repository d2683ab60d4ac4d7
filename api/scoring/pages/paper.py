"""Paper: sheets to score on, keying them in, and results to print."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from api.scoring.frames import page, see
from api.scoring.given import Given, read_uuid
from api.scoring.pages.boards import with_charts
from api.scoring.pages.holding import invitation, own_path, takes_part
from api.scoring.pages.ideas import with_ideas
from api.scoring.rules import Answer, Unable
from api.scoring.services import joining
from api.scoring.state import Holder, board_state

# What the fields for answers are called, before the id of their mark.
ANSWER = "answer-"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@takes_part
def paper(request, holder: Holder, token: str) -> HttpResponse:
    """Key in what somebody wrote on paper."""
    given, problem = Given(request.POST), ""
    if request.method == "POST":
        try:
            joining.key_in(
                person=holder.person,
                answers=_answers(given),
                name=given.text("name"),
                locale=get_language(),
                write=given.write(),
                now=timezone.now(),
            )
            return see(f"board/{token}/paper/?done")
        except Unable as unable:
            problem = unable.code
    return page(
        "paper",
        title=_("Key in a sheet of paper"),
        rest=f"board/{token}/paper/",
        problem=problem,
        given=request.POST,
        done="done" in request.GET,
        board=board_state(holder, locale=get_language(), now=timezone.now()),
        own_path=own_path(token),
    )


def _answers(given: Given) -> dict[UUID, Answer]:
    """Give the answers that a form has, by mark. Raises Unable("answer")."""
    named = {name: read_uuid(name.removeprefix(ANSWER)) for name in given.fields if name.startswith(ANSWER)}
    return {mark: given.answer(name) for name, mark in named.items() if mark and given.text(name).strip()}


@require_safe
@takes_part
def sheet(request, holder: Holder, token: str) -> HttpResponse:
    """Show a sheet to print and score on: in large print when it is asked for."""
    return _printed(holder, token, "sheet", _("Score sheet"), is_large="large" in request.GET)


@require_safe
@takes_part
def results(request, holder: Holder, token: str) -> HttpResponse:
    """Show all that is on a board, to print."""
    return _printed(holder, token, "results", _("What we found"))


def _printed(holder: Holder, token: str, name: str, title: str, **more) -> HttpResponse:
    state = board_state(holder, locale=get_language(), now=timezone.now())
    return page(
        name,
        title=f"{title}: {state['title']}" if state["title"] else title,
        rest=f"board/{token}/{name}/",
        board={**state, "marks": [with_charts(with_ideas(mark, get_language())) for mark in state["marks"]]},
        own_path=own_path(token),
        **invitation(state),
        **more,
    )
