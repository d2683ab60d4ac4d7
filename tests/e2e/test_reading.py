"""Reading as one likes: size, space, letters and colours, kept on the device over all pages."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.gates.browser import WIDTHS, axe_violations, overflow

MARK = "/en/process/listening/"
# What sets each choice off from what is usual, as the browser shows it.
BODY = "getComputedStyle(document.body)"
SHOWN = {
    ("Size of the text", "Largest"): f"{BODY}.fontSize",
    ("Space between lines and words", "More space"): f"{BODY}.lineHeight",
    ("Letters", "Plain"): f"{BODY}.fontFamily",
    ("Letters", "As my browser has them"): f"{BODY}.fontFamily",
    ("Colours", "Dark"): f"{BODY}.backgroundColor",
    ("Colours", "Strong contrast"): f"{BODY}.backgroundColor",
    ("Colours", "Soft yellow paper"): f"{BODY}.backgroundColor",
}
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); },
});"""
SHIFTS = """() => new Promise((done) => new PerformanceObserver((list) => {
    done(list.getEntries().filter((entry) => entry.entryType === "layout-shift").map((entry) => entry.value));
}).observe({ type: "layout-shift", buffered: true }) || setTimeout(() => done([]), 500))"""


def choose(tab: Page, group: str, choice: str):
    if not tab.locator(".reading-settings form").is_visible():
        tab.get_by_text("Text and colours").click()
    tab.get_by_role("group", name=group).get_by_label(choice, exact=True).check()


@pytest.fixture
def mark(served, tab) -> Iterator[Page]:
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(urljoin(served.address, MARK))
    yield tab
    assert errors == []


@pytest.mark.parametrize(("group", "choice"), SHOWN)
def test_choice_is_kept_on_every_page(group, choice, mark, served):
    shown = SHOWN[group, choice]
    usual = mark.evaluate(shown)
    choose(mark, group, choice)
    chosen = mark.evaluate(shown)
    assert chosen != usual
    mark.reload()
    assert mark.evaluate(shown) == chosen
    mark.goto(urljoin(served.address, "/en/score/"))
    assert mark.evaluate(shown) == chosen
    mark.get_by_text("Text and colours").click()
    expect(mark.get_by_role("group", name=group).get_by_label(choice, exact=True)).to_be_checked()
    mark.get_by_role("button", name="As it was").click()
    assert mark.evaluate(shown) == usual
    assert mark.evaluate("localStorage.length") == 0


def test_light_comes_before_a_dark_device(mark):
    light = mark.evaluate(f"{BODY}.backgroundColor")
    mark.emulate_media(color_scheme="dark")
    assert mark.evaluate(f"{BODY}.backgroundColor") != light
    choose(mark, "Colours", "Light")
    assert mark.evaluate(f"{BODY}.backgroundColor") == light
    mark.emulate_media(media="print", color_scheme="dark")
    choose_dark = "document.documentElement.dataset.colours = 'strong'"
    mark.evaluate(choose_dark)
    assert mark.evaluate(f"{BODY}.backgroundColor") == "rgb(255, 255, 255)"


def test_forced_colours_stay_those_of_the_device(mark):
    mark.emulate_media(forced_colors="active")
    forced = mark.evaluate(f"{BODY}.backgroundColor")
    mark.evaluate("document.documentElement.dataset.colours = 'yellow'")
    assert mark.evaluate(f"{BODY}.backgroundColor") == forced


def test_page_is_first_seen_as_chosen(mark, served):
    choose(mark, "Colours", "Dark")
    dark = mark.evaluate(f"{BODY}.backgroundColor")
    # What comes when the page is there has no part in it.
    mark.route("**/assets/site-*.js", lambda route: route.abort())
    mark.goto(urljoin(served.address, "/en/"))
    assert mark.evaluate(f"{BODY}.backgroundColor") == dark


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps_when_the_page_is_first_seen(width, mark):
    mark.set_viewport_size({"width": width, "height": 800})
    mark.reload()
    mark.wait_for_load_state("networkidle")
    assert mark.evaluate(SHIFTS) == []


def test_choice_holds_where_nothing_may_be_kept(served, tab):
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.add_init_script(NO_STORAGE)
    tab.goto(urljoin(served.address, MARK))
    usual = tab.evaluate(f"{BODY}.fontSize")
    choose(tab, "Size of the text", "Largest")
    assert tab.evaluate(f"{BODY}.fontSize") != usual
    assert errors == []


def test_without_script_words_say_what_to_do(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(urljoin(served.address, MARK))
    page.locator(".reading-settings summary").press("Enter")
    expect(page.get_by_text("press Ctrl and the plus key")).to_be_visible()
    expect(page.locator(".reading-settings form")).to_be_hidden()
    context.close()


def test_keyboard_opens_and_closes_the_settings(mark):
    mark.get_by_text("Text and colours").focus()
    mark.keyboard.press("Enter")
    mark.keyboard.press("Tab")
    mark.keyboard.press("ArrowDown")
    assert mark.evaluate("document.documentElement.dataset.text") == "larger"
    mark.keyboard.press("Escape")
    expect(mark.locator(".reading-settings form")).to_be_hidden()
    assert mark.evaluate("document.activeElement.localName") == "summary"


@pytest.mark.parametrize("colours", ["dark", "strong", "yellow"])
def test_page_as_chosen_passes_the_gates(colours, mark):
    for name, value in {"colours": colours, "text": "largest", "space": "wider", "font": "clear"}.items():
        mark.evaluate("([name, value]) => localStorage.setItem(`reading-${name}`, value)", [name, value])
    mark.reload()
    mark.get_by_text("Text and colours").click()
    found = []
    for width in WIDTHS:
        mark.set_viewport_size({"width": width, "height": 800})
        found += [*overflow(mark), *axe_violations(mark)]
    assert found == []
