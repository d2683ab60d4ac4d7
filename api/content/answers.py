"""What all answers of the content API have: who may read them, what they come from, how they are kept."""

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView

from api.content.pages import page_count
from api.content.parameters import REQUIRED, Parameter, Wanted, wrong
from api.problems import BadParameters
from api.releases.manifest import Release, entry_at
from api.releases.server import PAGE_CACHING, reader_of

SHARED = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}


class Readable(APIView):
    """An address that scripts of any other site may read, with an ETag of their own, too."""

    def finalize_response(self, *args, **kwargs):
        response = super().finalize_response(*args, **kwargs)
        for name, value in SHARED.items():
            response[name] = value
        return response

    def options(self, request, **kwargs):
        allowed = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match"}
        return HttpResponse(status=204, headers={**SHARED, **allowed})


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


def made_answer(body: bytes, etag: str, link: str = "") -> HttpResponse:
    """Give JSON that was made for this request as a response."""
    headers = {**SHARED, "Cache-Control": PAGE_CACHING, "ETag": f'"{etag}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, "application/json", headers=headers | ({"Link": link} if link else {}))
