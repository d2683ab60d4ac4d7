"""Opening a board: choosing its marks, or bringing it back from a file."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from api.scoring import limits
from api.scoring.exports.bring_back import LARGEST, bring_back, read_file
from api.scoring.frames import absolute, address, page
from api.scoring.given import Given
from api.scoring.qr import qr_code
from api.scoring.rules import Unable
from api.scoring.services import boards
from api.scoring.services.boards import MONTHS
from api.scoring.toolkit_marks import stages


@gzip_page
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def start(request) -> HttpResponse:
    """Choose marks, and open a board with them."""
    if request.method != "POST":
        return _start_page(request, chosen=_asked_for(request.GET))
    given = Given(request.POST)
    if seconds := limits.seconds_to_wait_to_open(request.META):
        return _start_page(request, problem="often", chosen=request.POST.getlist("codes"), seconds=seconds)
    try:
        opened = boards.open_board(
            write=given.write(),
            locale=get_language(),
            codes=request.POST.getlist("codes"),
            own_marks=[line for line in given.text("own_marks").splitlines() if line.strip()],
            title=given.text("title"),
            name=given.text("name"),
            months=given.number("months"),
            now=timezone.now(),
        )
    except Unable as unable:
        return _start_page(request, problem=unable.code, chosen=request.POST.getlist("codes"))
    return _opened_page(opened)


def _opened_page(opened: boards.Opened) -> HttpResponse:
    """Give whoever opened a board all of its links, once."""
    token = boards.join_token(opened.board)
    rest = {"join": f"join/{token}/", "own": f"board/{opened.take_part}/", "keep": f"keep/{opened.keep}/"}
    links = {name: absolute(address(one)) for name, one in rest.items()}
    code = boards.join_code(opened.board, timezone.now())
    return page("opened", title=_("Your board is ready"), links=links, qr=qr_code(links["join"]), code=code)


def _start_page(request, *, chosen: list[str], problem: str = "", seconds: int = 0) -> HttpResponse:
    return page(
        "start",
        title=_("Score together"),
        summary=_(
            "Score how far you have come, each of you alone first, then look at all the scores together and "
            "agree. Nobody needs an account."
        ),
        problem=problem,
        seconds=seconds,
        **_offered(chosen),
        chosen=chosen,
        given=request.POST,
        months=MONTHS,
        embed=f"/{get_language()}/embed/",
    )


def _offered(chosen: list[str]) -> dict[str, list[dict]]:
    """Give the stages whose marks stand open: those that something is chosen of. The others are folded up.

    Whoever comes from a mark or a stage has chosen already. Where nothing is chosen, all stand open.
    """
    every = [stage for stage in stages(get_language()) if stage["marks"]]
    first = [stage for stage in every if any(mark["code"] in chosen for mark in stage["marks"])] or every
    return {"stages": first, "other_stages": [stage for stage in every if stage not in first]}


def _asked_for(query) -> list[str]:
    """Give the codes of the marks that an address asks for, by stage or one by one."""
    wanted, marks = query.getlist("stage"), query.getlist("mark")
    return [
        mark["code"]
        for stage in stages(get_language())
        for mark in stage["marks"]
        if stage["code"] in wanted or mark["code"] in marks
    ]


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def bring_back_file(request) -> HttpResponse:
    """Make a board of a file that was taken away."""
    if request.method != "POST":
        return _file_page()
    if seconds := limits.seconds_to_wait_to_open(request.META):
        return _file_page(problem="often", seconds=seconds)
    given = Given(request.POST)
    try:
        opened = bring_back(
            file=read_file(_uploaded(request)),
            locale=get_language(),
            months=given.number("months"),
            write=given.write(),
            now=timezone.now(),
        )
    except Unable as unable:
        return _file_page(problem=unable.code)
    return _opened_page(opened)


def _file_page(**problem) -> HttpResponse:
    return page("bring-back", title=_("Bring a board back"), rest="bring-back/", months=MONTHS, **problem)


def _uploaded(request) -> bytes:
    """Give the bytes of the file that a form sends, one more than we take at most. Raises Unable("file")."""
    file = request.FILES.get("file")
    if file is None:
        raise Unable("file")
    return file.read(LARGEST + 1)
