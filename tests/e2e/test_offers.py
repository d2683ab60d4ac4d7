"""Offering words from the site and from a board: by keyboard alone, with scripts and without, in two directions."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.keyboard import go_to, tab_stops
from tests.gates.browser import axe_violations, cut_off, overflow
from tests.gates.nu import check_html

# The server shows a release of the starter content.
pytestmark = pytest.mark.django_db

WIDTHS = (360, 768, 1280)
WORDS = {"en": "They wrote our words on the wall.", "ar": "كتبوا كلماتنا على الحائط."}
ways = pytest.mark.parametrize("with_scripts", [True, False], ids=["scripts", "no scripts"])
languages = pytest.mark.parametrize("language", list(WORDS))


@pytest.fixture
def person(chromium: Browser, served_starter, with_scripts) -> Iterator[Page]:
    """The tab of somebody whose browser runs scripts, or does not."""
    context = chromium.new_context(
        base_url=served_starter.address,
        java_script_enabled=with_scripts,
        reduced_motion="reduce",
        viewport={"width": 360, "height": 740},
    )
    yield context.new_page()
    context.close()


def fill_in(tab: Page, words: str):
    """Choose a ladder, write, agree and send, with keys alone."""
    go_to(tab, "[name=what]")
    tab.keyboard.press("Space")
    go_to(tab, "#give-words")
    tab.keyboard.press("Control+A")
    tab.keyboard.type(words)
    agree_and_send(tab)


def agree_and_send(tab: Page):
    go_to(tab, "[name=consent]")
    tab.keyboard.press("Space")
    go_to(tab, "form.scoring button")
    tab.keyboard.press("Enter")
    tab.locator(".address a").wait_for()


def take_back(tab: Page, words: str):
    """Follow the private link, see the words, and take them back, with keys alone."""
    go_to(tab, ".address a")
    tab.keyboard.press("Enter")
    expect(tab.locator("blockquote .written")).to_have_text(words)
    go_to(tab, "[name=sure]")
    tab.keyboard.press("Space")
    go_to(tab, "form.scoring button")
    tab.keyboard.press("Enter")
    tab.locator("a.go").wait_for()


@ways
@languages
def test_keyboard_alone_offers_and_takes_back(person, language):
    person.goto(f"/{language}/give/?mark=listening")
    fill_in(person, WORDS[language])
    link = urlsplit(person.locator(".address a").get_attribute("href")).path
    take_back(person, WORDS[language])
    assert person.goto(link).status == 404
    assert person.context.cookies() == []


@ways
@languages
def test_keyboard_alone_offers_a_note_of_a_board(person, language):
    person.goto(f"/{language}/score/?mark=listening")
    person.locator("form.scoring button").last.press("Enter")
    person.locator("a.go").first.press("Enter")
    person.locator(".board-marks a").first.press("Enter")
    person.locator("[name=kind][value=ladder]").check()
    person.locator("#new-note").fill(WORDS[language])
    person.locator('form[action$="/do/note/"] button').last.press("Enter")
    person.locator(".note").first.wait_for()
    go_to(person, ".offer-this button")
    person.keyboard.press("Enter")
    expect(person.locator("#give-words")).to_have_value(WORDS[language])
    # The words stand in no address, and the mark is chosen already.
    assert urlsplit(person.url).path == f"/{language}/give/"
    assert urlsplit(person.url).query == ""
    expect(person.locator("#give-about")).to_have_value("mark/listening")
    agree_and_send(person)
    take_back(person, WORDS[language])


@pytest.mark.parametrize("with_scripts", [True])
def test_reader_finds_the_form_from_the_pages(person):
    person.goto("/en/voices/")
    person.locator('form[action$="/give/"] button').press("Enter")
    expect(person.locator("#give-words")).to_have_value("")


@pytest.fixture(scope="module")
def pages(served_starter, chromium) -> Iterator[dict[str, str]]:
    """The HTML of each page of offers, by its language and name."""
    context = chromium.new_context(base_url=served_starter.address)
    tab, html = context.new_page(), {}
    for language, words in WORDS.items():
        tab.goto(f"/{language}/give/")
        html[f"{language} form"] = tab.url
        fill_in(tab, words)
        html[f"{language} given"] = tab.locator(".address a").get_attribute("href")
        html[f"{language} gone"] = f"{served_starter.address}{language}/give/{'x' * 27}/"
    yield html
    context.close()


def test_pages_are_valid_html(pages, served_starter):
    assert check_html({name: served_starter.get(address).text for name, address in pages.items()}) == []


def test_pages_have_no_accessibility_problem(pages, shared_tab):
    found = []
    for name, address in pages.items():
        shared_tab.goto(address)
        found += look_at(shared_tab, name)
        if name.endswith("form"):
            # What is wrong, and what follows when all is well.
            shared_tab.locator("form.scoring").evaluate("(form) => { form.noValidate = true; form.requestSubmit(); }")
            shared_tab.locator("#wrong").wait_for()
            found += look_at(shared_tab, f"{name} with mistakes")
            fill_in(shared_tab, "Seen by a program.")
            found += look_at(shared_tab, f"{name} sent")
    assert found == [], "\n".join(found)


def look_at(tab: Page, name: str) -> list[str]:
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        found += [f"{name} at {width}: {one}" for one in overflow(tab) + cut_off(tab) + axe_violations(tab)]
    tab.emulate_media(color_scheme="dark")
    found += [f"{name} in dark colours: {one}" for one in axe_violations(tab)]
    tab.emulate_media(color_scheme="light")
    return found


def test_focus_is_seen_everywhere(pages, tab):
    for name, address in pages.items():
        tab.goto(address)
        unseen = [stop["name"] for stop in tab_stops(tab) if not (stop["ring"] and stop["seen"])]
        assert [one for one in unseen if not one.startswith("input")] == [], name


def test_moderator_decides_with_the_keyboard(admin, served):
    admin.goto(admin.request.get("/api/v1/ar/").json()["voices"]["path"])
    admin.locator('form[action="/ar/give/"] button').press("Enter")
    fill_in(admin, WORDS["ar"])
    link = admin.locator(".address a").get_attribute("href")
    admin.goto("/admin/offers/")
    expect(admin.locator(".offer-words")).to_contain_text(WORDS["ar"])
    found = []
    for width in WIDTHS:
        admin.set_viewport_size({"width": width, "height": 800})
        found += [f"at {width}: {one}" for one in overflow(admin) + axe_violations(admin)]
    assert found == [], "\n".join(found)
    admin.locator(".offer-decide summary").press("Enter")
    admin.locator(".offer-decide textarea").fill("We have this already.")
    admin.locator(".offer-decide details button").press("Enter")
    admin.locator(".offer-undo button").press("Enter")
    admin.locator(".offer-decide form button").first.press("Enter")
    expect(admin.locator("[name=consent]")).to_have_value("given")
    admin.goto(link)
    expect(admin.locator("blockquote")).to_have_count(0)
