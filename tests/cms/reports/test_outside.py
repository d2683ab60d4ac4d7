"""Links to other sites: asked for only where that is switched on, politely, once a week, and never in our network."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.reports.asking import ask
from cms.reports.models import OutsideLink, Trouble
from cms.reports.outside import Checker, claim
from cms.worker.housekeeping import HOOKS
from tests.cms.reports.conftest import change, seen, words_of
from tests.cms.reports.sites import OtherSite

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.fixture
def other():
    """Another site."""
    there = OtherSite({"/gone": 404, "/secret": 403, "/moved": "/here", "/round": "/round", "HEAD /shy": 405})
    yield there
    there.close()


@pytest.fixture
def on(settings):
    """Checking is switched on."""
    settings.CHECK_OUTSIDE_LINKS = True


def lead_to(site, *addresses: str):
    """Let the guide page lead to these addresses."""
    links = "".join(f'<p><a href="{address}">there</a></p>' for address in addresses)
    change(site["a-guide"], body=[("text", links)])


def run(checker: Checker, *, turns: int = 6, now=NOW):
    """Let the worker come by so many times, each long enough after the last."""
    for turn in range(turns):
        checker.turn(now=now + timedelta(seconds=11 * turn), patience=5)


# --- One address ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "trouble"),
    [
        ("/here", 200, None),
        ("/gone", 404, Trouble.GONE),
        ("/secret", 403, Trouble.REFUSED),
        ("/moved", 200, None),
        ("/round", 302, Trouble.LOOP),
        ("/shy", 200, None),
    ],
)
def test_answers_are_understood(other, path, status, trouble):
    found = ask(other.url(path), allow_private=True)
    assert (found.status, found.trouble) == (status, trouble)


def test_head_comes_first_and_get_only_after_a_no(other):
    ask(other.url("/here"), allow_private=True)
    ask(other.url("/shy"), allow_private=True)
    assert other.asked == ["HEAD /here", "HEAD /shy", "GET /shy"]


def test_private_addresses_are_never_asked(other):
    assert ask(other.url("/here")).trouble == Trouble.PRIVATE
    assert other.asked == []


def test_nobody_is_led_into_our_network(other, monkeypatch):
    """The first address is let through, the one that it leads to is not."""
    other.answers["/trick"] = "http://10.0.0.1/secret"
    monkeypatch.setattr("cms.webhooks.addresses.is_public", lambda address: address == "127.0.0.1")
    assert ask(other.url("/trick")).trouble == Trouble.PRIVATE


@pytest.mark.parametrize("leads_to", ["http://[half", "ftp://elsewhere.example/", "//"])
def test_nonsense_to_be_led_to_is_no_error(other, leads_to):
    other.answers["/trick"] = leads_to
    assert ask(other.url("/trick"), allow_private=True).trouble in (Trouble.MALFORMED, Trouble.LOOP)


def test_nobody_there_is_said():
    there = OtherSite()
    there.close()
    assert ask(there.url(), allow_private=True).trouble == Trouble.UNREACHABLE


# --- The worker -----------------------------------------------------------------------------------------------------


def test_nothing_is_asked_while_switched_off(site, other):
    lead_to(site, other.url("/gone"))
    run(Checker(allow_private=True))
    assert other.asked == []
    assert not OutsideLink.objects.exists()


def test_worker_has_the_job(settings):
    assert settings.CHECK_OUTSIDE_LINKS is False
    assert "look_at_outside_links" in [hook.__name__ for _every, hook in HOOKS]


def test_broken_one_comes_into_the_report(chief, site, other, on):
    lead_to(site, other.url("/gone"), other.url("/here"))
    run(Checker(allow_private=True))
    [row] = seen(chief, "links")
    assert row[3] == other.url("/gone")
    assert row[4] == "The other site has nothing at this address any more. (404)"
    assert len(seen(chief, "links", show="outside")) == 2
    assert "Each of them was checked" in words_of(chief, "links")


def test_what_waits_is_said(chief, site, other, on):
    lead_to(site, other.url("/here"))
    assert seen(chief, "links", show="outside")[0][4] == "Not checked yet"
    assert "1 of them has not been checked yet" in words_of(chief, "links")


def test_address_is_asked_for_once_a_week(site, other, on):
    lead_to(site, other.url("/here"))
    run(Checker(allow_private=True))
    run(Checker(allow_private=True), now=NOW + timedelta(days=6))
    assert other.asked == ["HEAD /here"]
    run(Checker(allow_private=True), now=NOW + WEEK + timedelta(minutes=2))
    assert other.asked == ["HEAD /here"] * 2


def test_mended_link_is_noticed(chief, site, other, on):
    lead_to(site, other.url("/gone"))
    run(Checker(allow_private=True))
    other.answers.clear()
    run(Checker(allow_private=True), now=NOW + WEEK + timedelta(minutes=2))
    assert seen(chief, "links") == []


def test_one_site_is_asked_slowly(site, other, on):
    lead_to(site, other.url("/a"), other.url("/b"))
    checker = Checker(allow_private=True)
    for second in range(5):
        checker.turn(now=NOW + timedelta(seconds=second), patience=5)
    assert other.asked == ["HEAD /a"]
    checker.turn(now=NOW + timedelta(seconds=10), patience=5)
    checker.turn(now=NOW + timedelta(seconds=11), patience=5)
    assert other.asked == ["HEAD /a", "HEAD /b"]


def test_run_has_its_limit(site, other, on, monkeypatch):
    monkeypatch.setattr("cms.reports.outside.A_RUN", 1)
    lead_to(site, other.url("/a"), other.url("/b"))
    checker = Checker(allow_private=True)
    run(checker)
    assert other.asked == ["HEAD /a"]
    run(checker, now=NOW + timedelta(hours=1))
    assert other.asked == ["HEAD /a", "HEAD /b"]


def test_place_on_a_page_is_the_same_address(site, other, on):
    lead_to(site, other.url("/a#one"), other.url("/a#two"))
    run(Checker(allow_private=True))
    assert other.asked == ["HEAD /a"]


@pytest.mark.django_db
def test_two_workers_do_not_ask_twice():
    assert claim("https://elsewhere.example/", now=NOW)
    assert not claim("https://elsewhere.example/", now=NOW)
    assert claim("https://elsewhere.example/", now=NOW + WEEK)


def test_forgotten_when_nothing_leads_there(site, other, on):
    lead_to(site, other.url("/here"))
    run(Checker(allow_private=True))
    lead_to(site)
    run(Checker(allow_private=True))
    assert not OutsideLink.objects.exists()


def test_switching_off_ends_it(site, other, on, settings):
    lead_to(site, other.url("/a"), other.url("/b"))
    checker = Checker(allow_private=True)
    run(checker, turns=1)
    settings.CHECK_OUTSIDE_LINKS = False
    run(checker)
    assert other.asked == ["HEAD /a"]
