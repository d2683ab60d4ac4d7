"""Somebody is invited, sets up a second step and is in; and who is logged out while they write loses nothing."""

import re
from base64 import b32decode
from time import time

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from tests.e2e.admin import fill, open_editor, wait_for_autosave
from tests.gates.browser import PHONE, SCREEN, axe_violations, cut_off, overflow
from tests.programs import manage

PASSWORD = "seven quiet rivers"
END = "from django.contrib.sessions.models import Session; Session.objects.filter(pk=%r).delete()"


@pytest.fixture
def guest(chromium, served):
    """A phone of somebody who has no account, without scripts."""
    context = chromium.new_context(base_url=served.address, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def elsewhere(chromium, served):
    """Makes tabs that share no cookies with others."""
    contexts = []

    def opened(**options) -> Page:
        contexts.append(chromium.new_context(base_url=served.address, reduced_motion="reduce", **options))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def code(key: str) -> str:
    totp = TOTP(b32decode(key.replace(" ", "")))
    totp.time = time()
    return f"{totp.token():06}"


def log_in(tab: Page, name: str, password: str):
    tab.goto("/admin/login/")
    tab.get_by_label("Username or e-mail address").fill(name)
    tab.get_by_label("Password").fill(password)
    tab.get_by_role("button", name="Sign in").click()


def invite(admin: Page, email: str, language: str = "English") -> str:
    """Invite somebody, and give the link."""
    admin.goto("/admin/users/")
    admin.get_by_role("link", name="Invite somebody").click()
    admin.get_by_label("E-mail address").fill(email)
    admin.get_by_label("First name").fill("Nia")
    admin.get_by_label("Last name").fill("Newcomer")
    admin.get_by_label("Language").select_option(language)
    admin.get_by_label("Editors").check()
    admin.get_by_role("button", name="Invite", exact=True).click()
    return admin.get_by_label("Link of the invitation").input_value()


def test_invited_person_sets_up_a_second_step(admin, guest):
    """All of it on a phone, without a script."""
    guest.goto(invite(admin, "nia@example.org"))
    guest.get_by_label("Your password").fill(PASSWORD)
    guest.get_by_label("The same password once more").fill(PASSWORD)
    guest.get_by_role("button", name="Keep this password").click()
    expect(guest).to_have_url(re.compile("/admin/$"))
    guest.goto("/admin/second-step/set-up/")
    key = guest.locator(".accounts-key").inner_text()
    guest.get_by_role("textbox", name="Code").fill(code(key))
    with guest.expect_navigation():
        guest.get_by_role("button", name="Go on").click()
    codes = guest.locator(".accounts-codes code").all_inner_texts()
    assert len(codes) == 10
    guest.context.clear_cookies()
    log_in(guest, "nia@example.org", PASSWORD)
    guest.get_by_role("textbox", name="Code").fill(codes[0])
    guest.get_by_role("button", name="Go on").click()
    expect(guest).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("language", ["English", "العربيّة"])
def test_pages_around_the_login_pass_axe(admin, elsewhere, language):
    email = f"{'en' if language == 'English' else 'ar'}@example.org"
    address, tab = invite(admin, email, language), elsewhere(locale="ar" if language != "English" else "en")
    looked = []

    def look(name: str):
        for size in (PHONE, SCREEN):
            tab.set_viewport_size(size)
            looked.extend(
                (name, size["width"], found) for found in axe_violations(tab) + overflow(tab) + cut_off(tab)
            )

    tab.goto(address)
    look("join")
    for field in tab.locator("input[type=password]").all():
        field.fill(PASSWORD)
    tab.locator("main form button").click()
    tab.goto("/admin/second-step/set-up/")
    look("set up")
    tab.fill("[name=code]", code(tab.locator(".accounts-key").inner_text()))
    tab.locator("main form button").first.click()
    expect(tab.locator(".accounts-codes")).to_be_visible()
    look("codes")
    tab.context.clear_cookies()
    for _time in range(5):
        tab.goto("/admin/login/")
        tab.fill("[name=username]", email)
        tab.fill("[name=password]", PASSWORD if not _time else "wrong")
        tab.locator("main .login-form button").click()
        if not _time:
            tab.fill("[name=code]", "000000")
            tab.locator("main form button").first.click()
            expect(tab.locator(".error-message")).to_be_visible()
            look("wrong code")
            tab.context.clear_cookies()
    tab.goto("/admin/login/")
    tab.fill("[name=username]", email)
    tab.fill("[name=password]", "wrong")
    tab.locator("main .login-form button").click()
    expect(tab.locator("main time")).to_be_visible()
    look("locked")
    tab.goto("/admin/invitation/never/")
    look("no invitation")
    assert looked == []


@pytest.mark.parametrize("address", ["/admin/people/invite/", "/admin/people/invitations/", "/admin/second-step/"])
def test_screens_of_people_pass_axe(admin, address):
    admin.goto(address)
    assert axe_violations(admin) + overflow(admin) == []


def test_logged_out_writer_loses_nothing(elsewhere, served, password):
    tab = elsewhere(viewport=SCREEN)
    log_in(tab, "admin", password)
    expect(tab).to_have_url(re.compile("/admin/$"))
    open_editor(tab, "Plain language")
    wait_for_autosave_of(tab, "Before the end.")
    [session] = [one["value"] for one in tab.context.cookies() if one["name"] == "sessionid"]
    manage(served.data, "shell", "-c", END % session)
    fill(tab, "summary", "Written after the end.")
    note = tab.get_by_role("alert").filter(has_text="You are logged out")
    expect(note).to_be_visible(timeout=30_000)
    assert [found for found in axe_violations(tab) if "accounts-out" in found] == []
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator("[name=summary]")).to_have_value("Written after the end.")
    other = tab.context.new_page()
    log_in(other, "admin", password)
    expect(other).to_have_url(re.compile("/admin/$"))
    other.close()
    tab.bring_to_front()
    expect(tab.get_by_text("You are logged in again.")).to_be_visible(timeout=30_000)
    tab.get_by_role("button", name="Save draft").click()
    expect(tab.locator(".messages")).to_contain_text("has been updated")
    tab.reload()
    expect(tab.locator("[name=summary]")).to_have_value("Written after the end.")


def wait_for_autosave_of(tab: Page, words: str):
    fill(tab, "summary", words)
    wait_for_autosave(tab)
