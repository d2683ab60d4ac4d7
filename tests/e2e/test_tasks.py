"""Ten things that people come to the site for, each done with keys alone, in browsers with scripts and without."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Served, copy_data, free_port, granian, running
from tests.e2e.keyboard import go_to, press
from tests.e2e.test_offers import fill_in, take_back
from tests.programs import manage

HOME, STAGE, MARK, GUIDE = "/en/", "/en/process/", "/en/process/listening/", "/en/using-this-tool/"


@pytest.fixture(scope="module")
def site(served, tmp_path_factory) -> Iterator[Served]:
    """A server of its own, for it has the booklet."""
    data, port = tmp_path_factory.mktemp("tasks") / "data", free_port()
    copy_data(served.data, data)
    manage(data, "publish", BOOKLET="true")
    with running(data, port=port, command=granian(port), BOOKLET="true") as site:
        yield site


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def has_scripts(request) -> bool:
    return request.param


@pytest.fixture
def person(chromium: Browser, site, has_scripts) -> Iterator[Page]:
    """The tab of somebody whose browser runs scripts, or does not. The site sets no cookie, and no script fails."""
    context = chromium.new_context(
        base_url=site.address,
        java_script_enabled=has_scripts,
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 800},
    )
    failures = []
    context.on("weberror", lambda error: failures.append(str(error.error)))
    yield context.new_page()
    assert (failures, context.cookies()) == ([], [])
    context.close()


def choose(tab: Page, selector: str, letters: str):
    """Go to a list to choose from, and type the first letters of a choice."""
    go_to(tab, selector)
    tab.keyboard.type(letters)


def open_and_read(tab: Page, link: str, heading: str):
    """Press a link, and be on the page that it promises."""
    press(tab, link)
    expect(tab.locator("h1")).to_have_text(heading)


def test_home_leads_to_any_mark_in_two_presses(person, site):
    person.goto(HOME)
    press(person, ".skip")
    open_and_read(person, f'main a[href="{STAGE}"]', "Process")
    open_and_read(person, 'main a[href="/en/process/sharing-power/"]', "Power")
    marks = {one["path"] for one in person.request.get("/api/v1/en/marks/?per_page=100").json()["results"]}
    first = links_of(site, HOME)
    assert len(marks) > 20
    assert marks - first - {path for one in first & stages(person) for path in links_of(site, one)} == set()


def stages(tab: Page) -> set[str]:
    return {one["path"] for one in tab.request.get("/api/v1/en/stages/").json()["results"]}


def links_of(site: Served, path: str) -> set[str]:
    """The addresses that a page leads to."""
    page = BeautifulSoup(site.get(path).body, "lxml")
    return {urljoin(path, link["href"]) for link in page.find_all("a", href=True)}


def test_stage_is_read_from_mark_to_mark(person):
    person.goto(STAGE)
    open_and_read(person, f'.quick a[href="{MARK}"]', "Listening")
    open_and_read(person, ".neighbours .next a", "Gaining new skills")
    open_and_read(person, f'.breadcrumb a[href="{STAGE}"]', "Process")


def test_word_is_explained_and_reading_goes_on(person, has_scripts):
    person.goto(GUIDE)
    go_to(person, "#word-mark")
    person.keyboard.press("Enter")
    meaning = person.locator(".term-meaning" if has_scripts else ":target")
    expect(meaning).to_contain_text("A sign of good co-production")
    expect(meaning).to_be_in_viewport()
    if has_scripts:
        person.keyboard.press("Escape")
        expect(meaning).to_have_count(0)
    else:
        press(person, ":target .back a")
    # From the word, the next press of Tab leads on in the text.
    person.keyboard.press("Tab")
    assert person.locator(".body a:focus").count() == 1
    open_and_read(person, '.explained a[href="/en/glossary/mark/"]', "Mark")


def test_text_and_colours_are_as_people_need_them(person, has_scripts):
    person.goto(MARK)
    press(person, ".reading-settings summary")
    if not has_scripts:
        expect(person.locator(".reading-settings p:visible")).to_contain_text("press Ctrl and the plus key")
        return
    for setting, presses in (("text", 2), ("colours", 3)):
        go_to(person, f"[name={setting}]")
        for _ in range(presses):
            person.keyboard.press("ArrowDown")
    open_and_read(person, ".neighbours .next a", "Gaining new skills")
    chosen = person.evaluate("({...document.documentElement.dataset})")
    assert (chosen["text"], chosen["colours"]) == ("largest", "strong")
    assert person.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_stage_and_toolkit_come_on_paper(person):
    person.goto(STAGE)
    press(person, ".to-print a")
    person.wait_for_url("**/en/print/process/")
    expect(person.locator(".sheet h2, .sheet h3").filter(has_text="Listening").first).to_be_visible()
    press(person, '.site-footer a[href="/en/print/"]')
    person.wait_for_url("**/en/print/")
    with person.expect_download() as download:
        press(person, "a[type='application/pdf']")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_lake_has_an_idea_for_tonight(person):
    person.goto("/en/lake/")
    choose(person, "#filter-stage", "Proc")
    choose(person, "#filter-kind", "Ice")
    choose(person, "#filter-minutes", "Up to half an")
    person.keyboard.press("Enter")
    press(person, ".filter button")
    person.wait_for_url("**/en/lake/?*minutes=30*")
    expect(person.locator(".results h2")).to_have_text("2 ideas")
    assert set(person.locator(".results .label").all_inner_texts()) == {"Icebreaker"}
    name = person.locator(".results .card h3 a").first.inner_text()
    open_and_read(person, ".results .card h3 a", name)


def test_mark_leads_to_a_board(person):
    person.goto(MARK)
    press(person, "main .main-action")
    expect(person.locator("[name=codes]:checked")).to_have_attribute("value", "listening")
    press(person, "form.scoring .main-action")
    expect(person.locator("h2").first).to_have_text("Your own way to the board")
    press(person, "a.go")
    expect(person.locator(".board-marks")).to_contain_text("Listening")
    open_and_read(person, ".board-marks a", "Listening")


def test_page_is_called_unclear_and_that_is_taken_back(person):
    person.goto("/en/process/sharing-power/")
    press(person, ".clear-question [value=no]")
    person.wait_for_url("**said=no")
    go_to(person, "#give-words")
    person.keyboard.type("What is “power with”?")
    press(person, "form.scoring:has(#give-words) button")
    expect(person.locator(".lead")).to_have_text("Your words have arrived.")
    press(person, "form.scoring:has([value=back]) button")
    expect(person.locator(".lead")).to_have_text("Your answer is deleted, and so is what you wrote.")
    open_and_read(person, "main a.go", "Power")


def test_ladder_is_offered_to_a_mark(person):
    person.goto(MARK)
    press(person, 'main form[action$="/give/"] button')
    expect(person.locator("#give-about")).to_have_value("mark/listening")
    fill_in(person, "We passed a stone from hand to hand.")
    take_back(person, "We passed a stone from hand to hand.")
    open_and_read(person, "main a.go", "The mark of co-production")


def test_search_forgives_and_languages_change_in_place(person):
    person.goto(HOME)
    go_to(person, "#site-search")
    person.keyboard.type("xylophone")
    person.keyboard.press("Enter")
    expect(person.locator("main")).to_contain_text("Nothing in this toolkit has the words “xylophone”.")
    go_to(person, "#words")
    person.keyboard.press("Control+A")
    person.keyboard.type("lisening")
    person.keyboard.press("Enter")
    expect(person.locator(".corrected")).to_contain_text("looked for “listening” instead")
    open_and_read(person, f'.found a[href="{MARK}"]', "Listening")
    press(person, ".languages [lang=ar]")
    person.wait_for_url("**/ar/process/listening/")
    expect(person.locator("html")).to_have_attribute("dir", "rtl")
    press(person, ".languages [lang=en]")
    person.wait_for_url(f"**{MARK}")
    open_and_read(person, ".quote-link a", "What I heard you say")
    assert person.url.endswith("/en/voices/what-i-heard-you-say/")
