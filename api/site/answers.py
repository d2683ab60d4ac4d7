"""The answer to a reader's question, as a page in the look of the site, of what the current release holds."""

import json
from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response

from api.content.addresses import FRAME, SHOWS
from api.content.pages import list_page, page_count
from api.content.parameters import Wanted, wanted
from api.limits import seconds_to_wait
from api.problems import BadParameters
from api.releases.manifest import Release
from api.releases.server import PAGE_CACHING, reader_of
from api.search.files import IndexAway
from api.search.find import search
from api.search.lists import Found, find
from api.site.questions import address_of, asks_something, chosen, given_in, is_at, known_to
from toolkit.documents.canonical import digest
from toolkit.rendering import fixed_choices, page_html

RETRY_SECONDS = 30


def answer(request, release: Release, about: dict) -> HttpResponse:
    """Answer what is asked of the page that a release says this about; at another address, lead to the right one."""
    known, query = known_to(about["type"]), list(request.GET.lists())
    given = given_in(known, query)
    if not asks_something(about["type"], given):
        return HttpResponseRedirect(about["path"])
    try:
        asked = wanted(known, [(name, [value]) for name, value in given.items()])
    except BadParameters as error:
        return _page(release, about, given, status=400, wrong=[one["parameter"] for one in error.errors])
    address = address_of(about["path"], asked)
    if not is_at(address, query):
        return HttpResponseRedirect(address)
    if seconds := seconds_to_wait(request.META):
        return _later(release, about, given, "often", status=429, seconds=seconds)
    response = _answer(release, about, given, asked)
    return get_conditional_response(request, etag=response.get("ETag"), response=response)


def _answer(release: Release, about: dict, given: dict, asked: Wanted) -> HttpResponse:
    """Answer a question that can be understood, or say why not: a code that nothing has, no such page, no index."""
    try:
        found = _found(release, about, asked)
    except IndexAway:
        return _later(release, about, given, "away", status=503, seconds=RETRY_SECONDS)
    last = page_count(found.count, asked.per_page)
    if found.unknown:
        return _page(release, about, given, status=400, wrong=found.unknown)
    if asked.page > last:
        first = address_of(about["path"], replace(asked, page=1))
        return _page(release, about, given, status=404, wrong=["beyond"], first=first, last=last)
    page = list_page(about["path"], found.results, count=found.count, number=asked.page, filters=asked.filters)
    shown = {**page, "number": asked.page, "corrected": found.corrected, "silent": found.silent}
    response = _page(release, _same_in_other_languages(about, asked), given, found=shown, last=last)
    response["Cache-Control"] = PAGE_CACHING
    response["ETag"] = f'"{digest(response.content)}"'
    return response


def _later(release: Release, about: dict, given: dict, why: str, *, status: int, seconds: int) -> HttpResponse:
    """Ask the reader to come back after some seconds."""
    response = _page(release, about, given, status=status, wrong=[why])
    response["Retry-After"] = seconds
    return response


def _same_in_other_languages(about: dict, asked: Wanted) -> dict:
    """Let the ways to other languages lead to the same question there, to the first page of its answer."""
    first = replace(asked, page=1)
    return {**about, "alternates": [{**one, "path": address_of(one["path"], first)} for one in about["alternates"]]}


def _found(release: Release, about: dict, asked: Wanted) -> Found:
    """Find what is asked for. Raises IndexAway."""
    where = (settings.RELEASES_DIR, release.resources, about["locale"])
    place = {"first": asked.first, "most": asked.per_page}
    if about["type"] in SHOWS:
        return find(*where, SHOWS[about["type"]], filters=asked.filters, **place)
    found = search(*where, asked.filters["q"], **place)
    return Found(found.results, found.count, [], found.corrected)


def _page(release: Release, about: dict, given: dict, *, status: int = 200, **more) -> HttpResponse:
    """Show a page with its form as it was filled in, and what came of it."""
    frame = json.loads(reader_of(settings.RELEASES_DIR).content_of(release, FRAME.format(locale=about["locale"])))
    offered = {"stages": frame["stages"], **fixed_choices(about["type"])}
    asked = {**offered, "given": given, "chosen": chosen(given, frame["stages"]), **more}
    html = page_html(about, frame["site"], asked)
    return HttpResponse(html, status=status)
