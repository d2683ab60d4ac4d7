"""A group of four, in four languages, on one board, in a browser that runs no script."""

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.keyboard import FOCUSABLE, NAME, tab_stops
from tests.gates.browser import PHONE, WIDTHS, axe_violations, cut_off, overflow
from tests.gates.nu import check_html

# The server shows a release of the starter content.
pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "cy", "ar", "es")


@pytest.fixture(scope="module")
def group(served_starter, chromium: Browser) -> Iterator[list[Page]]:
    """The tabs of four people, without scripts, one in each language."""
    with ExitStack() as stack:
        tabs = []
        for _language in LANGUAGES:
            context: BrowserContext = chromium.new_context(
                base_url=served_starter.address, java_script_enabled=False, viewport=PHONE, accept_downloads=True
            )
            stack.callback(context.close)
            tabs.append(context.new_page())
        yield tabs


@pytest.fixture(scope="module")
def boards(group, served_starter) -> list[str]:
    """The addresses of a board's page for each of the four, and last the pages at which they opened and joined it."""
    first = group[0]
    first.goto("/en/process/listening/")
    first.get_by_role("button", name="Score this together").click()
    first.get_by_label("A name for the board").fill("Village hall")
    first.get_by_label("Marks of your own").fill("Tea and time")
    first.get_by_role("button", name="Open the board").click()
    join, keep = (path_of(first, part) for part in ("/join/", "/keep/"))
    first.locator("a.go").click()
    for tab, language in zip(group[1:], LANGUAGES[1:], strict=True):
        tab.goto(join.replace("/en/", f"/{language}/"))
        tab.locator("form.scoring button").click()
    return [*(urlsplit(tab.url).path for tab in group), join, keep]


def path_of(tab: Page, part: str) -> str:
    """Give the path of the first link that has something in its address."""
    return urlsplit(tab.locator(f'.address a[href*="{part}"]').first.get_attribute("href")).path


def open_mark(tab: Page, board: str, place: int):
    tab.goto(board)
    tab.locator(".board-marks a").nth(place).click()


def press(tab: Page, action: str):
    tab.locator(f'form[action$="/do/{action}/"] button').first.click()


def answer(tab: Page, board: str, score: int, place: int = 0):
    open_mark(tab, board, place)
    tab.get_by_role("radio", name=str(score), exact=True).check()
    press(tab, "answer")


def show(group: list[Page], boards: list[str]):
    for tab, board in zip(group[:2], boards, strict=False):
        tab.goto(board)
        press(tab, "show")


@pytest.fixture(scope="module")
def agreed(group, boards) -> list[str]:
    """The same board after two rounds: scored, shown, agreed with dissent, compared."""
    for tab, board, score in zip(group, boards, (2, 5, 8, 9), strict=False):
        answer(tab, board, score)
    assert group[0].goto(boards[0]) and group[0].locator("circle").count() == 0
    show(group, boards)
    first, second = group[0], group[1]
    first.goto(boards[0])
    assert first.locator(".dots circle").count() == 4
    open_mark(first, boards[0], 0)
    first.locator('form[action$="/do/agree/"]').get_by_role("radio", name="6", exact=True).check()
    first.locator("#why").fill("Most of us are heard.")
    press(first, "agree")
    open_mark(second, boards[1], 0)
    second.locator("#dissent-score").fill("3")
    second.locator("#dissent-text").fill("Ddim y rhai tawel.")
    press(second, "dissent")
    first.goto(boards[0])
    press(first, "start-round")
    answer(first, boards[0], 8)
    show(group, boards)
    open_mark(first, boards[0], 0)
    first.locator('form[action$="/do/agree/"]').get_by_role("radio", name="8", exact=True).check()
    press(first, "agree")
    return boards


def test_group_agrees_and_compares(group, agreed):
    arabic = group[2]
    arabic.goto(agreed[2])
    assert arabic.locator(".steps").count() == 1
    assert arabic.locator("html").get_attribute("dir") == "rtl"
    open_mark(arabic, agreed[2], 0)
    assert arabic.locator(".then strong").inner_text() == "6"
    # What some would have said then is still there, in their language.
    assert arabic.locator(".dissent [lang=cy]").inner_text() == "3 – Ddim y rhai tawel."


