"""A reader on the site: every kind of page, at three widths, in both directions, by keyboard and on paper."""

import json
import re
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.e2e.keyboard import FOCUSABLE, NAME, tab_stops
from tests.gates.browser import WIDTHS, axe_violations, overflow
from tests.tested import keep_or_compare
from toolkit.documents.shapes import DOCUMENTS

KINDS = {
    "toolkit": "/en/",
    "stage": "/en/process/",
    "mark": "/en/process/listening/",
    "quote": "/en/voices/what-i-heard-you-say/",
    "voices": "/en/voices/",
    "idea": "/en/lake/world-cafe/",
    "lake": "/en/lake/",
    "term": "/en/glossary/jargon/",
    "glossary": "/en/glossary/",
    "page": "/en/using-this-tool/",
    "easy-read": "/en/process/listening/easy-read/",
    "not-found": "/en/nowhere/",
}
ASKED = {
    "search": "/en/search/",
    "found": "/en/search/?q=people&page=2",
    "offline": "/en/offline/",
    "unreachable": "/en/offline/unreachable/",
    "tested": "/en/how-we-tested/",
    "put right": "/en/search/?q=lisening",
    "nothing": "/en/search/?q=xylophone",
    "chosen": "/en/lake/?stage=process&kind=activity",
    "voices chosen": "/en/voices/?mark=listening",
    "wrong": "/en/lake/?stage=nowhere",
}
TRANSLATED = ["/ar/", "/ar/process/", "/ar/process/listening/", "/ar/nowhere/", "/cy/process/listening/"]
TRANSLATED += ["/ar/search/?q=listening", "/ar/search/?q=xylophone", "/cy/search/?q=gwrando", "/ar/offline/"]
TRANSLATED += ["/ar/how-we-tested/", "/cy/process/listening/easy-read/"]
PRINTED = ["/en/print/", "/en/print/process/", "/ar/print/"]
ALL = [*KINDS.values(), *ASKED.values(), *TRANSLATED, *PRINTED, "/api/v1/docs/"]


def test_every_kind_is_looked_at():
    assert KINDS.keys() == DOCUMENTS.keys() | {"not-found"}


@pytest.mark.parametrize("path", ALL)
def test_page_has_no_accessibility_problem(path, served, shared_tab):
    open_page(shared_tab, served, path)
    assert [found for _ in every_look(shared_tab) for found in axe_violations(shared_tab)] == []


@pytest.mark.parametrize("path", ALL)
def test_page_never_scrolls_sideways(path, served, shared_tab):
    open_page(shared_tab, served, path)
    assert [found for _ in every_width(shared_tab) for found in overflow(shared_tab)] == []


def open_page(tab: Page, site, path: str):
    tab.emulate_media(media="screen", color_scheme="light")
    tab.goto(urljoin(site.address, path))


def every_look(tab: Page):
    """Show the page at every width, and in the dark at the last: at which width makes no difference to colours."""
    yield from every_width(tab)
    tab.emulate_media(color_scheme="dark")
    yield


def every_width(tab: Page):
    """Show the page at one width after the other."""
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        yield


# Each page of ALL is looked at by the test below, which finds nothing.
def test_readers_are_told_how_many_pages_tab_reaches():
    keep_or_compare("keyboard", pages=len(ALL), found=0)


@pytest.mark.parametrize("path", ALL)
def test_tab_reaches_everything_in_order(path, served, tab):
    open_page(tab, served, path)
    stops = list(tab_stops(tab))
    assert [stop["name"] for stop in stops] == tab.evaluate(f"() => ({FOCUSABLE})().map({NAME})")
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_skip_link_leads_to_the_text(served, tab):
    open_page(tab, served, KINDS["mark"])
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**#main-content")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_keyboard_opens_and_closes_the_menu(served, tab):
    tab.set_viewport_size({"width": WIDTHS[0], "height": 800})
    open_page(tab, served, KINDS["mark"])
    link = tab.locator("#site-menu a").first
    assert not link.is_visible()
    tab.get_by_role("button", name="Menu", exact=True).press("Enter")
    assert link.is_visible()
    link.press("Escape")
    assert not link.is_visible()
    assert tab.evaluate("document.activeElement.textContent") == "Menu"


def test_keyboard_searches_from_any_page(served, tab):
    open_page(tab, served, KINDS["mark"])
    tab.get_by_label("Words to search for").focus()
    tab.keyboard.type("lisening")
    tab.keyboard.press("Enter")
    tab.wait_for_url(urljoin(served.address, "/en/search/?q=lisening"))
    assert "looked for “listening” instead" in tab.locator("main").inner_text()
    tab.get_by_role("link", name="Listening", exact=True).press("Enter")
    tab.wait_for_url(urljoin(served.address, KINDS["mark"]))


