"""Django's side of the public door: what the WSGI layer has not answered already."""

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path, get_language_from_request
from django.views.decorators.http import require_safe

from api.problems import not_found_problem
from api.releases.server import PAGE_POLICY, reader_of

NOT_FOUND_PATH = "/{locale}/404.html"
INDEX_PATH = "/api/v1/index.json"


def released(request) -> HttpResponse | None:
    """Answer a request from the current release, None when it holds nothing at this path."""
    found = reader_of(settings.RELEASES_DIR).find(request.path)
    if found is None:
        return None
    answer = found.get_response(request.method, request.META)
    response = FileResponse(answer.file or (), status=answer.status)
    response.headers = type(response.headers)(dict(answer.headers))
    return response


@require_safe
def released_file(request, *args):
    """Show a released file, or say that there is none."""
    return released(request) or page_not_found(request)


released_page = released_file


@require_safe
def choose_language(request):
    """Send a reader at the bare address to the site in their language, as far as there is one."""
    index = reader_of(settings.RELEASES_DIR).document(INDEX_PATH)
    available = [locale["locale"] for locale in index["locales"]] if index else [settings.LANGUAGE_CODE]
    wanted = get_language_from_request(request)
    response = HttpResponseRedirect(f"/{wanted if wanted in available else available[0]}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def page_not_found(request, exception=None):
    """Say that nothing is here: as a page of the site, or as a problem document for the API."""
    if request.path.startswith("/api/"):
        return not_found_problem()
    locale = get_language_from_path(request.path) or settings.LANGUAGE_CODE
    reader = reader_of(settings.RELEASES_DIR)
    page = reader.content(NOT_FOUND_PATH.format(locale=locale)) or reader.content(
        NOT_FOUND_PATH.format(locale=settings.LANGUAGE_CODE)
    )
    response = HttpResponse(page or "Not found", status=404)
    response["Content-Security-Policy"] = PAGE_POLICY
    return response
