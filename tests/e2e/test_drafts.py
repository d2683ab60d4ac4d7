"""A co-producer shares a draft; somebody without an account reads it, until the link is revoked."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.admin import fill, find_editor, open_editor, wait_for_autosave
from tests.gates.browser import PHONE, SCREEN, axe_violations, cut_off, open_tab, overflow
from tests.gates.nu import check_html


@pytest.fixture
def guest(chromium, served):
    """A tab of somebody who has never been here."""
    with open_tab(chromium) as tab:
        yield tab


def share(tab: Page, days: str = "3 days") -> str:
    """Make a link on the screen that is open, and give it."""
    tab.get_by_label("How long the link works").select_option(days)
    tab.get_by_role("button", name="Make a link").click()
    return tab.get_by_label("Link to the draft").input_value()


def screen_of(tab: Page, title: str) -> str:
    number = re.search(r"\d+", find_editor(tab, title).get_attribute("href"))[0]
    return f"/admin/drafts/{number}/"


def test_draft_is_shared_read_and_revoked(admin, guest, served):
    open_editor(admin, "Plain language")
    fill(admin, "summary", "Words that nobody has to look up.")
    wait_for_autosave(admin)
    head = admin.get_by_role("navigation", name="Actions", exact=True)
    head.get_by_role("button", name="Actions").click()
    admin.get_by_role("link", name="Share this draft").click()
    address = share(admin)
    answer = guest.goto(address)
    assert answer.status == 200
    expect(guest.get_by_text("Words that nobody has to look up.")).to_be_visible()
    expect(guest.get_by_text("This is a draft.")).to_be_visible()
    assert guest.context.cookies() == []
    assert axe_violations(guest) == []
    assert check_html({"draft": answer.text()}) == []
    assert "look up" not in served.get("/en/planning/plain-language/").text
    admin.goto(admin.url)
    expect(admin.get_by_role("main").get_by_role("row").nth(1)).to_contain_text("1 time")
    admin.get_by_role("button", name="Revoke").first.click()
    expect(admin.locator(".messages")).to_contain_text("The link is revoked.")
    assert guest.goto(address).status == 404
    expect(guest.get_by_role("heading", name="Page not found")).to_be_visible()


def test_link_is_copied(admin, served):
    admin.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address.rstrip("/"))
    admin.goto(screen_of(admin, "Plain language"))
    address = share(admin)
    admin.get_by_role("button", name="Copy").first.click()
    expect(admin.get_by_text("Copied.").first).to_be_visible()
    assert admin.evaluate("navigator.clipboard.readText()") == address


@pytest.mark.parametrize("width", [360, 1280])
def test_draft_fits_its_window(admin, guest, width):
    admin.goto(screen_of(admin, "Plain language"))
    guest.set_viewport_size({"width": width, "height": 740})
    guest.goto(share(admin))
    assert overflow(guest) == []
    assert axe_violations(guest) == []


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
def test_screen_is_for_everybody(admin, size):
    admin.set_viewport_size(size)
    admin.goto(screen_of(admin, "Plain language"))
    assert axe_violations(admin) == []
    share(admin)
    assert axe_violations(admin) == []
    assert overflow(admin) == []
    assert cut_off(admin) == []


def test_screen_reads_from_right_to_left(admin, in_arabic):
    admin.set_viewport_size(PHONE)
    admin.goto(screen_of(admin, "Plain language"))
    admin.get_by_role("button", name="إنشاء رابط").click()
    expect(admin.get_by_label("رابط المسودة")).to_have_attribute("dir", "ltr")
    assert admin.locator("html").get_attribute("dir") == "rtl"
    assert axe_violations(admin) == []
    assert overflow(admin) == []
    assert cut_off(admin) == []
