"""The views of lists: the first page is in the release, the others are found in the index."""

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema

from api.content.addresses import LIST, SPOKEN, operation_name
from api.content.answers import check_page, described, made_answer, release_with, unchanged_answer
from api.content.pages import link_header, list_page
from api.content.parameters import Wanted, parameters_of, wanted, wrong
from api.content.shapes import list_shape
from api.content.views import Released
from api.limits import Limited
from api.problems import BadParameters, NotReady, Problem
from api.search.files import IndexAway
from api.search.index import software
from api.search.lists import Found, find
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.canonical import canonical_bytes, digest


def list_view(collection: str):
    """Make the view class of a list."""

    class View(Released):
        def get_throttles(self):
            """Count what is worked out. The first page is there already."""
            return [Limited()] if self.request.GET else []

        @extend_schema(
            operation_id=operation_name("list", collection),
            summary=f"The {SPOKEN.get(collection, collection)} of a locale, page by page",
            parameters=[described(name, known) for name, known in parameters_of(collection).items()],
            responses={200: list_shape(collection), 410: Problem, 429: Problem, 503: Problem},
        )
        def get(self, request, locale):
            if not request.GET:
                return super().get(request)
            return list_response(request, locale, collection, wanted(parameters_of(collection), request.GET.lists()))

    return View


def list_response(request, locale: str, collection: str, asked: Wanted) -> HttpResponse:
    """Answer with a page of a list. Raises BadParameters where there is no such page, or nothing has such a code."""
    root = release_with(LIST.format(locale=locale, collection=collection)).resources
    named = digest(f"{root.sha256} {software()} {collection} {locale} {asked}".encode())
    if unchanged := unchanged_answer(request, named):
        return unchanged
    try:
        found = find(
            settings.RELEASES_DIR,
            root,
            locale,
            collection,
            filters=asked.filters,
            first=asked.first,
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
    more = {"corrected": found.corrected} if "q" in asked.filters else {}
    return made_answer(request, canonical_bytes(page | more), named, link_header(page))


def check_found(asked: Wanted, found: Found):
    """Raise BadParameters where a filter names nothing that there is, or the page is beyond the last one."""
    if found.unknown:
        raise BadParameters(
            [wrong(name, f"must be the code of a {name}; none has this one.") for name in found.unknown]
        )
    check_page(asked, found.count)


list_views = {name: list_view(name) for name in COLLECTIONS}
