"""Django's side of the public door: what the WSGI layer has not answered already."""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import FileResponse, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path, get_language_from_request
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.defaults import bad_request as plain_bad_request
from whitenoise.responders import StaticFile

from api.problems import plain_problem
from api.releases.manifest import Entry
from api.releases.server import PAGE_CACHING, reader_of

logger = logging.getLogger(__name__)

# Without a slash at its start, nobody can ask for it by its address.
NOT_FOUND_PATH = "not-found/{locale}"
GONE_PATH = "gone/{locale}"
BROKEN_PATH = "broken/{locale}"
WAITING_PATH = "waiting/{locale}"
# The pages that say what is wrong, by the name of their templates.
NOTICES = {"not-found": NOT_FOUND_PATH, "gone": GONE_PATH, "broken": BROKEN_PATH, "waiting": WAITING_PATH}
INDEX_PATH = "/api/v1/index.json"


def released(request) -> HttpResponse | None:
    """Answer a request from the current release, None when it holds nothing at this path."""
    found = reader_of(settings.RELEASES_DIR).find(request.path)
    if isinstance(found, Entry):
        return _moved_or_gone(request, found)
    if found is None:
        return None
    return file_response(found, request)


def file_response(file: StaticFile, request) -> FileResponse:
    """Answer a request with a file: all of it, a part of it, or that the client has it already."""
    answer = file.get_response(request.method, request.META)
    response = FileResponse(answer.file or (), status=answer.status)
    response.headers = type(response.headers)(dict(answer.headers))
    return response


def _moved_or_gone(request, entry: Entry) -> HttpResponse:
    if entry.status == 301:
        response = HttpResponsePermanentRedirect(entry.location)
    else:
        response = notice(request, GONE_PATH, 410)
    response["Cache-Control"] = PAGE_CACHING
    return response


def notice(request, path: str, status: int) -> HttpResponse:
    """Say in the language of the address that nothing is here, or nothing any more; to the API, as a problem."""
    if request.path.startswith("/api/"):
        return plain_problem(status)
    reader = reader_of(settings.RELEASES_DIR)
    locales = (get_language_from_path(request.path), settings.LANGUAGE_CODE)
    pages = (reader.content(path.format(locale=locale)) for locale in locales if locale)
    content = next(filter(None, pages), None) or render_to_string(f"{status}.html")
    return HttpResponse(content, status=status)


@csrf_exempt
@require_safe
def released_file(request):
    """Show a released file, or say that there is none."""
    return released(request) or page_not_found(request)


@csrf_exempt
@require_safe
def choose_language(request):
    """Send a reader at the bare address to the site in their language, as far as there is one."""
    index = reader_of(settings.RELEASES_DIR).document(INDEX_PATH)
    available = [locale["locale"] for locale in index["locales"]] if index else []
    available = available or [settings.LANGUAGE_CODE]
    wanted = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{wanted if wanted in available else available[0]}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@csrf_exempt
def page_not_found(request, exception=None):
    """Say that nothing is here: as a page of the site, or as a problem document for the API."""
    return notice(request, NOT_FOUND_PATH, 404)


def bad_request(request, exception=None):
    """Say that a request makes no sense: as a problem document for the API, else in plain HTML."""
    if not request.path.startswith("/api/"):
        return plain_bad_request(request, exception)
    return plain_problem(413 if isinstance(exception, RequestDataTooBig) else 400)


def server_error(request):
    """Say that something broke, without saying what: as a page of the site, or as a problem document for the API."""
    return apology(request, BROKEN_PATH, 500)


def apology(request, path: str, status: int, headers: dict | None = None) -> HttpResponse:
    """Say that it is our own doing. Where the release cannot be read either, say it on a bare page."""
    try:
        response = notice(request, path, status)
    except Exception:
        logger.exception("The page that says what is wrong cannot be shown")
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    for name, value in (headers or {"Cache-Control": "no-store"}).items():
        response[name] = value
    return response
