"""Somebody's first time in the admin: they find a mark, change it, publish, and take it back, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.admin import fill, wait_for_autosave, wait_for_scripts
from tests.gates.browser import axe_violations, cut_off, overflow
from tests.programs import manage

PASSWORD = "a long enough password"
NEWCOMER = """
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from toolkit.models import Home
group, _ = Group.objects.get_or_create(name="Newcomers")
group.permissions.set([Permission.objects.get(codename="access_admin")])
for right in ("add", "change", "publish", "lock", "unlock"):
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
    home = Home.objects.get(locale__language_code="en")
    GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
user, _ = get_user_model().objects.get_or_create(username="newcomer")
user.set_password("%s")
user.save()
user.groups.set([group])
"""
SCREENS = ["/admin/", "/admin/start/marks/", "/admin/start/waiting/", "/admin/start/reports/"]


@pytest.fixture
def newcomer(chromium, served):
    """A tab of somebody who has an account, and has never been here."""
    manage(served.data, "shell", "-c", NEWCOMER % PASSWORD)
    context = chromium.new_context(
        base_url=served.address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def tab_to(tab: Page, name: str, role: str = "link"):
    """Press Tab until what has this name has the focus."""
    place = tab.get_by_role(role, name=name).first
    expect(place).to_be_visible()
    for _ in range(150):
        if place.evaluate("(e) => e === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name}")


def shot(tab: Page, folder, name: str):
    tab.screenshot(path=folder / f"{name}.png")


def test_first_time_by_keyboard_alone(newcomer, served, tmp_path):
    tab = newcomer
    before = served.get("/en/planning/clear-roles/").text

    tab.goto("/admin/")
    expect(tab.get_by_role("heading", name="The mark of co-production")).to_be_visible()
    assert axe_violations(tab) == []
    tab.keyboard.type("newcomer")
    tab.keyboard.press("Tab")
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/admin/$"))
    expect(tab.get_by_text("You cannot break anything.")).to_be_visible()
    shot(tab, tmp_path, "start")

    tab_to(tab, "Change a mark")
    tab.keyboard.press("Enter")
    tab_to(tab, "Words in its name or summary", "searchbox")
    tab.keyboard.type("roles")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("1 mark is found.")).to_be_visible()
    tab_to(tab, "Clear roles")
    tab.keyboard.press("Enter")
    wait_for_scripts(tab)
    tab_to(tab, "Summary", "textbox")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("Everybody knows who does what.")
    wait_for_autosave(tab)
    shot(tab, tmp_path, "editor")

    tab_to(tab, "More actions", "button")
    tab.keyboard.press("Enter")
    # The menu opens below the button in the order of Tab.
    tab_to(tab, "Publish", "button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.locator(".messages")).to_contain_text("Live now: Clear roles.")
    assert "Everybody knows who does what." in served.get("/en/planning/clear-roles/").text
    expect(tab.locator(".messages > ul")).to_have_css("opacity", "1")
    assert axe_violations(tab) == []
    shot(tab, tmp_path, "published")

    tab_to(tab, "Undo", "button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.locator(".messages")).to_contain_text("Undone: readers see again what they saw before.")
    after = served.get("/en/planning/clear-roles/").text
    assert "Everybody knows who does what." not in after
    assert summary_in(after) == summary_in(before)
    shot(tab, tmp_path, "undone")


def summary_in(html: str) -> str:
    return re.search(r'<meta name="description" content="([^"]*)"', html)[1]


def sign_in(tab: Page):
    tab.goto("/admin/")
    tab.locator("[name=username]").fill("newcomer")
    tab.locator("[name=password]").fill(PASSWORD)
    tab.locator("button[type=submit]").click()
    expect(tab).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_screens_are_good_at_every_width(admin, width):
    check_screens(admin, width)


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_screens_are_good_from_right_to_left(admin, in_arabic, width):
    check_screens(admin, width)
    assert admin.locator("html").get_attribute("dir") == "rtl"


def check_screens(tab: Page, width: int):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(reduced_motion="reduce")
    for address in (*SCREENS, "/admin/pages/5/delete/"):
        tab.goto(address)
        assert axe_violations(tab) == [], address
        assert overflow(tab) == [], address
        assert cut_off(tab) == [], address


def test_screens_are_good_in_the_dark(admin):
    admin.emulate_media(color_scheme="dark", reduced_motion="reduce")
    for address in SCREENS:
        admin.goto(address)
        assert axe_violations(admin) == [], address


def test_mark_is_found_without_script(chromium, served, session_of_admin):
    context = chromium.new_context(base_url=served.address, storage_state=session_of_admin, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/admin/start/marks/")
    tab.get_by_role("searchbox").fill("plain")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Find").click()
    found = tab.locator(".start-list a").all_inner_texts()
    assert "Plain language" in found
    assert "Clear roles" not in found
    context.close()


def test_quote_is_kept_while_its_title_is_written(newcomer):
    sign_in(newcomer)
    newcomer.get_by_role("link", name="Add a quote").click()
    wait_for_scripts(newcomer)
    newcomer.locator("[name=title]").press_sequentially("They asked", delay=50)
    wait_for_autosave(newcomer)
    newcomer.locator("[name=title]").press_sequentially(" us first", delay=50)
    newcomer.wait_for_timeout(1500)
    wait_for_autosave(newcomer)
    newcomer.goto("/admin/start/waiting/")
    expect(newcomer.locator(".start-list")).to_contain_text("They asked us first")


def test_comment_waits_for_whoever_wrote_the_page(newcomer, admin):
    sign_in(newcomer)
    newcomer.goto("/admin/start/marks/")
    newcomer.get_by_role("link", name="Plain language").click()
    fill(newcomer, "summary", "No word that anybody has to look up.")
    wait_for_autosave(newcomer)
    admin.goto(newcomer.url)
    wait_for_scripts(admin)
    admin.get_by_role("button", name="Toggle comments").click()
    field = admin.locator("#panel-child-content-summary-section")
    field.hover()
    field.locator("[data-comment-add]").click()
    admin.locator(".comment textarea").last.fill("Not even a short one?")
    admin.get_by_role("button", name="Comment", exact=True).last.click()
    wait_for_autosave(admin)
    newcomer.goto("/admin/start/waiting/")
    expect(newcomer.get_by_text("“Not even a short one?”")).to_be_visible()
