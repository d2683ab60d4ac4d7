"""Somebody is invited, chooses a password, and is in: once, in time, with no more rights than who invited them."""

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.accounts.invitations import forget_old
from cms.accounts.models import Invitation
from tests.cms.accounts.conftest import browser_of, group, log_in, person

pytestmark = pytest.mark.django_db

INVITE, LIST = "/admin/people/invite/", "/admin/people/invitations/"
CHOSEN = "seven quiet rivers sing"
LINK = re.compile(r"http://localhost:\d+(/admin/invitation/[^/\s\"]+/)")


def wish(*groups, **fields) -> dict:
    """What is filled in to invite somebody."""
    new = {"email": "new@example.org", "first_name": "Nia", "last_name": "Newcomer", "language": "en"}
    return {**new, "groups": [group.pk for group in groups], **fields}


def invite(browser, *groups, **fields) -> str:
    """Invite somebody, and give the address of the link in the mail."""
    answer = browser.post(INVITE, wish(*groups, **fields))
    assert answer.status_code == 200, answer.context["form"].errors
    return LINK.search(mail.outbox[-1].body)[1]


def join(link: str, password: str = CHOSEN, again: str | None = None, browser: Client | None = None):
    fields = {"new_password1": password, "new_password2": again or password}
    return (browser or Client()).post(link, fields)


def newcomer():
    return get_user_model().objects.filter(email="new@example.org").first()


def later(**gone):
    """Let time go by for all invitations."""
    for invitation in Invitation.objects.all():
        Invitation.objects.filter(pk=invitation.pk).update(
            until=invitation.until - timedelta(**gone), made_at=invitation.made_at - timedelta(**gone)
        )


def test_invited_person_is_in(admin, writers):
    browser, link = Client(), invite(browser_of(admin), writers)
    assert mail.outbox[0].to == ["new@example.org"]
    assert "Hello Nia" in browser.get(link).text
    assert join(link, browser=browser)["Location"] == "/admin/"
    assert browser.get("/admin/").status_code == 200
    assert list(newcomer().groups.all()) == [writers]


def test_newcomer_logs_in_by_e_mail(admin, writers):
    join(invite(browser_of(admin), writers))
    browser = Client()
    assert log_in(browser, "NEW@example.org", CHOSEN).status_code == 302
    assert browser.get("/admin/").status_code == 200


def test_link_is_shown_to_the_inviter(admin, writers):
    answer = browser_of(admin).post(INVITE, wish(writers))
    assert LINK.search(answer.text)[1] == LINK.search(mail.outbox[0].body)[1]
    assert "no-store" in answer["Cache-Control"]


def test_only_a_digest_is_kept(admin, writers):
    token = invite(browser_of(admin), writers).split("/")[-2]
    kept = Invitation.objects.values().get()
    assert token not in str(kept)


def test_link_works_once(admin, writers):
    link = invite(browser_of(admin), writers)
    join(link)
    assert Client().get(link).status_code == 404
    assert join(link, "another quiet river sings").status_code == 404
    assert newcomer().check_password(CHOSEN)


def test_looking_uses_nothing_up(admin, writers):
    link = invite(browser_of(admin), writers)
    assert [Client().get(link).status_code, Client().head(link).status_code] == [200, 200]
    assert join(link).status_code == 302


def test_link_ends_after_a_week(admin, writers):
    link = invite(browser_of(admin), writers)
    later(days=6, hours=23)
    assert Client().get(link).status_code == 200
    later(hours=2)
    assert Client().get(link).status_code == 404
    assert join(link).status_code == 404
    assert newcomer() is None


def test_changed_token_opens_nothing(admin, writers):
    link = invite(browser_of(admin), writers)
    changed = link[:-2] + ("A" if link[-2] != "A" else "B") + "/"
    ended, never = Client().get(changed), Client().get("/admin/invitation/never/")
    assert (ended.status_code, never.status_code) == (404, 404)
    assert "does not work any more" in ended.text


def test_sent_again_is_a_new_link(admin, writers):
    desk = browser_of(admin)
    first = invite(desk, writers)
    later(days=8)
    assert "Nia Newcomer" in desk.get(LIST).text
    assert desk.post(f"{LIST}{Invitation.objects.get().pk}/again/").status_code == 200
    second = LINK.search(mail.outbox[-1].body)[1]
    assert (Client().get(first).status_code, join(second).status_code) == (404, 302)


