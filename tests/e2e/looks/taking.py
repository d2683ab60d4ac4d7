"""Pictures of pages: which ones, at which widths, in which colours, on the screen and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Served
from tests.e2e.kinds import BOARD, BOARD_MARK, address_of, boards_of, show_notices

LOCALES = ("en", "ar")
WIDTHS = (360, 768, 1280)
HEIGHT = 800
KINDS = [
    *("home", "stage", "mark", "easy-read", "quote", "voices", "idea", "lake", "lake-chosen", "term", "glossary"),
    *("guide", "found", "nothing", "offline", "print-stage", "feedback-words", "offer"),
    *("score", "embed", "notice-not-found", BOARD, BOARD_MARK),
]
# What nobody can foresee: codes, links, days, and what comes later than the page around it.
UNFORESEEN = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.qr, .address, .code, .preview, .lines, time {visibility: hidden}');
    document.adoptedStyleSheets = [sheet];
    for (const time of document.querySelectorAll('time')) time.textContent = '00 00 0000';
    return document.fonts.ready.then(() => true);
}"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LAY_OVER = """(style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
}"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at: at which width in CSS pixels, in the light, in the dark, or printed."""

    width: int
    mode: str

    def __str__(self) -> str:
        return f"{self.width}-{self.mode}"


ALL = [Look(width, mode) for mode in ("light", "dark", "print") for width in WIDTHS]
# Colours do not depend on the width, and paper has only one.
FEW = [*(Look(width, "light") for width in WIDTHS), Look(1280, "dark"), Look(768, "print")]


def take_all(browser: Browser, site: Served, looks: list[Look], scale: float = 1) -> Iterator[tuple[str, bytes]]:
    """Open each page once, and give a name and a PNG, from top to bottom, for each look at it.

    `scale` is how many pixels of the picture make a CSS pixel.
    """
    for locale in LOCALES:
        addresses = boards_of(browser, site, locale)
        context = browser.new_context(device_scale_factor=scale, reduced_motion="reduce")
        tab = context.new_page()
        show_notices(tab, site, locale)
        for kind in KINDS:
            tab.goto(urljoin(site.address, addresses.get(kind) or address_of(kind, locale)))
            for look in looks:
                yield f"{kind}-{locale}-{look}", take(tab, look)
        context.close()


def take(tab: Page, look: Look, style: str = "") -> bytes:
    """Give a PNG of the page as it is, but for what nobody can foresee, and with a style that is laid over it."""
    tab.evaluate(UNFORESEEN)
    tab.evaluate(LAY_OVER, style)
    tab.set_viewport_size({"width": look.width, "height": HEIGHT})
    printed, dark = look.mode == "print", look.mode == "dark"
    tab.emulate_media(media="print" if printed else "screen", color_scheme="dark" if dark else "light")
    tab.evaluate(DRAWN)
    return tab.screenshot(full_page=True)
