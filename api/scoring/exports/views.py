"""The addresses at which a board is taken away: on its pages, and in the API."""

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from api.releases.views import page_not_found
from api.scoring.exports.files import FILES
from api.scoring.frames import PRIVATE
from api.scoring.holders import holder_of
from api.scoring.models import Board


@require_safe
def export(request, token: str, kind: str) -> HttpResponse:
    """Give a board as a file to whoever takes part or keeps it."""
    holder = holder_of(token)
    if holder is None or kind not in FILES:
        return page_not_found(request)
    return file_of(holder.board, kind, get_language())


def file_of(board: Board, kind: str, locale: str) -> HttpResponse:
    """Give a board as a file of a kind."""
    media_type, make = FILES[kind]
    response = HttpResponse(make(board, locale), content_type=media_type, headers=PRIVATE)
    name = slugify(board.title) or "board"
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
