"""The view of searching: what readers of a locale find for some words."""

from django.conf import settings
from drf_spectacular.utils import extend_schema

from api.content.addresses import HOME, SEARCH
from api.content.answers import Readable, check_page, described, made_answer, release_with, unchanged_answer
from api.content.pages import link_header, list_page
from api.content.parameters import SEARCHING, Wanted, wanted
from api.content.shapes import SearchPage
from api.limits import Limited
from api.problems import NotReady, Problem
from api.search.files import IndexAway
from api.search.find import Answer, search
from api.search.index import software
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.shapes import shaped


class SearchView(Readable):
    """Finds things for some words, in the language of the address."""

    throttle_classes = [Limited]

    @extend_schema(
        operation_id="search",
        summary="Search in a locale",
        parameters=[described(name, known) for name, known in SEARCHING.items()],
        responses={200: SearchPage, 429: Problem, 503: Problem},
    )
    def get(self, request, locale):
        release = release_with(HOME.format(locale=locale))
        asked = wanted(SEARCHING, request.GET.lists())
        named = digest(f"{release.resources.sha256} {software()} search {locale} {asked}".encode())
        if unchanged := unchanged_answer(request, named):
            return unchanged
        page = page_of(locale, asked, found_for(release, locale, asked))
        return made_answer(request, canonical_bytes(page), named, link_header(page))


def found_for(release, locale: str, asked: Wanted) -> Answer:
    """Search in a release. Raises NotReady, and BadParameters where there is no such page."""
    where = (settings.RELEASES_DIR, release.resources, locale)
    try:
        found = search(*where, asked.filters["q"], first=asked.first, most=asked.per_page)
    except IndexAway as error:
        raise NotReady from error
    check_page(asked, found.count)
    return found


def page_of(locale: str, asked: Wanted, found: Answer) -> dict:
    """Give a page of what was found in the shape that the API shows."""
    results = [{**result, "kind": result.get("kind", "")} for result in found.results]
    page = list_page(
        SEARCH.format(locale=locale),
        results,
        count=found.count,
        number=asked.page,
        per_page=asked.per_page,
        filters=asked.filters,
    )
    return shaped(SearchPage, {**page, "corrected": found.corrected})
