"""Whoever gives wrong passwords too often is locked out for a while; nobody else is."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import timezone

from cms.accounts.lockout import client_address, forget_old
from tests.cms.accounts.conftest import log_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(writers):
    return person("writer", writers)


def wrong(name: str = "writer", times: int = 1, **extra):
    """Give a wrong password so often; give the last answer."""
    for _time in range(times):
        answer = log_in(Client(), name, "wrong", **extra)
    return answer


def status(name: str = "writer", **extra) -> int:
    """Give the status of the answer to the right password: 302 lets in."""
    return log_in(Client(), name, **extra).status_code


def go_back(**gone):
    """Let time go by for all tries."""
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - timedelta(**gone))


def test_wrong_password_gets_a_sentence(writer):
    answer = wrong()
    assert answer.status_code == 200
    assert "do not belong together" in answer.text


def test_fifth_wrong_password_locks_out(writer):
    assert wrong(times=4).status_code == 200
    answer = wrong()
    assert answer.status_code == 429
    assert 890 <= int(answer["Retry-After"]) <= 900
    assert "<time datetime=" in answer.text
    assert "/admin/password_reset/" in answer.text
    assert status() == 429


def test_right_password_in_time_lets_in(writer):
    wrong(times=4)
    assert status() == 302
    assert AccessAttempt.objects.count() == 0
    wrong(times=4)
    assert status() == 302


def test_lock_ends(writer):
    wrong(times=5)
    go_back(minutes=14)
    assert status() == 429
    go_back(minutes=2)
    assert status() == 302


def test_trying_on_makes_it_no_longer(writer):
    wrong(times=5)
    go_back(minutes=14)
    wrong(times=3)
    go_back(minutes=2)
    assert status() == 302


def test_others_in_the_same_house_are_let_in(writer, writers):
    person("neighbour", writers)
    wrong(times=9)
    assert status("neighbour") == 302


def test_nobody_locks_others_out_from_elsewhere(writer):
    wrong(times=9, REMOTE_ADDR="203.0.113.7")
    assert status(REMOTE_ADDR="198.51.100.1") == 302
    assert status(REMOTE_ADDR="203.0.113.7") == 429


@pytest.mark.parametrize("name", ["WRITER@example.org", " writer@Example.org ", "writer"])
def test_each_way_to_write_a_name_counts(writer, name):
    wrong(name, times=3)
    wrong("writer@example.org", times=2)
    assert status() == 429


def test_unknown_name_is_answered_alike(writer):
    for name in ("writer", "nobody-here"):
        assert [wrong(name).status_code for _time in range(5)] == [200, 200, 200, 200, 429]


def test_network_of_ipv6_is_one(writer):
    wrong(times=3, REMOTE_ADDR="2001:db8:1:2::1")
    wrong(times=2, REMOTE_ADDR="2001:db8:1:2:ffff::2")
    assert status(REMOTE_ADDR="2001:db8:1:2::3") == 429
    assert status(REMOTE_ADDR="2001:db8:1:3::1") == 302


def test_proxy_tells_who_asks(settings):
    request = RequestFactory().post("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.7")
    assert client_address(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert client_address(request) == "203.0.113.7"


@pytest.mark.parametrize("address", ["", "unix:", "not an address"])
def test_unknown_address_is_counted_too(writer, address):
    assert wrong(times=5, REMOTE_ADDR=address).status_code == 429


@pytest.mark.parametrize("name", ["", "\0", "a" * 5000, "@", "😀"])
def test_odd_name_breaks_nothing(db, name):
    assert log_in(Client(), name, "wrong").status_code == 200


def test_new_password_ends_the_lock(writer):
    wrong(times=5)
    Client().post("/admin/password_reset/", {"email": "writer@example.org"})
    link = next(line for line in mail.outbox[0].body.split() if "/confirm/" in line)
    browser = Client()
    form = browser.get(link[link.index("/admin/") :])["Location"]
    chosen = {"new_password1": "nine warm winters", "new_password2": "nine warm winters"}
    assert browser.post(form, chosen)["Location"] == "/admin/password_reset/complete/"
    assert log_in(Client(), "writer", "nine warm winters").status_code == 302


def test_little_is_kept_and_not_for_long(writer):
    log_in(Client(), "writer", "a secret password", HTTP_USER_AGENT="A rare browser")
    assert "secret" not in str(AccessAttempt.objects.values().get())
    assert "rare" not in str(AccessAttempt.objects.values().get())
    forget_old(now=timezone.now())
    assert AccessAttempt.objects.count() == 1
    forget_old(now=timezone.now() + timedelta(minutes=15))
    assert AccessAttempt.objects.count() == 0
