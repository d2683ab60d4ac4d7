"""What axe finds: on every page of every language, and on every kind of page at every width and in all colours."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Served
from tests.e2e.kinds import KINDS, WRONG, address_of, boards_of, show_notices
from tests.gates.browser import WIDTHS, axe_violations, open_tab

# What a look changes; all else is the same in each.
COLOURS, SIZES = "color-contrast", "target-size"
# How much colours differ where they are forced is for the device to say; axe reads those of the stylesheet.
LOOKS = {
    "light": ({"color_scheme": "light"}, WIDTHS, (COLOURS, SIZES)),
    "dark": ({"color_scheme": "dark"}, WIDTHS[-1:], (COLOURS, SIZES)),
    "forced": ({"forced_colors": "active"}, WIDTHS, (SIZES,)),
}
USUAL = {"color_scheme": "light", "forced_colors": "none"}


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    with open_tab(chromium) as tab:
        yield tab


@pytest.mark.parametrize("locale", ["en", "cy", "ar"])
def test_every_page_is_built_soundly(locale, served, tab, figures):
    pages = [path for path in served.pages() if path.startswith(f"/{locale}/")]
    found = []
    for path in pages:
        tab.goto(urljoin(served.address, path))
        found += [f"{path}: {problem}" for problem in axe_violations(tab, without=(COLOURS, SIZES))]
    figures(f"{len(pages)} pages")
    assert len(pages) > 25
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_every_kind_is_seen_in_every_look(locale, served, chromium, figures):
    addresses = addresses_of(chromium, served, locale)
    found = []
    with open_tab(chromium) as tab:
        show_notices(tab, served, locale)
        for kind, address in addresses.items():
            tab.goto(urljoin(served.address, address))
            found += [f"{kind} {look}: {problem}" for look, problem in in_every_look(tab)]
    figures(f"{len(addresses)} pages in {sum(len(widths) for _look, widths, _rules in LOOKS.values())} looks")
    assert found == [], "\n".join(found)


def addresses_of(chromium: Browser, site: Served, locale: str) -> dict[str, str]:
    return {kind: address_of(kind, locale) for kind in KINDS | WRONG} | boards_of(chromium, site, locale)


def in_every_look(tab: Page) -> Iterator[tuple[str, str]]:
    for name, (look, widths, rules) in LOOKS.items():
        tab.emulate_media(**USUAL | look)
        for width in widths:
            tab.set_viewport_size({"width": width, "height": 800})
            yield from ((f"{name} {width}", problem) for problem in axe_violations(tab, only=rules))
