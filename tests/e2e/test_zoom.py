"""Every kind of page as people set it: large text, narrow windows, wide spacing, few colours, no motion."""

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.colours import merged_in_forced_colours, moving, moving_by_itself
from tests.e2e.fitting import broken_words, misfits
from tests.e2e.kinds import KINDS, WRONG, address_of, boards_of, show_notices
from tests.gates.browser import open_tab

LOCALES = ("en", "ar")
SCREEN, PHONE = (1280, 800), (360, 740)
# A screen of 1280 by 1024 at 400 %: WCAG 1.4.10.
ZOOMED = (320, 256)
# WCAG 1.4.12. `!important`, as people's own stylesheets and the bookmarklets for it say it.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}
        p {margin-block-end: 2em !important}`);
    document.adoptedStyleSheets = [sheet];
}"""
AS_USUAL = "() => { document.adoptedStyleSheets = []; document.documentElement.style.fontSize = ''; }"
LARGE = "() => { document.documentElement.style.fontSize = '200%'; }"
UNFOLD = "() => document.querySelectorAll('details').forEach((e) => { e.open = true; })"


@dataclass(frozen=True)
class Way:
    """A way to set a page: how large the window is, what is done to the page, whether long words may break."""

    window: tuple[int, int]
    set_up: str = AS_USUAL
    may_break: bool = False


WAYS = {
    "text at 200 %": Way(SCREEN, LARGE),
    "spacing": Way(SCREEN, SPACED),
    "zoom to 400 %": Way(ZOOMED),
    "zoom and spacing": Way(ZOOMED, SPACED),
    # Twelve letters to a line.
    "text at 200 % on a phone": Way(PHONE, LARGE, may_break=True),
}
COLOURS = {"forced colours": merged_in_forced_colours, "less motion": moving, "motion": moving_by_itself}


@pytest.fixture(scope="module")
def found(chromium: Browser, served) -> dict[str, list[str]]:
    """What is wrong with all pages, by the way they are set. Each page is loaded once."""
    found = defaultdict(list)
    for locale in LOCALES:
        addresses = {kind: address_of(kind, locale) for kind in KINDS | WRONG}
        addresses |= boards_of(chromium, served, locale)
        with open_tab(chromium) as tab:
            show_notices(tab, served, locale)
            for kind, address in addresses.items():
                tab.goto(urljoin(served.address, address))
                tab.evaluate(UNFOLD)
                for way, problem in problems(tab):
                    found[way].append(f"{locale} {kind}: {problem}")
    return found


def problems(tab: Page):
    """Set the page in one way after the other, and give what is wrong with it, each with the way."""
    for name, look in COLOURS.items():
        yield from ((name, problem) for problem in look(tab))
    for name, way in WAYS.items():
        tab.set_viewport_size({"width": way.window[0], "height": way.window[1]})
        tab.evaluate(way.set_up)
        yield from ((name, problem) for problem in misfits(tab))
        yield from ((name, problem) for problem in ([] if way.may_break else broken_words(tab)))
        tab.evaluate(AS_USUAL)


@pytest.mark.parametrize("way", WAYS)
def test_all_of_every_page_is_seen(way, found):
    assert found[way] == [], "\n".join(found[way])


def test_things_are_told_apart_in_forced_colours(found):
    assert found["forced colours"] == [], "\n".join(found["forced colours"])


def test_nothing_moves_for_who_wants_no_motion(found):
    assert found["less motion"] == [], "\n".join(found["less motion"])


def test_nothing_moves_by_itself(found):
    assert found["motion"] == [], "\n".join(found["motion"])


def test_menu_shows_all_of_itself_when_zoomed(chromium, served):
    with open_tab(chromium) as tab:
        tab.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
        tab.goto(urljoin(served.address, "/en/"))
        tab.locator(".menu-button").press("Enter")
        last = tab.locator("#site-menu a").last
        last.focus()
        box = last.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= ZOOMED[1]
