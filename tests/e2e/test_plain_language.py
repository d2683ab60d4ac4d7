"""A co-producer who types something hard hears of it, is led to it, mends it, and is told that all is clear."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.admin import open_editor, wait_for_autosave, wait_for_scripts
from tests.gates.browser import PHONE, SCREEN, axe_violations, overflow

HARD = (
    "We met in the hall, and then we talked and talked and talked, until nobody in the room could say any more what "
    "it was about at the start."
)
LINKS = '<a href="/en/">Click here</a> <a href="/en/">The first page</a>'
FOUND = """async () => {
    const found = await axe.run(document, {runOnly: ["toolkit-link-text"], elementRef: true});
    return found.violations.flatMap((rule) => rule.nodes.map((node) => node.element.textContent));
}"""
TOGGLE = "[data-side-panel-toggle='plain-language']"


def press_until(tab: Page, key: str, selector: str):
    """Press a key until something has the focus."""
    for _ in range(80):
        if tab.evaluate("(selector) => Boolean(document.activeElement?.matches(selector))", selector):
            return
        tab.keyboard.press(key)
    pytest.fail(f"The keyboard does not reach {selector}")


def focused(tab: Page) -> str:
    return tab.evaluate("document.activeElement.name || document.activeElement.className")


def test_hard_words_are_told_and_mended_by_keyboard(admin):
    open_editor(admin, "Keeping promises")
    wait_for_scripts(admin)
    summary = admin.locator("[name=summary]")
    before = summary.input_value()
    said = admin.locator("[data-said]")
    expect(admin.locator(TOGGLE)).to_have_accessible_name(re.compile("All clear"), timeout=15_000)
    admin.locator(TOGGLE).focus()
    admin.keyboard.press("Enter")
    expect(said).to_have_text("All clear: nothing here could be plainer.")
    summary.focus()
    admin.keyboard.press("Control+a")
    admin.keyboard.type(f"{HARD} We utilise it.")
    expect(said).to_have_text("2 things could be plainer.", timeout=15_000)
    assert said.get_attribute("role") == "status"
    findings = admin.locator("[data-findings]")
    expect(findings).to_contain_text("This sentence has 29 words. Could it be two?")
    expect(findings).to_contain_text("“utilise”: say “use”.")
    expect(admin.locator(TOGGLE)).to_have_accessible_name("Plain language: 2 things could be plainer.")
    assert [line for line in axe_violations(admin) if "plain-language" in line or "data-place" in line] == []
    admin.locator(TOGGLE).focus()
    press_until(admin, "Tab", "[data-words='utilise']")
    admin.keyboard.press("Enter")
    assert focused(admin) == "summary"
    # What it is about is marked: whoever types now writes over it.
    admin.keyboard.type("use")
    expect(said).to_have_text("1 thing could be plainer.", timeout=15_000)
    assert summary.input_value().endswith("We use it.")
    admin.keyboard.press("Control+a")
    admin.keyboard.type(before)
    expect(said).to_have_text("All clear: nothing here could be plainer.", timeout=15_000)
    expect(findings).to_be_empty()
    wait_for_autosave(admin)


def test_rich_text_is_looked_at_while_typing(admin):
    open_editor(admin, "Learning from mistakes")
    wait_for_scripts(admin)
    text = admin.locator("#panel-child-content-body-section [contenteditable=true]").first
    text.focus()
    admin.keyboard.press("Control+End")
    admin.keyboard.type(" We utilise it.")
    admin.locator(TOGGLE).click()
    button = admin.get_by_role("button", name="Go to: Text, piece 1 (Text)")
    expect(button).to_be_visible(timeout=15_000)
    button.click()
    assert "DraftEditor" in focused(admin)
    assert admin.evaluate("getSelection().toString()") == "utilise"
    admin.keyboard.type("use")
    expect(admin.locator("[data-said]")).to_have_text("All clear: nothing here could be plainer.", timeout=15_000)
    wait_for_autosave(admin)


def test_new_page_is_looked_at(admin):
    admin.goto("/admin/pages/search/?q=Review")
    editor = admin.get_by_role("main").get_by_role("link", name="Review", exact=True).first.get_attribute("href")
    admin.goto(f"/admin/pages/add/toolkit/mark/{re.search(r'[0-9]+', editor)[0]}/")
    wait_for_scripts(admin)
    admin.locator("[name=title]").fill("The DWP and us")
    expect(admin.locator(TOGGLE)).to_have_accessible_name("Plain language: 1 thing could be plainer.", timeout=15_000)
    # It is kept by itself meanwhile, and the form then goes somewhere else.
    admin.locator("[name=summary]").fill("Ask everybody. We utilise it.")
    expect(admin.locator(TOGGLE)).to_have_accessible_name(
        "Plain language: 2 things could be plainer.", timeout=15_000
    )
    wait_for_autosave(admin)


@pytest.mark.parametrize(("title", "window"), [("Honest feedback", PHONE), ("Measuring what matters", SCREEN)])
def test_panel_fits_and_leads_on_any_screen(title, window, admin):
    admin.set_viewport_size(window)
    open_editor(admin, title)
    wait_for_scripts(admin)
    admin.locator("[name=summary]").fill("We utilise it.")
    expect(admin.locator(TOGGLE)).to_have_accessible_name(re.compile("1 thing"), timeout=15_000)
    admin.locator(TOGGLE).click()
    button = admin.locator("[data-place=summary]")
    expect(button).to_be_visible()
    assert button.bounding_box()["height"] >= 44
    assert overflow(admin) == []
    button.click()
    assert focused(admin) == "summary"
    # Nothing lies over the field.
    admin.wait_for_function(
        """() => {
            const box = document.activeElement.getBoundingClientRect();
            return document.elementFromPoint(box.left + 20, box.top + 20) === document.activeElement;
        }"""
    )


def test_wagtails_checks_of_the_preview_speak_our_words(admin):
    open_editor(admin, "Looking back together")
    wait_for_scripts(admin)
    admin.locator("[data-side-panel-toggle=checks]").click()
    panel = admin.locator("[data-side-panel=checks]")
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d+"), timeout=30_000)
    frame = admin.frames[-1]
    frame.evaluate(f"document.querySelector('main').insertAdjacentHTML('beforeend', `{LINKS}`)")
    assert frame.evaluate(FOUND) == ["Click here"]
