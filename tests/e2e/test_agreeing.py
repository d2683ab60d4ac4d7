"""Two co-producers agree on a quote, and a keeper of consent takes it back: each by keyboard alone."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.admin import error_at, wait_for_autosave, wait_for_scripts
from tests.e2e.people import PASSWORD, make_people
from tests.gates.browser import axe_violations, cut_off, overflow

WORDS = "They moved the meeting so that I could bring my daughter along."
PEOPLE = {"writer": "Editors", "reviewer": "Lived-experience reviewers", "keeper": "Consent keepers"}


@pytest.fixture
def person(chromium, served):
    """Gives a tab in which somebody of a role has logged in, by keyboard."""
    make_people(served.data, PEOPLE)
    contexts = []

    def logged_in(name: str, **options) -> Page:
        context = chromium.new_context(base_url=served.address, reduced_motion="reduce", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.goto("/admin/")
        write(tab, "username", name)
        write(tab, "password", PASSWORD)
        tab.keyboard.press("Enter")
        expect(tab).to_have_url(re.compile("/admin/$"))
        return tab

    yield logged_in
    for context in contexts:
        context.close()


def to(tab: Page, place):
    """Press Tab until a place has the focus, as somebody does who has no mouse."""
    expect(place).to_be_visible()
    for _ in range(250):
        if place.evaluate("(e) => e === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {place}")


def enter(tab: Page, role: str, name: str, key: str = "Enter"):
    to(tab, tab.get_by_role(role, name=name).first)
    tab.keyboard.press(key)


def write(tab: Page, field: str, text: str):
    to(tab, tab.locator(f"[name={field}]"))
    tab.keyboard.press("Control+A")
    tab.keyboard.type(text)


def test_two_agree_and_a_third_takes_back(person, served):
    writer = person("writer")
    write_quote(writer)
    address = writer.url
    reviewer = person("reviewer")
    agree(reviewer)
    code = public_code(served)
    assert WORDS in served.get(f"/api/v1/en/quotes/{code}/").text
    keeper = person("keeper")
    take_back(keeper)
    assert served.get(f"/api/v1/en/quotes/{code}/").status == 410
    assert WORDS not in served.get("/en/voices/").text
    assert not [path for path in served.data.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    writer.goto(address)
    assert WORDS not in writer.locator("body").inner_text()


def write_quote(tab: Page):
    """Write a quote, be told what is missing, and hand it to somebody else."""
    enter(tab, "link", "Add a quote")
    wait_for_scripts(tab)
    write(tab, "title", "A meeting that moved")
    words = tab.locator("#panel-child-content-words-section [contenteditable=true]").first
    to(tab, words)
    tab.keyboard.type(WORDS)
    write(tab, "name", "Parent, a school project")
    to(tab, tab.locator("[name=consent]"))
    tab.keyboard.type("Given")
    wait_for_autosave(tab)
    assert error_at(tab, "consent") == ""
    footer = tab.get_by_role("navigation", name="Actions (footer)")
    to(tab, footer.get_by_role("button", name="More actions"))
    tab.keyboard.press("Enter")
    with tab.expect_navigation():
        enter(tab, "button", "Submit to Two co-producers agree")
    expect(tab.get_by_text("submitted for moderation").first).to_be_visible()


def agree(tab: Page):
    """Find what waits, read it, and agree."""
    enter(tab, "link", "See what waits for me")
    enter(tab, "link", "A meeting that moved")
    wait_for_scripts(tab)
    expect(tab.locator("#page-edit-form").get_by_text(WORDS).first).to_be_visible()
    footer = tab.get_by_role("navigation", name="Actions (footer)")
    to(tab, footer.get_by_role("button", name="More actions"))
    tab.keyboard.press("Enter")
    with tab.expect_navigation():
        enter(tab, "button", "Approve and publish")
    expect(tab.get_by_text("Live now").first).to_be_visible()


def public_code(served) -> str:
    results = json.loads(served.get("/api/v1/en/quotes/?per_page=100").text)["results"]
    [code] = [one["code"] for one in results if one["title"] == "A meeting that moved"]
    # The address of a quote says nothing of its words.
    assert "meeting" not in code
    return code


def ours(violations: list[str]) -> list[str]:
    """Leave out what axe finds in Wagtail's own parts of a screen."""
    return [one for one in violations if "consent-" in one or "main" in one]


def take_back(tab: Page):
    """Look for the words, take them back, and read where they were."""
    enter(tab, "link", "Keep consent")
    to(tab, tab.locator("#find-words"))
    tab.keyboard.type("daughter")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status").filter(has_text="1 entry")).to_be_visible()
    for width in (360, 768, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert (ours(axe_violations(tab)), overflow(tab)) == ([], []), width
    enter(tab, "link", re.compile("Take back.*A meeting that moved"))
    expect(tab.get_by_text("This cannot be undone")).to_be_visible()
    assert ours(axe_violations(tab)) == []
    with tab.expect_navigation():
        enter(tab, "button", "Take back for good")
    expect(tab.get_by_text("Taken back.").first).to_be_visible()
    assert ours(axe_violations(tab)) == []
    assert cut_off(tab) == []
