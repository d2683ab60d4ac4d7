"""Nobody stays logged in for ever, and readers are never touched by any of it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cms.accounts.sessions import BEGAN, SEEN, forget_ended
from tests.cms.accounts.conftest import browser_of, log_in, person, phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(writers):
    return person("writer", writers)


def is_in(browser: Client) -> bool:
    return browser.get("/admin/").status_code == 200


def change(browser: Client, **values):
    session = browser.session
    session.update(values)
    session.save()


def seconds_ago(**gone) -> int:
    return int((timezone.now() - timedelta(**gone)).timestamp())


def ends_in() -> timedelta:
    return Session.objects.get().expire_date - timezone.now()


def test_login_ends_with_the_browser(writer):
    browser = Client()
    log_in(browser, "writer")
    assert browser.cookies["sessionid"]["max-age"] == ""
    assert "remember" not in Client().get("/admin/login/").text.lower()


def test_session_ends_after_idle_hours(writer):
    browser = browser_of(writer)
    assert is_in(browser)
    assert timedelta(hours=11, minutes=59) < ends_in() <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert browser.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


def test_work_keeps_the_session(writer):
    browser = browser_of(writer)
    change(browser, **{SEEN: seconds_ago(minutes=6)})
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    browser.get("/admin/")
    assert ends_in() > timedelta(hours=11)


def test_open_editor_alone_keeps_nothing(writer):
    browser = browser_of(writer)
    change(browser, **{SEEN: seconds_ago(minutes=6)})
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    page = Page.objects.filter(depth=3).first()
    assert browser.post(f"/admin/editing-sessions/ping/wagtailcore/page/{page.pk}/1/").status_code in (200, 404)
    assert ends_in() < timedelta(hours=1)


def test_session_ends_after_days(writer):
    browser = browser_of(writer)
    change(browser, **{BEGAN: seconds_ago(days=13, hours=23)})
    assert is_in(browser)
    change(browser, **{BEGAN: seconds_ago(days=14, hours=1)})
    assert browser.get("/admin/")["Location"].startswith("/admin/login/")
    assert "log in again" in browser.get("/admin/login/").text


def test_new_password_ends_other_sessions(writer):
    here, elsewhere = browser_of(writer), browser_of(writer)
    names = {"name_email-first_name": "W", "name_email-last_name": "P", "name_email-email": "writer@example.org"}
    passwords = {
        "password-old_password": "three apples fell up",
        "password-new_password1": "nine warm winters",
        "password-new_password2": "nine warm winters",
    }
    rest = {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system",
            "theme-contrast": "system", "theme-density": "default"}  # fmt: skip
    assert here.post("/admin/account/", {**names, **passwords, **rest})["Location"] == "/admin/account/"
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_ended_sessions_are_forgotten(writer):
    browser_of(writer), browser_of(writer)
    forget_ended()
    assert Session.objects.count() == 2
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_ended()
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    "path", ["/en/", "/en/search/?q=listening", "/api/v1/en/", "/en/nowhere/", "/api/v1/nowhere"]
)
def test_readers_are_not_touched(path, django_assert_num_queries, writer):
    with django_assert_num_queries(0):
        answer = Client().get(path)
    assert answer.cookies == {}
    editor = browser_of(writer)
    with django_assert_num_queries(0):
        assert editor.get(path).cookies == {}


def test_page_learns_that_its_editor_is_out(writer):
    browser = browser_of(writer)
    asked = browser.get("/admin/still-here/")
    assert (asked.json()["in"], len(asked.json()["token"])) == (True, 64)
    assert "no-store" in asked["Cache-Control"]
    browser.logout()
    assert browser.get("/admin/still-here/").json()["in"] is False
    phone_of(writer)
    assert browser_of(writer).get("/admin/still-here/").json()["in"] is False


def test_asking_keeps_no_session(writer):
    browser = browser_of(writer)
    change(browser, **{SEEN: seconds_ago(minutes=6)})
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=5))
    browser.get("/admin/still-here/")
    assert ends_in() < timedelta(hours=1)


@pytest.mark.parametrize("email", ["writer@example.org", "nobody@example.org"])
def test_password_reset_tells_nobody_who_is_there(writer, email):
    browser = Client()
    answer = browser.post("/admin/password_reset/", {"email": email})
    assert answer["Location"] == "/admin/password_reset/done/"
    assert "if an account exists" in browser.get(answer["Location"]).text
    assert len(mail.outbox) == (email == "writer@example.org")


def test_nobody_gets_mails_for_a_new_password_without_end(writer):
    for _ in range(5):
        answer = Client().post("/admin/password_reset/", {"email": writer.email})
        assert answer["Location"] == "/admin/password_reset/done/"
    Client().post("/admin/password_reset/", {"email": person("other").email})
    assert [sent.to for sent in mail.outbox] == [["writer@example.org"]] * 3 + [["other@example.org"]]
    writer.set_password("another one that nobody guesses")
    writer.save()
    Client().post("/admin/password_reset/", {"email": writer.email})
    assert mail.outbox[-1].to == ["writer@example.org"]


def test_password_reset_is_in_the_readers_language(writer):
    UserProfile.objects.create(user=writer, preferred_language="cy")
    Client().post("/admin/password_reset/", {"email": writer.email}, headers={"accept-language": "es"})
    Client().post("/admin/password_reset/", {"email": person("other").email}, headers={"accept-language": "es"})
    welsh, spanish = (sent.body for sent in mail.outbox)
    assert welsh.split("http")[0] != spanish.split("http")[0]


def test_mail_comes_from_the_site(writer):
    Client().post("/admin/password_reset/", {"email": writer.email})
    assert mail.outbox[0].from_email == "The mark of co-production <no-reply@localhost>"


def test_two_people_with_one_address_use_their_names(writers):
    person("one", writers, email="both@example.org")
    person("two", writers, email="both@example.org")
    assert log_in(Client(), "both@example.org").status_code == 200
    assert log_in(Client(), "two").status_code == 302
