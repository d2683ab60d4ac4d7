"""Paper: sheets to score on, keying them in, and results to print."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from api.scoring.frames import absolute, address, gone, page, see
from api.scoring.given import Given
from api.scoring.holders import holder_of
from api.scoring.pages.boards import with_charts
from api.scoring.qr import qr_svg
from api.scoring.rules import Unable
from api.scoring.services import joining
from api.scoring.state import board_state
from api.scoring.toolkit_marks import prompts


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, token: str) -> HttpResponse:
    """Key in what somebody wrote on paper."""
    holder, given, problem = holder_of(token), Given(request.POST), ""
    if holder is None or holder.person is None:
        return gone()
    if request.method == "POST":
        try:
            joining.key_in(
                person=holder.person,
                answers={
                    UUID(name[7:]): given.answer(name) for name in request.POST if _is_answer(request.POST, name)
                },
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
        own_path=address(f"board/{token}/"),
    )


def _is_answer(fields, name: str) -> bool:
    if not (name.startswith("answer-") and fields[name].strip()):
        return False
    try:
        UUID(name[7:])
    except ValueError:
        return False
    return True


@require_safe
def sheet(request, token: str) -> HttpResponse:
    """Show a sheet to print and score on: in large print when it is asked for."""
    return _printed(request, token, "sheet", _("Score sheet"))


@require_safe
def results(request, token: str) -> HttpResponse:
    """Show all that is on a board, to print."""
    return _printed(request, token, "results", _("What we found"))


def _printed(request, token: str, name: str, title: str) -> HttpResponse:
    holder = holder_of(token)
    if holder is None or holder.person is None:
        return gone()
    state = board_state(holder, locale=get_language(), now=timezone.now())
    join_link = state["invitation"]["path"] and absolute(state["invitation"]["path"])
    return page(
        name,
        title=f"{title}: {state['title']}" if state["title"] else title,
        rest=f"board/{token}/{name}/",
        board={**state, "marks": [with_charts(mark) for mark in state["marks"]]},
        is_large="large" in request.GET,
        prompts=prompts(get_language()),
        own_path=address(f"board/{token}/"),
        join_link=join_link,
        qr=join_link and qr_svg(join_link),
    )
