"""How publishing is, in words: each thing that can be wrong, and what stays hidden from whoever asks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic

import pytest
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Revision

from cms.health import State, checks_of, read_state
from cms.healthz import KEPT, PATIENCE, Question, all_checks, status_of
from cms.models import Change, Failure, Publisher
from cms.worker.loop import beat
from tests.releases import publish_everything, write_release
from tests.small_site import small_site
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WELL = State(now=NOW, worker_seen_at=NOW)


def ago(**time) -> datetime:
    return NOW - timedelta(**time)


def words(state: State) -> list[str]:
    """Give what is said about everything that is not well."""
    return [check.says for check in checks_of(state) if not check.is_well]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, []),
        ({"waiting_since": ago(seconds=60)}, []),
        ({"waiting_since": ago(minutes=3)}, ["Changes have been waiting to be published for 3\xa0minutes."]),
        ({"error": "The disk is full."}, ["Publishing fails. The disk is full."]),
        (
            {"failed_parts": 1},
            ["1 part of the site could not be built. Readers see its last good version."],
        ),
        ({"overdue": 2}, ["2 pages should have gone live or come down by now."]),
        ({"worker_seen_at": ago(seconds=90)}, []),
        (
            {"worker_seen_at": ago(hours=2)},
            ["No worker has been seen for 2\xa0hours. Dates are not kept. Start one: make worker"],
        ),
        # Whoever builds everything has no time to say so.
        ({"worker_seen_at": ago(hours=2), "is_at_work": True}, []),
        ({"worker_seen_at": None}, ["No worker has ever been seen. Dates are not kept. Start one: make worker"]),
        # A clock that was put back.
        ({"worker_seen_at": ago(hours=-1), "waiting_since": ago(hours=-1)}, []),
    ],
)
def test_trouble_is_said_in_words(found, said):
    assert words(replace(WELL, **found)) == said


@pytest.fixture
def asked(monkeypatch):
    """The database is asked in the test's own thread, which sees what the test has done."""
    monkeypatch.setattr("cms.healthz.question.state", read_state)


@pytest.fixture
def site(db, tmp_path, settings):
    settings.RELEASES_DIR = tmp_path / "releases"
    pages = small_site()
    publish_everything()
    beat()
    return pages


def answer(client, status: int = 200) -> dict:
    """Ask /healthz, as a load balancer does: by any host name, without TLS."""
    found = client.get("/healthz", headers={"host": "10.1.2.3"})
    assert found.status_code == status
    assert found["Cache-Control"] == "no-store"
    assert not found.cookies
    return found.json()


def test_healthy_server_says_so(site, asked, client, settings, django_assert_max_num_queries):
    settings.SECURE_SSL_REDIRECT = True
    with django_assert_max_num_queries(5):
        found = answer(client)
    assert found["status"] == "ok"
    assert all(check["ok"] and check["says"] for check in found["checks"].values())
    assert found["checks"]["release"] == {"ok": True, "says": "Release 1 is shown.", "id": 1}


def test_state_is_what_the_database_holds(site):
    minute = timedelta(minutes=1)
    Change.objects.create(kind=Change.Kind.EVERYTHING)
    Change.objects.update(made_at=timezone.now() - 2 * minute)
    Failure.objects.create(target="page:a@en", title="A secret title", reason="It broke.")
    Mark.objects.filter(code="hearing").update(expire_at=timezone.now() - 2 * minute)
    Mark.objects.filter(code="speaking").update(expire_at=timezone.now() - minute / 2)
    Publisher.objects.update(error="The disk is full.")
    found = read_state()
    assert (found.failed_parts, found.overdue, found.error) == (1, 1, "The disk is full.")
    assert abs(found.now - found.waiting_since - 2 * minute) < minute / 2
    assert abs(found.now - found.worker_seen_at) < minute / 2
    site["a-guide"].go_live_at = timezone.now() + minute
    site["a-guide"].save_revision().publish()
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now() - 2 * minute)
    assert read_state().overdue == 2


def test_trouble_degrades_but_keeps_serving(site, asked, client):
    Failure.objects.create(target="page:a@en", title="A secret title", reason="It broke.")
    found = answer(client)
    assert found["status"] == "degraded"
    assert found["checks"]["parts"]["failed"] == 1
    # Titles of drafts, names and reasons are for editors alone.
    assert "secret" not in str(found)


def test_server_without_database_stays_in_rotation(site, client, monkeypatch):
    monkeypatch.setattr("cms.healthz.question.state", lambda: None)
    found = answer(client)
    assert found["status"] == "degraded"
    assert not found["checks"]["database"]["ok"]
    assert set(found["checks"]) == {"release", "newest_release", "database"}


def test_server_with_nothing_to_show_leaves_rotation(db, asked, client, tmp_path, settings):
    settings.RELEASES_DIR = tmp_path / "empty"
    found = answer(client, 503)
    assert found["status"] == "failing"
    assert found["checks"]["release"] == {
        "ok": False,
        "says": "No release can be read: there is nothing to show.",
        "id": None,
    }


def test_damaged_release_is_told(site, asked, client, settings):
    assert answer(client)["status"] == "ok"
    (settings.RELEASES_DIR / "current").write_text("7 nonsense")
    found = answer(client)
    assert found["status"] == "degraded"
    assert found["checks"]["release"]["id"] == 1
    assert not found["checks"]["newest_release"]["ok"]


def test_release_without_content_is_none(db, asked, client, tmp_path, settings):
    settings.RELEASES_DIR = tmp_path / "bare"
    write_release([], settings.RELEASES_DIR)
    assert answer(client, 503)["status"] == "failing"


def test_only_reading_is_allowed(site, asked, client):
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200
    assert client.get("/healthz/").status_code == 404


def test_status_sums_up(site):
    found = all_checks(replace(WELL, overdue=1))
    assert status_of(found) == "degraded"
    assert status_of(all_checks(WELL)) == "ok"


class Asked:
    """A database that counts how often it is asked, and may hang."""

    def __init__(self, monkeypatch):
        self.times = 0
        self.goes_on = Event()
        self.goes_on.set()
        self.error = None
        monkeypatch.setattr("cms.healthz.read_state", self)

    def __call__(self) -> State:
        self.times += 1
        self.goes_on.wait(60)
        if self.error:
            raise self.error
        return WELL


@pytest.fixture
def database(monkeypatch):
    database = Asked(monkeypatch)
    yield database
    database.goes_on.set()


def test_hanging_database_is_not_waited_for(database):
    database.goes_on.clear()
    question, began = Question(), monotonic()
    assert question.state() is None
    assert PATIENCE <= monotonic() - began < 2
    # The next one is answered at once, and does not start another thread that hangs.
    assert question.state() is None
    assert monotonic() - began < 2
    assert database.times == 1


def test_answer_is_kept_for_a_moment(database, monkeypatch):
    question = Question()
    assert question.state() == question.state() == WELL
    assert database.times == 1
    later = monotonic() + KEPT + 1
    monkeypatch.setattr("cms.healthz.monotonic", lambda: later)
    database.error = OperationalError("gone")
    assert question.state() is None
    assert database.times == 2
