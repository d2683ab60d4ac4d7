"""Every page of the release, in all locales, as HTML: valid, one heading, a title of its own."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup

from tests.e2e.conftest import released_entries
from tests.e2e.kinds import notices_of
from tests.gates.nu import check_html
from tests.tested import keep_or_compare
from toolkit.locales import direction

# What is made for a reader's question: something, much, nothing, and what cannot be answered.
ANSWERS = [
    "/en/search/?q=lisening",
    "/en/search/?q=people&page=2",
    "/en/search/?q=xylophone",
    "/en/search/?q=people&page=99",
    "/cy/search/?q=gwrando",
    "/ar/search/?q=listening",
    "/en/lake/?q=people",
    "/en/lake/?stage=process&kind=activity",
    "/en/lake/?stage=nowhere",
    "/en/voices/?kind=snake&page=99",
    "/en/voices/?mark=listening",
]
DOCS = {"/api/v1/docs/", "/widget/v1/docs/"}


@pytest.fixture(scope="module")
def html(started, served) -> dict[str, str]:
    """The HTML of every page by its path, the error pages among them; not of those that other tests have made."""
    first = released_entries(started / "data")
    paths = [path for path in served.pages() if path in first]
    assert {path[1:3] for path in paths if path not in DOCS} == {"en", "cy", "ar"}
    errors = {path: page for locale in ("en", "cy", "ar") for path, page in notices_of(served, locale).items()}
    return {path: served.get(path).text for path in [*paths, *ANSWERS]} | errors


@pytest.fixture(scope="module")
def parsed(html) -> dict[str, BeautifulSoup]:
    return {path: BeautifulSoup(text, "lxml") for path, text in html.items()}


def test_every_page_is_valid_html(html):
    found = check_html(html)
    assert found == []
    keep_or_compare("html", pages=len(html), found=len(found))


def test_every_page_has_one_h1(parsed):
    assert {path: n for path, page in parsed.items() if (n := len(page.find_all("h1"))) != 1} == {}


def test_titles_are_unique_within_locales(parsed):
    titles = Counter((path[1:3], page.title.get_text(strip=True)) for path, page in parsed.items())
    assert [title for title, times in titles.items() if times > 1 or not title[1]] == []


def test_language_and_direction_are_declared(parsed):
    declared = {path: (page.html.get("lang"), page.html.get("dir")) for path, page in parsed.items()}
    assert {declared.pop(path) for path in DOCS} == {("en", "ltr")}
    assert declared == {path: (path[1:3], direction(path[1:3])) for path in declared}


def test_heading_levels_skip_none(parsed):
    assert [path for path, page in parsed.items() if skips_a_level(page)] == []


def skips_a_level(page: BeautifulSoup) -> bool:
    levels = [int(heading.name[1]) for heading in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    return any(after > before + 1 for before, after in zip([0, *levels], levels, strict=False))
