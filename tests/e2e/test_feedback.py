"""Saying whether a page is clear: by keyboard alone, with scripts and without, in two directions."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.keyboard import go_to, press, tab_stops
from tests.e2e.test_offers import look_at
from tests.gates.nu import check_html

STARTS = {language: f"/{language}/process/listening/" for language in ("en", "ar")}
WORDS = {"en": "The word “facilitator” is hard.", "ar": "هذه الكلمة صعبة."}
languages = pytest.mark.parametrize("language", list(STARTS))


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def person(chromium: Browser, served, request) -> Iterator[Page]:
    """The tab of somebody whose browser runs scripts, or does not."""
    context = chromium.new_context(
        base_url=served.address,
        java_script_enabled=request.param,
        reduced_motion="reduce",
        viewport={"width": 360, "height": 740},
    )
    yield context.new_page()
    context.close()


@languages
def test_keyboard_alone_says_what_is_hard(person, language):
    person.goto(STARTS[language])
    press(person, ".clear-question [value=no]")
    go_to(person, "#give-words")
    person.keyboard.type(WORDS[language])
    go_to(person, "form.scoring button")
    person.keyboard.press("Enter")
    expect(person.locator("#give-words")).to_have_count(0)
    # The words stand in no address.
    assert urlsplit(person.url).query.endswith("said=words")
    press(person, "main a.go")
    person.wait_for_url(f"**{STARTS[language]}")
    assert person.context.cookies() == []


@languages
def test_keyboard_alone_says_that_all_is_clear(person, language):
    person.goto(STARTS[language])
    press(person, ".clear-question [value=yes]")
    expect(person.locator("main a.go")).to_have_attribute("href", STARTS[language])
    expect(person.locator("textarea")).to_have_count(0)


ADDRESSES = ("?page=mark/listening", "?page=mark/listening&said=yes", "?page=mark/listening&said=no", "")


@pytest.fixture(scope="module")
def pages(served) -> dict[str, str]:
    """Every page of feedback, by its address after the host."""
    paths = [f"{language}/feedback/{rest}" for language in STARTS for rest in ADDRESSES]
    return {path: f"{served.address}{path}" for path in [*paths, "en/process/listening/", "ar/"]}


def test_pages_are_valid_html(pages, served):
    assert check_html({name: served.get(address).text for name, address in pages.items()}) == []


def test_pages_have_no_accessibility_problem(pages, shared_tab):
    found = []
    for name, address in pages.items():
        shared_tab.goto(address)
        found += look_at(shared_tab, name)
    shared_tab.goto(pages["ar/feedback/?page=mark/listening&said=no"])
    shared_tab.locator("form.scoring button").press("Enter")
    shared_tab.locator("#wrong").wait_for()
    found += look_at(shared_tab, "no words")
    assert found == [], "\n".join(found)


def test_focus_is_seen_everywhere(pages, tab):
    for name, address in pages.items():
        tab.goto(address)
        unseen = [stop["name"] for stop in tab_stops(tab) if not (stop["ring"] and stop["seen"])]
        assert [one for one in unseen if not one.startswith("input")] == [], name
