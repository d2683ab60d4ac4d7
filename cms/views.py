"""The few views of the shell itself."""

import sys

from django.core.files.storage import default_storage
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from whitenoise.responders import MissingFileError

from api.problems import plain_problem
from api.releases import views as public
from cms.media.answers import media_response
from cms.media.private import may_see

RETRY_SECONDS = 30


@require_safe
def private_media(request, path):
    """Show an uploaded file that is not part of the release to those who may see it."""
    if not may_see(request, path):
        raise Http404
    try:
        return media_response(default_storage, path, request)
    except (FileNotFoundError, MissingFileError) as error:
        raise Http404 from error


def server_error(request):
    """Say that something broke; where it is only that the database is away, say that, and when to come back."""
    return please_wait(request) if is_away(sys.exc_info()[1]) else public.server_error(request)


def please_wait(request) -> HttpResponse:
    """Say that the database does not answer just now, and when to come back. Asks it nothing."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
    if request.path.startswith("/api/"):
        return plain_problem(503, headers)
    if not request.path.startswith("/admin/"):
        return public.apology(request, public.WAITING_PATH, 503, headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def is_away(error: BaseException | None) -> bool:
    """Tell whether an error says no more than that the database does not answer just now."""
    if isinstance(error, (InterfaceError, OperationalError)):
        return True
    # A backup was put in the place of SQLite's file while a request was at work.
    return isinstance(error, DatabaseError) and connection.vendor == "sqlite" and connection.is_replaced()