def test_taken_back_works_no_more(admin, writers):
    desk = browser_of(admin)
    link, number = invite(desk, writers), Invitation.objects.get().pk
    desk.post(f"{LIST}{number}/take-back/")
    assert Client().get(link).status_code == 404
    assert "Nia" not in desk.get(LIST).text
    desk.post(f"{LIST}{number}/again/")
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(("language", "word"), [("cy", "cy"), ("ar", "ar")])
def test_newcomer_reads_their_language(admin, writers, language, word):
    browser, link = Client(), invite(browser_of(admin), writers, language=language)
    assert f'lang="{word}"' in browser.get(link).text
    join(link, browser=browser)
    assert f'lang="{word}"' in browser.get("/admin/").text


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", None, "too short"),
        (CHOSEN, "something else entirely", "match"),
        ("nia newcomer", None, "too similar"),
        ("qwerty123456", None, "too common"),
    ],
)
def test_weak_password_is_explained(admin, writers, password, again, says):
    answer = join(invite(browser_of(admin), writers), password, again)
    assert answer.status_code == 422
    assert says in answer.text
    assert newcomer() is None


def test_password_rules_are_said_beforehand(admin, writers):
    assert "At least 12 letters" in Client().get(invite(browser_of(admin), writers)).text


def test_mail_server_is_down(admin, writers, monkeypatch):
    def broken(*args, **kwargs):
        raise SMTPException("no")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    answer = browser_of(admin).post(INVITE, wish(writers))
    assert "could not be sent" in answer.text
    assert join(LINK.search(answer.text)[1]).status_code == 302


@pytest.mark.parametrize("email", ["boss@example.org", "BOSS@Example.org"])
def test_known_address_is_refused(admin, writers, email):
    answer = browser_of(admin).post(INVITE, wish(writers, email=email))
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert mail.outbox == []


def test_twice_invited_is_refused(admin, writers):
    desk = browser_of(admin)
    invite(desk, writers)
    answer = desk.post(INVITE, wish(writers, email="New@example.org"))
    assert (answer.status_code, len(mail.outbox)) == (422, 1)
    assert "invited already" in answer.text


def test_group_without_the_admin_is_refused(admin):
    idle = group("Idle")
    idle.permissions.clear()
    for groups in ([idle], []):
        answer = browser_of(admin).post(INVITE, wish(*groups))
        assert (answer.status_code, len(mail.outbox)) == (422, 0)


@pytest.mark.parametrize("address", [INVITE, LIST])
def test_others_invite_nobody(writers, address):
    desk = browser_of(person("writer", writers))
    assert desk.get(address)["Location"] == "/admin/"
    assert desk.post(address, wish(writers))["Location"] == "/admin/"
    assert mail.outbox == []


def test_inviter_gives_only_what_they_have(hosts, writers, publishers, home):
    corner = group("Corner", on=home, page=("change_page",))
    desk = browser_of(person("host", hosts))
    text = desk.get(INVITE).text
    assert ("Writers" in text, "Corner" in text, "Publishers" in text) == (True, True, False)
    assert "is_superuser" not in text
    assert desk.post(INVITE, wish(writers, publishers)).status_code == 422
    invite(desk, writers, corner, is_superuser="on")
    assert not Invitation.objects.get().is_superuser


def test_right_on_a_corner_gives_no_right_on_all(writers, home):
    few = group("Few", "add_user", on=home, page=("add_page", "change_page"))
    assert browser_of(person("host", few)).post(INVITE, wish(writers)).status_code == 422


def test_invitation_ends_with_its_inviters_rights(hosts, writers):
    host = person("host", hosts)
    link = invite(browser_of(host), writers)
    host.is_active = False
    host.save()
    assert Client().get(link).status_code == 404
    host.is_active = True
    host.save()
    host.groups.set([writers])
    assert join(link).status_code == 404


def test_group_that_grew_is_not_given(hosts, writers):
    link = invite(browser_of(person("host", hosts)), writers)
    group("Writers", "delete_user", "add_group")
    assert join(link).status_code == 404


def test_administrator_is_made_by_an_administrator(admin):
    join(invite(browser_of(admin), is_superuser="on"))
    assert newcomer().is_superuser


def test_old_ones_are_forgotten(admin, writers):
    desk = browser_of(admin)
    join(invite(desk, writers))
    invite(desk, writers, email="other@example.org")
    forget_old(now=timezone.now() + timedelta(days=29))
    assert Invitation.objects.count() == 2
    forget_old(now=timezone.now() + timedelta(days=38))
    assert Invitation.objects.count() == 0
    assert newcomer() is not None


@pytest.fixture
def home():
    return Page.objects.filter(depth=2).first()
