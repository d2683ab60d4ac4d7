"""What the keyboard alone reaches on a page, and whether the focus is seen."""

from collections.abc import Iterator

from playwright.sync_api import Page

FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, summary, input, select, textarea, audio, video')]
    .filter((e) => e.checkVisibility() && !e.disabled)"""
NAME = "(e) => `${e.localName} ${e.getAttribute('href') || ''} ${e.textContent.trim()}`"
# Chromium scrolls to what has the focus in the frame after the key.
FOCUS = f"""async () => {{
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (e === document.body) return null;
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    // It scrolls by whole pixels, and boxes end on parts of pixels.
    const seen = box.top > -1 && box.bottom < innerHeight + 1 && box.left > -1 && box.right < innerWidth + 1;
    return {{name: ({NAME})(e), ring, seen}};
}}"""


def go_to(tab: Page, selector: str):
    """Press Tab until something has the focus."""
    for _ in range(200):
        tab.keyboard.press("Tab")
        if tab.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"The keyboard does not reach {selector}")


def press(tab: Page, selector: str):
    """Go to a button or a link, and press it, with keys alone."""
    go_to(tab, selector)
    tab.keyboard.press("Enter")


def tab_stops(tab: Page) -> Iterator[dict]:
    """Press Tab until the focus leaves the page, and give each element that had it."""
    for _ in range(500):
        tab.keyboard.press("Tab")
        focus = tab.evaluate(FOCUS)
        if focus is None:
            return
        yield focus
