"""Those who can publish, or look after people, need a code from their phone; nothing of the admin is open before."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Page

from cms.accounts.models import BackupCode, BackupCodes
from tests.cms.accounts.conftest import Phone, browser_of, codes_of, log_in, person, phone_of

pytestmark = pytest.mark.django_db

CODE, SET_UP, OWN = "/admin/second-step/code/", "/admin/second-step/set-up/", "/admin/second-step/"


@pytest.fixture
def required(settings):
    settings.TWO_FACTOR = "required"


@pytest.fixture
def publisher(publishers):
    return person("publisher", publishers)


def behind(someone) -> tuple[Client, Phone]:
    """Give a browser of somebody who has given their password, and their phone."""
    phone = phone_of(someone)
    return browser_of(someone), phone


def set_up(browser: Client, someone) -> tuple[Phone, list[str]]:
    """Set an app up, and give it and the backup codes."""
    browser.get(SET_UP)
    phone = Phone(TOTPDevice.objects.get(user=someone, confirmed=False))
    answer = browser.post(SET_UP, {"code": phone.code()})
    return phone, re.findall(r"<code>([\d ]{14})</code>", answer.text)


def is_in(browser: Client) -> bool:
    return browser.get("/admin/").status_code == 200


def deep_addresses() -> list[str]:
    page = Page.objects.filter(depth=3).first()
    return [
        "/admin/", "/admin/account/", "/admin/pages/", "/admin/users/", "/admin/groups/", "/admin/reports/locked/",
        "/admin/people/invite/", "/admin/translations/", "/admin/webhooks/subscribers/", OWN, "/admin/nowhere/",
        "/admin/nowhere", "/admin/api/main/pages/", "/admin/choose-page/", "/admin/tag-autocomplete/?term=a",
        f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/view_draft/", "/admin/images/chooser/",
        "/admin//", "/admin/second-step/codes/", "/admin/second-step/off/",
    ]  # fmt: skip


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_nothing_is_open_before_the_code(publisher, method):
    browser, _phone = behind(publisher)
    for address in deep_addresses():
        answer = getattr(browser, method)(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, CODE), address


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_open_before_it_is_set_up(required, publisher, method):
    browser = browser_of(publisher)
    for address in deep_addresses():
        answer = getattr(browser, method)(address)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SET_UP), address


def test_scripts_are_refused_before_the_code(publisher):
    browser, _phone = behind(publisher)
    assert browser.post("/admin/pages/add/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_files_are_closed_before_the_code(publisher, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "secret.txt").write_text("not public")
    browser, phone = behind(publisher)
    assert browser.get("/media/secret.txt").status_code == 302
    browser.post(CODE, {"code": phone.code()})
    assert browser.get("/media/secret.txt").status_code == 200


def test_code_lets_in_and_leads_back(publisher):
    phone, browser = phone_of(publisher), Client()
    browser.get("/admin/account/")
    log_in(browser, "publisher")
    answer = browser.get("/admin/account/")
    form = browser.get(answer["Location"])
    assert 'inputmode="numeric"' in form.text
    assert 'autocomplete="one-time-code"' in form.text
    answer = browser.post(CODE, {"code": phone.code(), "next": "/admin/account/"})
    assert answer["Location"] == "/admin/account/"
    assert browser.get("/admin/account/").status_code == 200


def test_pasted_code_may_have_spaces(publisher):
    browser, phone = behind(publisher)
    code = phone.code()
    assert browser.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil"])
def test_nobody_is_led_elsewhere(publisher, away):
    browser, phone = behind(publisher)
    assert browser.post(CODE, {"code": phone.code(), "next": away})["Location"] == "/admin/"


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abc", "\0", "١٢٣٤٥٦", "😀", "-00001", "x" * 500])
def test_what_is_no_code_gets_a_sentence(publisher, code):
    browser, _phone = behind(publisher)
    answer = browser.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]
    assert not is_in(browser)


def test_wrong_codes_have_to_wait(publisher):
    browser, phone = behind(publisher)
    assert browser.post(CODE, {"code": phone.wrong()}).status_code == 422
    assert browser.post(CODE, {"code": phone.code()}).status_code == 429
    assert not is_in(browser)
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=2))
    assert browser.post(CODE, {"code": phone.code()}).status_code == 302
    assert is_in(browser)


def test_code_works_once(publisher):
    browser, phone = behind(publisher)
    code = phone.code()
    browser.post(CODE, {"code": code})
    other = browser_of(publisher)
    assert other.post(CODE, {"code": code}).status_code == 422
    assert not is_in(other)


def test_code_of_somebody_else_is_wrong(publisher, writers):
    browser, _phone = behind(publisher)
    other = phone_of(person("writer", writers))
    assert browser.post(CODE, {"code": other.code()}).status_code == 422


def test_backup_code_works_once(publisher):
    browser, _phone = behind(publisher)
    first, *_others = codes_of(publisher)
    assert browser.post(CODE, {"code": first.replace(" ", "-")}).status_code == 302
    assert is_in(browser)
    other = browser_of(publisher)
    assert other.post(CODE, {"code": first}).status_code == 422
    assert not is_in(other)
    assert BackupCode.objects.count() == 9


def test_wrong_backup_codes_have_to_wait(publisher):
    browser, _phone = behind(publisher)
    first, *_others = codes_of(publisher)
    assert browser.post(CODE, {"code": "1111 2222 3333"}).status_code == 422
    assert browser.post(CODE, {"code": first}).status_code == 429
    BackupCodes.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=2))
    assert browser.post(CODE, {"code": first}).status_code == 302


def test_backup_codes_are_kept_as_digests(publisher):
    codes = codes_of(publisher)
    kept = str(list(BackupCode.objects.values()))
    assert len(set(codes)) == 10
    assert not any(code in kept or code.replace(" ", "") in kept for code in codes)


def test_set_up_shows_codes_and_lets_in(required, publisher):
    browser = browser_of(publisher)
    form = browser.get(browser.get("/admin/pages/")["Location"])
    assert "<svg" in form.text
    assert "otpauth://totp/" in form.text
    phone, codes = set_up(browser, publisher)
    assert len(codes) == 10
    assert is_in(browser)
    again = browser_of(publisher)
    assert not is_in(again)
    again.post(CODE, {"code": phone.code()})
    assert is_in(again)


def test_set_up_with_a_wrong_code_does_nothing(required, publisher):
    browser = browser_of(publisher)
    browser.get(SET_UP)
    phone = Phone(TOTPDevice.objects.get(user=publisher))
    answer = browser.post(SET_UP, {"code": phone.wrong()})
    assert answer.status_code == 422
    assert not is_in(browser)
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    # The picture is still the same: nobody has to scan another.
    assert len(re.findall("<code>", browser.post(SET_UP, {"code": phone.code()}).text)) == 10


def test_nobody_sets_up_another_phone_by_password_alone(publisher):
    browser, _phone = behind(publisher)
    assert browser.get(SET_UP)["Location"].startswith(CODE)
    browser.post(SET_UP, {"code": "123456"})
    assert TOTPDevice.objects.filter(user=publisher).count() == 1


def test_another_phone_replaces_the_first(publisher):
    browser, old = behind(publisher)
    browser.post(CODE, {"code": old.code()})
    new, _codes = set_up(browser, publisher)
    assert is_in(browser)
    other = browser_of(publisher)
    assert other.post(CODE, {"code": old.code()}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_timestamp=None)
    assert other.post(CODE, {"code": new.code()}).status_code == 302


@pytest.mark.parametrize(("who", "must"), [("admin", True), ("host", True), ("publisher", True), ("writer", False)])
def test_those_who_can_do_harm_must(required, request, hosts, publishers, writers, who, must):
    groups = {"host": hosts, "publisher": publishers, "writer": writers}
    someone = request.getfixturevalue("admin") if who == "admin" else person(who, groups[who])
    assert is_in(browser_of(someone)) is not must


def test_who_becomes_a_publisher_is_asked_at_once(required, writers, publishers):
    someone = person("writer", writers)
    browser = browser_of(someone)
    assert is_in(browser)
    someone.groups.add(publishers)
    assert not is_in(browser)


def test_others_may_switch_it_on_and_off(writers):
    writer = person("writer", writers)
    browser = browser_of(writer)
    assert OWN in browser.get("/admin/account/").text
    set_up(browser, writer)
    assert "It is on" in browser.get(OWN).text
    assert not is_in(browser_of(writer))
    browser.post(f"{OWN}off/")
    assert is_in(browser_of(writer))
    assert BackupCodes.objects.count() == 0


def test_publisher_cannot_switch_it_off(required, publisher):
    browser, phone = behind(publisher)
    browser.post(CODE, {"code": phone.code()})
    browser.post(f"{OWN}off/")
    assert not is_in(browser_of(publisher))


def test_new_codes_replace_the_old(publisher):
    browser, phone = behind(publisher)
    old, *_others = codes_of(publisher)
    browser.post(CODE, {"code": phone.code()})
    text = browser.post(f"{OWN}codes/").text
    assert len(re.findall(r"<code>", text)) == 10
    assert browser_of(publisher).post(CODE, {"code": old}).status_code == 422


def test_dashboard_asks_where_it_is_optional(publisher, writers):
    assert SET_UP in browser_of(publisher).get("/admin/").text
    assert SET_UP not in browser_of(person("writer", writers)).get("/admin/").text
    browser, phone = behind(publisher)
    browser.post(CODE, {"code": phone.code()})
    assert SET_UP not in browser.get("/admin/").text


def test_half_way_there_is_a_way_out(publisher):
    browser, _phone = behind(publisher)
    browser.post("/admin/logout/")
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")


def test_administrator_helps_who_lost_the_phone(required, admin, publisher):
    browser, phone = behind(publisher)
    browser.post(CODE, {"code": phone.code()})
    desk, own = behind(admin)
    desk.post(CODE, {"code": own.code()})
    address = reverse("people:reset", args=[publisher.pk])
    assert address in desk.get("/admin/users/").text
    assert "lost the phone" in desk.get(address).text
    desk.post(address)
    assert mail.outbox[0].to == ["publisher@example.org"]
    assert browser.get("/admin/")["Location"].startswith(SET_UP)
    set_up(browser, publisher)
    assert is_in(browser)


def test_host_resets_nobody_with_more(admin, hosts):
    phone_of(admin)
    host = browser_of(person("host", hosts))
    assert host.post(reverse("people:reset", args=[admin.pk]))["Location"] == "/admin/"
    assert TOTPDevice.objects.filter(user=admin).exists()


def test_command_helps_the_last_administrator(required, admin, command):
    phone_of(admin)
    assert "boss logs in by password now" in command("reset_two_factor", "boss@example.org")
    assert browser_of(admin).get("/admin/")["Location"].startswith(SET_UP)
    assert "no second step" in command("reset_two_factor", "boss")


def test_first_administrator_gets_in(settings):
    """As `make run` makes it: without an e-mail address, on http://localhost, where it is optional."""
    assert settings.TWO_FACTOR == "optional"
    boss = person("first", email="", is_superuser=True)
    browser = Client()
    assert log_in(browser, "first").status_code == 302
    assert is_in(browser)
    settings.TWO_FACTOR = "required"
    assert browser.get("/admin/")["Location"].startswith(SET_UP)
    set_up(browser, boss)
    assert is_in(browser)


def test_newcomer_sets_it_up_at_once(required, admin, publishers):
    desk, phone = behind(admin)
    desk.post(CODE, {"code": phone.code()})
    wish = {
        "email": "n@example.org",
        "first_name": "N",
        "last_name": "P",
        "language": "en",
        "groups": [publishers.pk],
    }
    link = re.search(r"(/admin/invitation/[^/]+/)", desk.post("/admin/people/invite/", wish).text)[1]
    browser = Client()
    browser.post(link, {"new_password1": "seven quiet rivers", "new_password2": "seven quiet rivers"})
    assert browser.get("/admin/")["Location"].startswith(SET_UP)