def test_group_takes_its_scores_away(group, agreed):
    spanish = group[3]
    spanish.goto(agreed[3])
    with spanish.expect_download() as download:
        spanish.locator('a[href$="export.xlsx"]').click()
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).active
    assert [sheet["D2"].value, sheet["E2"].value, sheet["I2"].value] == [2, 9, 6]


def test_group_forgets_single_scores(group, agreed):
    first = group[0]
    first.goto(agreed[0])
    first.locator('form[action$="/do/forget/"] input[name="sure"]').check()
    press(first, "forget")
    assert first.locator(".dots circle:not(.ring)").count() == 0
    assert "8" in first.locator(".chart figcaption").first.inner_text()


@pytest.fixture(scope="module")
def pages(group, agreed, served_starter) -> list[str]:
    """The address of a page of every kind, in a language that runs from the left, and in one from the right."""
    fresh = group[3]
    fresh.goto("/en/score/?stage=process")
    fresh.get_by_role("button", name="Open the board").click()
    fresh.locator("a.go").click()
    board = urlsplit(fresh.url).path
    mark = fresh.locator(".board-marks a").first.get_attribute("href")
    press(fresh, "add-mark")
    answer(fresh, board, 7)
    shown, joining, keeping = agreed[0], agreed[4], agreed[5]
    group[0].goto(shown)
    talked = group[0].locator(".board-marks a").first.get_attribute("href")
    kinds = ["/en/score/", "/en/score/join/", "/en/score/bring-back/", joining, keeping, board, mark, shown, talked]
    kinds += [f"{shown}results/", f"{board}sheet/", f"{board}paper/", f"/en/score/board/{'x' * 27}/"]
    return kinds + [path.replace("/en/", "/ar/", 1) for path in kinds]


def test_pages_are_valid_html(pages, served_starter):
    assert check_html({path: served_starter.get(path).text for path in pages}) == []


def test_pages_have_no_accessibility_problem(pages, served_starter, shared_tab):
    found = []
    for path in pages:
        shared_tab.goto(f"{served_starter.address.rstrip('/')}{path}")
        for width in WIDTHS:
            shared_tab.set_viewport_size({"width": width, "height": 800})
            found += [f"{path} at {width}: {one}" for one in overflow(shared_tab) + cut_off(shared_tab)]
            found += [f"{path} at {width}: {one}" for one in axe_violations(shared_tab)]
        shared_tab.emulate_media(color_scheme="dark")
        found += [f"{path} in dark colours: {one}" for one in axe_violations(shared_tab)]
        shared_tab.emulate_media(color_scheme="light")
        shared_tab.emulate_media(forced_colors="active")
        # How much colours differ there is for the reader's system to say, and axe reads those of the stylesheet.
        found += [
            f"{path} in forced colours: {one}" for one in axe_violations(shared_tab) if "color-contrast" not in one
        ]
        shared_tab.emulate_media(forced_colors="none")
    assert found == [], "\n".join(found)


def test_keyboard_alone_scores_a_mark(pages, served_starter, tab):
    tab.goto(f"{served_starter.address.rstrip('/')}{pages[6]}")
    tab.get_by_role("radio", name="1", exact=True).focus()
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    assert tab.get_by_role("radio", name="4", exact=True).is_checked()
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda url: not url.endswith(pages[6]))


def test_tab_reaches_everything_in_order(pages, served_starter, tab):
    """Fields have no text of their own: of them, the focus has to get to each, and to one of those to choose from."""
    inputs = f"({FOCUSABLE})().filter((e) => e.localName === 'input')"
    fields = f"() => new Set({inputs}.map((e) => e.id || e.name)).size"
    for path in pages:
        tab.goto(f"{served_starter.address.rstrip('/')}{path}")
        stops = list(tab_stops(tab))
        names = [stop["name"] for stop in stops if not stop["name"].startswith("input ")]
        assert names == [
            name for name in tab.evaluate(f"() => ({FOCUSABLE})().map({NAME})") if not name.startswith("input ")
        ], path
        assert len(stops) - len(names) >= tab.evaluate(fields), path
        unseen = [stop["name"] for stop in stops if stop["name"] in names and not (stop["ring"] and stop["seen"])]
        assert unseen == [], path
