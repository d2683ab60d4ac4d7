"""Threads for readers: whoever asks the database waits for a place, or is asked to come again where it is slow."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms import spared
from cms.spared import CROWDED, NEEDS_DATABASE, Spared
from tests.cms.roles.doors import PARTICIPANT, behind
from tests.cms.roles.people import furnished_site
from tests.e2e.conftest import wait_until
from tests.releases import publish_everything
from tests.wsgi import Answer

SCORING, READING = "/api/v1/board/", "/en/search/"


class Waiting:
    """An application whose answers come when the database lets them."""

    def __init__(self):
        self.asked, self.goes_on = 0, Event()

    def __call__(self, environ, start_response):
        start_response("503 Service Unavailable" if CROWDED in environ else "200 OK", [])
        if environ["PATH_INFO"] != READING and CROWDED not in environ:
            self.asked += 1
            assert self.goes_on.wait(30)
        return [b""]


@pytest.fixture
def busy():
    """All places are taken."""
    behind = Waiting()
    application = Spared(behind, places=2)
    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(Answer, application, SCORING) for _ in range(2)]
        wait_until(lambda: behind.asked == 2, "places")
        yield SimpleNamespace(application=application, behind=behind, pool=pool)
        behind.goes_on.set()
    assert [answer.result().status for answer in answers] == [200, 200]


def test_readers_wait_for_nobody(busy):
    assert Answer(busy.application, READING).status == 200


def test_who_comes_next_waits_for_a_place(busy, monkeypatch):
    monkeypatch.setattr(spared, "LONG", 60)
    waiting = busy.pool.submit(Answer, busy.application, SCORING)
    busy.behind.goes_on.set()
    assert waiting.result(30).status == 200


def test_who_comes_while_it_is_slow_is_asked_to_come_again(busy, monkeypatch):
    monkeypatch.setattr(spared, "LONG", 0)
    assert Answer(busy.application, SCORING).status == 503
    # Others may have begun meanwhile.
    monkeypatch.setattr(spared, "LONG", 60)
    assert Answer(busy.application, SCORING).status == 503


def test_places_are_given_back(busy):
    busy.behind.goes_on.set()
    for _ in range(5):
        assert Answer(busy.application, SCORING).status == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [("/admin/", "Editing has to wait a moment"), (SCORING, "Try again"), ("/en/score/", "in a minute")],
)
def test_who_has_to_wait_is_told_so(address, words, starter_release, settings):
    settings.RELEASES_DIR = starter_release
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = Client().get(address, **{CROWDED: True})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert words in answer.content.decode()
    assert len(asked) == 0


@pytest.mark.django_db
def test_whatever_asks_the_database_takes_a_place(settings, tmp_path):
    settings.RELEASES_DIR, settings.MEDIA_ROOT = tmp_path / "releases", tmp_path / "media"
    pages = furnished_site()
    publish_everything()
    there = behind(pages)
    assert {door.route for door in there.doors if asks(door, there.tokens[PARTICIPANT])} >= {"api/v1/board/"}
    outside = [door for door in there.doors if not NEEDS_DATABASE.match(door.address)]
    assert [str(door) for door in outside if asks(door, there.tokens[PARTICIPANT])] == []


def asks(door, token: str) -> bool:
    """Tell whether an address asks the database."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        Client().get(door.address.replace("{mine}", token), HTTP_AUTHORIZATION=f"Bearer {token}")
        transaction.set_rollback(True)
    return any("SAVEPOINT" not in query["sql"] for query in asked)
