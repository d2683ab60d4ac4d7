"""What all answers of the content API have: who may read them, what they come from, how they are kept."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotAcceptable, NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.views import APIView

from api.content.deprecation import add_headers, deprecation_headers
from api.content.negotiation import accepts_json, is_known, packed, packing
from api.content.pages import page_count
from api.content.parameters import REQUIRED, Parameter, Wanted, wrong
from api.problems import BadParameters, TooLarge
from api.releases.manifest import Release, entry_at
from api.releases.server import EXPOSED, PAGE_CACHING, reader_of

SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
# For so many seconds a browser need not ask again what another site's scripts may do.
PREFLIGHT_KEPT = 24 * 60 * 60
ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": str(PREFLIGHT_KEPT),
}


class OnlyJson(BaseContentNegotiation):
    """Gives JSON to whoever takes it; that an address cannot be written to is said to everybody."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        if request.method in ("GET", "HEAD") and not accepts_json(request.META.get("HTTP_ACCEPT", "")):
            raise NotAcceptable
        return renderers[0], renderers[0].media_type


class ByAddress(OnlyJson):
    """Gives what the address says, whatever the Accept header does."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Readable(APIView):
    """An address that scripts of any other site may read, with an ETag of their own, too."""

    content_negotiation_class = OnlyJson
    # How many bytes may be sent here, what a preflight is told, and what stands on every answer.
    longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    allowed = ALLOWED
    shared = SHARED

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > self.longest:
            raise TooLarge

    def finalize_response(self, request, *args, **kwargs):
        response = super().finalize_response(request, *args, **kwargs)
        for name, value in self.shared.items():
            response[name] = value
        add_headers(response, deprecation_headers(request.path))
        return response

    def options(self, request, **kwargs):
        response = HttpResponse(status=204, headers=self.allowed)
        # It would say that nothing is HTML.
        del response["Content-Type"]
        return response


def described(name: str, parameter: Parameter) -> OpenApiParameter:
    """Give a parameter as the contract shows it."""
    required = parameter.default is REQUIRED
    return OpenApiParameter(name, parameter.schema, required=required, description=parameter.description)


def release_with(address: str) -> Release:
    """Give the current release. Raises NotFound where it has nothing at an address."""
    release = reader_of(settings.RELEASES_DIR).current()
    if release is None or entry_at(settings.RELEASES_DIR, release, address) is None:
        raise NotFound
    return release


def check_page(asked: Wanted, count: int):
    """Raise BadParameters where the page that is asked for is beyond the last one."""
    last = page_count(count, asked.per_page)
    if asked.page > last:
        raise BadParameters([wrong("page", f"must be a whole number from 1 to {last}, the last page there is.")])


def etag_for(request, digest: str) -> str:
    """Give the ETag of an answer in the coding that this client gets; `digest` names the answer in any coding."""
    coding = packing(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


def unchanged_answer(request, digest: str) -> HttpResponse | None:
    """Give a 304 to a client that has this answer already, None to others."""
    etag = etag_for(request, digest)
    known = is_known(request.META.get("HTTP_IF_NONE_MATCH", ""), etag)
    return _kept(HttpResponseNotModified(), etag) if known else None


def made_answer(request, body: bytes, digest: str, link: str = "") -> HttpResponse:
    """Give JSON that was made for this request as a response, packed if the client takes that."""
    coding = packing(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(packed(body, coding), "application/json")
    if coding:
        response["Content-Encoding"] = coding
    if link:
        response["Link"] = link
    return _kept(response, etag_for(request, digest))


def _kept(response: HttpResponse, etag: str) -> HttpResponse:
    """Say on a response how it may be kept."""
    response["Cache-Control"], response["ETag"] = PAGE_CACHING, etag
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