def test_keyboard_chooses_ideas(served, tab):
    open_page(tab, served, KINDS["lake"])
    tab.get_by_label("Stage", exact=True).focus()
    tab.keyboard.type("Proc")
    tab.get_by_label("Kind", exact=True).focus()
    tab.keyboard.type("Act")
    tab.get_by_label("How many people", exact=True).focus()
    tab.keyboard.type("8")
    tab.get_by_role("button", name="Show", exact=True).press("Enter")
    tab.wait_for_url(urljoin(served.address, "/en/lake/?stage=process&kind=activity&people=8"))
    assert set(tab.locator(".results .label").all_inner_texts()) == {"Activity"}
    tab.get_by_role("link", name="Show all ideas").press("Enter")
    tab.wait_for_url(urljoin(served.address, "/en/lake/"))


def test_reader_of_another_language_finds_what_is_not_translated(served, tab):
    open_page(tab, served, "/ar/search/?q=listening")
    found = tab.locator(".result").first
    assert found.locator("a").get_attribute("lang") == "en"
    assert found.locator("mark").first.evaluate("(e) => e.closest('[lang]').dir") == "ltr"
    assert found.locator(".language-note").is_visible()


@pytest.mark.parametrize("path", ALL)
def test_page_asks_nobody_else(path, served, tab):
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    open_page(tab, served, path)
    tab.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith(served.address)] == []
    # Chromium itself reports a page that is not found, and a question that is wrong.
    assert [line for line in said if not re.search("40[04]", line) or "nowhere" not in path] == []
    assert tab.context.cookies() == []


@pytest.mark.parametrize("path", KINDS.values())
def test_print_keeps_text_drops_navigation(path, served, tab):
    open_page(tab, served, path)
    tab.emulate_media(media="print")
    assert tab.locator("nav:visible").count() == 0
    assert tab.locator("h1").is_visible()
    assert tab.locator("form:visible").count() == 0
    hidden = tab.locator(":is(.prose, blockquote, .lead, dd, .questions):not(:visible)")
    assert hidden.all_inner_texts() == []


# Where answers are sent: it has something to show only to whoever says of which page.
SENT_TO = {f"/{code}/feedback/" for code in ("en", "cy", "ar")}


@pytest.fixture(scope="module")
def crawled(served) -> dict[str, BeautifulSoup]:
    """Every page that links lead to from the bare address, by its path."""
    found, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        if path not in found:
            answer = served.get(path)
            assert (answer.status, answer.cookies) == (200, []), path
            found[path] = BeautifulSoup(answer.body, "lxml")
            led = {urldefrag(link).url for link in links(path, found[path])}
            waiting += [link for link in led if link.endswith("/") and link not in SENT_TO]
    return found


def links(path: str, page: BeautifulSoup) -> list[str]:
    """The addresses of this site that a page leads to, asks or shows, with their fragments."""
    values = [tag[name] for name in ("href", "src", "action") for tag in page.find_all(attrs={name: True})]
    return [urljoin(path, value) for value in values if not urlsplit(value).scheme and not value.startswith("//")]


def test_links_lead_to_every_page(crawled, served):
    # Boards, the lines to embed them, and offers are no part of a release; the lines lead to the widget's document.
    found = {path for path in crawled if not path[3:].startswith(("/score/", "/embed/", "/give/"))}
    # What stands in for a page that is not kept on a device is shown by the worker there alone.
    pages = {path for path in served.pages() if not path.endswith("/unreachable/")}
    assert {path for path in found if not path.endswith(("/widget/", ".js"))} - {"/"} == pages
    assert {"/en/score/", "/en/score/join/", "/ar/score/"} <= crawled.keys()


def test_no_link_is_dead(crawled, served):
    targets = {urldefrag(link).url for path, page in crawled.items() for link in links(path, page)}
    assert [path for path in targets - crawled.keys() - SENT_TO if served.get(path).status != 200] == []


def test_fragments_point_to_elements(crawled):
    all_links = {link for path, page in crawled.items() for link in links(path, page) if "#" in link}
    parted = [urldefrag(link) for link in all_links]
    assert all_links
    assert [part for part in parted if not crawled[part.url].find(id=part.fragment)] == []


def test_paths_in_documents_exist(served):
    # The contract names examples.
    paths = set(served.released("application/json")) - {"/api/v1/openapi.json"}
    documents = [served.get(path).text for path in paths]
    paths = {path for text in documents for path in paths_in(json.loads(text))}
    assert len(paths) > 100
    assert paths - set(served.released()) == set()


def paths_in(value):
    """Every address of this site in a document, at any depth."""
    if isinstance(value, dict):
        yield from (found for name in ("path", "src", "api") if isinstance(found := value.get(name), str) and found)
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from paths_in(part)
