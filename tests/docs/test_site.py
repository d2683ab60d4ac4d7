"""The documentation as HTML: made without a warning, valid, good for everybody, and asking nobody for anything."""

import subprocess
import sys
from os.path import normpath
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.docs.pages import PAGES, name_of
from tests.gates.browser import PHONE, SCREEN, axe_violations, overflow
from tests.gates.nu import check_html
from tests.once import once

# The first page, that with the most columns, that with the longest words, and what a search has found.
LOOKED_AT = ["docs/index.html", "docs/threat-model.html", "README.html", "search.html?q=release"]
LOOKS = {"phone in daylight": (PHONE, "light"), "screen in the dark": (SCREEN, "dark")}


def make(folder: Path):
    """Make the documentation as `make docs` does."""
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "--conf-dir", "docs"]
    made = subprocess.run([*command, ".", str(folder)], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert (made.returncode, made.stderr) == (0, "")


@pytest.fixture(scope="module")
def site(common) -> Path:
    """The folder of the documentation as HTML."""
    return once(common, "docs", make)


@pytest.fixture(scope="module")
def html(site) -> dict[str, str]:
    return {str(file.relative_to(site)): file.read_text() for file in sorted(site.rglob("*.html"))}


def test_every_page_is_there(html):
    expected = {name_of(page.with_suffix(".html")) for page in PAGES}
    assert expected <= html.keys()
    assert len(expected) > 15


def test_first_page_leads_to_all(html):
    first = BeautifulSoup(html["docs/index.html"], "lxml").main
    led_to = {normpath(f"docs/{link['href'].partition('#')[0]}") for link in first.select("a[href]")}
    assert {name_of(page.with_suffix(".html")) for page in PAGES} - {"docs/index.html"} <= led_to


def test_every_page_is_valid(html):
    assert check_html(html) == []


def test_pages_say_their_language_and_title(html):
    parsed = {name: BeautifulSoup(text, "lxml") for name, text in html.items()}
    assert {page.html["lang"] for page in parsed.values()} == {"en"}
    titles = [page.title.get_text() for name, page in parsed.items() if name != "index.html"]
    assert len(set(titles)) == len(titles)


def test_nothing_comes_from_elsewhere(html):
    taken = "script[src], link[href], img[src], iframe, object, form[action]"
    for name, text in html.items():
        for tag in BeautifulSoup(text, "lxml").select(taken):
            address = tag.get("src") or tag.get("href") or tag.get("action") or "//"
            assert "//" not in address, (name, tag)


def test_stylesheet_asks_nobody(site):
    sheets = [file.read_text() for file in (site / "_static").glob("*.css")]
    assert [sheet for sheet in sheets if "http" in sheet or "@import" in sheet] == []


@pytest.mark.parametrize(("size", "colours"), LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("page", LOOKED_AT)
def test_pages_are_good_for_everybody(page, size, colours, site, shared_tab):
    asked = []
    shared_tab.on("request", lambda request: asked.append(request.url))
    shared_tab.set_viewport_size(size)
    shared_tab.emulate_media(color_scheme=colours)
    shared_tab.goto(f"file://{site}/{page}")
    assert axe_violations(shared_tab) == []
    assert overflow(shared_tab) == []
    assert [address for address in asked if not address.startswith("file://")] == []


def test_search_finds_pages(site, shared_tab):
    shared_tab.goto(f"file://{site}/docs/index.html")
    shared_tab.get_by_label("Search these pages").fill("worker")
    shared_tab.keyboard.press("Enter")
    shared_tab.get_by_role("link", name="Running it day by day").first.wait_for()
    assert "search.html?q=worker" in shared_tab.url
