"""The views of the content API: each shows what the release holds at its address.

The WSGI layer answers most requests before Django sees them; these views are the contract (OpenAPI is made from
them), and they answer for everything that is not there.
"""

import json

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.views import APIView

from api.content.addresses import COLLECTIONS, LIST
from api.content.pages import link_header, list_page, page_count
from api.content.parameters import REQUIRED, Parameter, Wanted, parameters_of, wanted, wrong
from api.content.shapes import CurrentIndex, list_shape
from api.problems import BadParameters, NotReady, Problem
from api.releases.manifest import Release, entry_at
from api.releases.server import PAGE_CACHING, reader_of
from api.releases.views import INDEX_PATH, released
from api.search.files import IndexAway
from api.search.index import software
from api.search.lists import Found, find
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.shapes import DOCUMENTS

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


class Released(Readable):
    """What the release holds at this address."""

    def get(self, request, **kwargs):
        response = released(request)
        if response is None:
            raise NotFound
        return response


class IndexView(Readable):
    """Locales, the current release, and where the contract is."""

    @extend_schema(operation_id="index", responses={200: CurrentIndex})
    def get(self, request):
        reader = reader_of(settings.RELEASES_DIR)
        release = reader.current()
        index = reader.content_of(release, INDEX_PATH)
        if index is None:
            raise NotFound
        body = canonical_bytes(CurrentIndex({**json.loads(index), "release": release.id}).data)
        response = HttpResponse(body, "application/json", headers={**SHARED, "Cache-Control": PAGE_CACHING})
        response["ETag"] = f'"{digest(body)}"'
        return get_conditional_response(request, etag=response["ETag"], response=response)


def released_view(operation: str, shape, summary: str):
    """Make the view class of one kind of released resource, with its part of the contract."""

    class View(Released):
        @extend_schema(operation_id=operation, summary=summary, responses={200: shape, 404: Problem})
        def get(self, request, **kwargs):
            return super().get(request, **kwargs)

    return View


def list_view(collection: str):
    """Make the view class of a list: its first page is in the release, the others are found in the index."""

    class View(Released):
        @extend_schema(
            operation_id=f"list_{collection}",
            summary=f"The {collection} of a locale, page by page",
            parameters=[described(name, known) for name, known in parameters_of(collection).items()],
            responses={200: list_shape(collection), 400: Problem, 404: Problem, 503: Problem},
        )
        def get(self, request, locale):
            if not request.GET:
                return super().get(request)
            return list_response(request, locale, collection, wanted(parameters_of(collection), request.GET.lists()))

    return View


def described(name: str, parameter: Parameter) -> OpenApiParameter:
    """Give a parameter as the contract shows it."""
    required = parameter.default is REQUIRED
    return OpenApiParameter(name, parameter.schema, required=required, description=parameter.description)


def list_response(request, locale: str, collection: str, asked: Wanted) -> HttpResponse:
    """Answer with a page of a list. Raises BadParameters where there is no such page, or nothing has such a code."""
    folder = settings.RELEASES_DIR
    root = release_with(LIST.format(locale=locale, collection=collection)).resources
    etag = digest(f"{root.sha256} {software()} {collection} {locale} {asked}".encode())
    if unchanged := get_conditional_response(request, etag=f'"{etag}"'):
        return unchanged
    try:
        found = find(
            folder,
            root,
            locale,
            collection,
            filters=asked.filters,
            first=(asked.page - 1) * asked.per_page,
            most=asked.per_page,
        )
    except IndexAway as error:
        raise NotReady from error
    check_found(asked, found)
    page = list_page(
        LIST.format(locale=locale, collection=collection),
        found.results,
        count=found.count,
        number=asked.page,
        per_page=asked.per_page,
        filters=asked.filters,
    )
    return made_answer(canonical_bytes(page), etag, link_header(page))


def release_with(address: str) -> Release:
    """Give the current release. Raises NotFound where it has nothing at an address."""
    release = reader_of(settings.RELEASES_DIR).current()
    if release is None or entry_at(settings.RELEASES_DIR, release, address) is None:
        raise NotFound
    return release


def check_found(asked: Wanted, found: Found):
    """Raise BadParameters where a filter names nothing that there is, or the page is beyond the last one."""
    if found.unknown:
        raise BadParameters(
            [wrong(name, f"must be the code of a {name}; none has this one.") for name in found.unknown]
        )
    check_page(asked, found.count)


def check_page(asked: Wanted, count: int):
    """Raise BadParameters where the page that is asked for is beyond the last one."""
    last = page_count(count, asked.per_page)
    if asked.page > last:
        raise BadParameters([wrong("page", f"must be a whole number from 1 to {last}, the last page there is.")])


def made_answer(body: bytes, etag: str, link: str) -> HttpResponse:
    """Give JSON that was made for this request as a response."""
    headers = {**SHARED, "Cache-Control": PAGE_CACHING, "ETag": f'"{etag}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, "application/json", headers=headers | ({"Link": link} if link else {}))


def document_shape(collection: str):
    """Give the shape of the documents of a collection."""
    kinds = COLLECTIONS[collection]
    if len(kinds) == 1:
        return DOCUMENTS[kinds[0]]
    return PolymorphicProxySerializer(
        component_name=f"{collection.capitalize()}Document",
        serializers={kind: DOCUMENTS[kind] for kind in kinds},
        resource_type_field_name="type",
    )


outline_view = released_view("toolkit", DOCUMENTS["toolkit"], "The toolkit: its stages and their marks")
list_views = {name: list_view(name) for name in COLLECTIONS}
document_views = {
    name: released_view(f"get_{name}", document_shape(name), f"One of the {name}, in full") for name in COLLECTIONS
}
