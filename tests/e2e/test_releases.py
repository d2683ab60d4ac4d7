"""A co-producer publishes, reads that it is live, and looks at what changed, on any screen and in any direction."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.admin import fill, message, open_editor, press, type_into, unpublish, wait_for_autosave
from tests.gates.browser import PHONE, SCREEN, axe_violations, cut_off, overflow


def publish_a_change(tab: Page):
    """Change a page, and publish it."""
    open_editor(tab, "Good endings")
    fill(tab, "summary", "Endings are planned from the very beginning.")
    type_into(tab, "body", " Say goodbye.")
    wait_for_autosave(tab)
    press(tab, "Publish")


@pytest.fixture
def changed(admin) -> Page:
    """The tab of an editor who has just changed a page and published it."""
    publish_a_change(admin)
    return admin


@pytest.fixture(scope="module")
def a_change(chromium, served, session_of_admin):
    """A page was changed and published before, by somebody in a tab of their own."""
    context = chromium.new_context(base_url=served.address, storage_state=session_of_admin)
    publish_a_change(context.new_page())
    context.close()


def open_all(tab: Page):
    """Unfold every page of a release."""
    tab.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def test_editor_sees_what_went_live(changed, served):
    told = " ".join(message(changed).split())
    undo = "Undo : show readers again what they saw before"
    assert told == f"Live now: Good endings. See “Good endings” Edit See what changed {undo}"
    # It fades in, and is harder to read so long.
    expect(changed.locator(".messages > ul")).to_have_css("opacity", "1")
    assert axe_violations(changed) == []
    see = changed.get_by_role("link", name="See “Good endings”")
    assert see.get_attribute("href") == "/en/completing/good-endings/"
    assert "Say goodbye." in served.get(see.get_attribute("href")).text
    changed.get_by_role("link", name="Releases").first.click()
    newest = changed.get_by_role("main").get_by_role("row").nth(1)
    expect(newest).to_contain_text("Changed: Good endings (English)")
    expect(newest).to_contain_text("admin")
    expect(newest).to_contain_text("Live now")
    newest.get_by_role("link").click()
    page = changed.locator("details", has=changed.get_by_text("Good endings", exact=True)).first
    expect(page.locator("ins").last).to_have_text(re.compile("Say goodbye."))


def test_unpublished_page_is_said_to_be_gone(admin, served):
    unpublish(admin, "Keeping promises")
    assert "Gone from the site: Keeping promises." in message(admin)
    admin.get_by_role("link", name="See what changed").click()
    gone = admin.locator("details").first
    expect(gone).to_contain_text("Its last words:")
    assert served.get("/en/completing/keeping-promises/").status == 410
    open_editor(admin, "Keeping promises")
    press(admin, "Publish")
    assert "Live now: Keeping promises." in message(admin)


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["phone", "screen"])
@pytest.mark.parametrize("place", ["/admin/releases/", "/admin/releases/1/", "the newest"])
def test_screens_of_releases_are_for_everybody(admin, a_change, place, size):
    admin.set_viewport_size(size)
    admin.goto("/admin/releases/")
    address = admin.locator("main tbody a").first.get_attribute("href") if place == "the newest" else place
    admin.goto(address)
    open_all(admin)
    assert axe_violations(admin) == []
    assert overflow(admin) == []
    assert cut_off(admin) == []


def test_screens_of_releases_read_from_right_to_left(admin, a_change, in_arabic):
    admin.set_viewport_size(PHONE)
    for place in ("/admin/releases/", "/admin/releases/1/"):
        admin.goto(place)
        open_all(admin)
        assert admin.locator("html").get_attribute("dir") == "rtl"
        assert axe_violations(admin) == []
        assert overflow(admin) == []
        assert cut_off(admin) == []
