"""What a co-producer does in the admin, each step as one function that drives a tab."""

import re

from playwright.sync_api import Locator, Page, expect


def sign_in(tab: Page, password: str):
    """Log in as the administrator that the first start made."""
    tab.goto("/admin/")
    tab.get_by_role("textbox", name="Username").fill("admin")
    tab.get_by_role("textbox", name="Password").fill(password)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab).to_have_url(re.compile(r"/admin/$"))


def find_editor(tab: Page, title: str) -> Locator:
    """Search for a page by its title, and give the link to its editor."""
    tab.goto(f"/admin/pages/search/?q={title}")
    return tab.get_by_role("main").get_by_role("link", name=title, exact=True).first


def open_editor(tab: Page, title: str):
    """Open the page with this title to edit it."""
    find_editor(tab, title).click()
    expect(tab.locator("[name=title]")).to_have_value(title)


def add_below(tab: Page, parent: str, kind: str):
    """Begin a new page of a kind below the page with this title."""
    editor = find_editor(tab, parent).get_attribute("href")
    number = re.search(r"\d+", editor)[0]
    tab.goto(f"/admin/pages/add/toolkit/{kind}/{number}/")


def wait_for_scripts(tab: Page):
    """Wait until the editor watches for changes: it takes what was written before for what was there."""
    tab.locator("#page-edit-form[data-w-unsaved-has-edits-value]").wait_for(state="attached")


def fill(tab: Page, field: str, text: str):
    """Put a text into a field, in the place of what is there."""
    wait_for_scripts(tab)
    tab.locator(f"[name={field}]").fill(text)


def choose(tab: Page, field: str, value: str):
    """Choose one of the options of a field."""
    wait_for_scripts(tab)
    tab.locator(f"[name={field}]").select_option(value)


def type_into(tab: Page, panel: str, text: str):
    """Type at the end of the first rich text of a panel."""
    wait_for_scripts(tab)
    place = tab.locator(f"#panel-child-content-{panel}-section")
    place.locator("[contenteditable=true]").first.click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type(text)
    # The editor hands its text to the form a moment after the last key.
    tab.wait_for_function(IS_IN_FORM, arg=[place.element_handle(), text])


IS_IN_FORM = "([e, text]) => [...e.querySelectorAll('input[type=hidden]')].some((i) => i.value.includes(text))"


def add_text_block(tab: Page, text: str):
    """Add a block of text to an empty body."""
    body = tab.locator("#panel-child-content-body-section")
    body.get_by_role("button", name="Insert a block").first.click()
    tab.get_by_role("option", name="Text").first.click()
    type_into(tab, "body", text)


def wait_for_autosave(tab: Page):
    """Wait until Wagtail has kept what was written, as a person who looks up from the keyboard does.

    Who presses a button in the same moment makes it save twice, and one of the two may fail. Where other tests keep
    the machine busy, a server has needed more than 15 seconds.
    """
    expect(tab.locator(".w-autosave-indicator__state--saved")).to_be_visible(timeout=60_000)


def press(tab: Page, name: str):
    """Press one of the actions at the foot of the editor, and wait for what comes."""
    footer = tab.get_by_role("navigation", name="Actions (footer)")
    button = footer.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        footer.get_by_role("button", name="More actions").click()
    with tab.expect_navigation(timeout=90_000):
        button.click()


def unpublish(tab: Page, title: str):
    """Take the page with this title off the site."""
    open_editor(tab, title)
    footer = tab.get_by_role("navigation", name="Actions (footer)")
    footer.get_by_role("button", name="More actions").click()
    footer.get_by_role("link", name="Unpublish").click()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Yes, unpublish it").click()


def message(tab: Page) -> str:
    """What the admin said after the last action."""
    return tab.locator(".messages").inner_text()


def error_at(tab: Page, field: str) -> str:
    """The error that stands beside a field, "" when there is none."""
    found = tab.locator(f".w-field__wrapper:has([name={field}]) .error-message")
    return found.inner_text() if found.count() else ""


def preview(tab: Page, shows: str) -> str:
    """Open the preview panel, wait until it shows a text, and give the HTML that is in it."""
    tab.get_by_role("button", name="Toggle preview").click()
    frame = tab.frame_locator("#w-preview-iframe")
    expect(frame.get_by_text(shows).first).to_be_visible(timeout=15_000)
    address = tab.locator("#w-preview-iframe").get_attribute("src")
    return tab.request.get(address).text()
