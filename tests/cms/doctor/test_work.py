"""What the doctor says of the worker, of publishing and of the clocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cms.doctor import clock, work
from cms.doctor.clock import against_the_database, against_the_past
from cms.models import Change, Failure, Publisher
from cms.worker.loop import beat
from tests.cms.doctor.looking import ill, verdicts

NOW = datetime(2027, 1, 5, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_worker_that_is_there_is_well():
    beat()
    assert ill(work.look()) == ""
    assert set(verdicts(work.look())) == {"publishing", "changes", "parts", "dates", "worker"}


@pytest.mark.django_db
def test_trouble_with_publishing_is_told():
    beat()
    Publisher.objects.update(worker_seen_at=datetime.now(UTC) - timedelta(hours=1), error="The disk is full.")
    Failure.objects.create(target="page:a@en", title="A", reason="It broke.")
    Change.objects.create(kind=Change.Kind.EVERYTHING, made_at=datetime.now(UTC) - timedelta(hours=1))
    assert verdicts(work.look()) == {
        "publishing": "broken",
        "changes": "warning",
        "parts": "warning",
        "dates": "ok",
        "worker": "broken",
    }
    assert "The disk is full." in ill(work.look())


@pytest.mark.django_db
def test_clocks_agree_here(site):
    assert ill(clock.look()) == ""


@pytest.mark.django_db
def test_clock_that_was_put_back_is_told(site, monkeypatch):
    monkeypatch.setattr(clock, "_latest", lambda: datetime.now(UTC) + timedelta(days=1))
    assert "broken: The clock is behind" in ill(clock.look())


def test_latest_moment_is_that_of_the_release(site, monkeypatch):
    monkeypatch.setattr(clock, "looked_at", lambda: date(2026, 1, 1))
    assert clock._latest() == datetime(2026, 11, 24, 10, tzinfo=UTC)
    (site.RELEASES_DIR / "current").write_text("nonsense")
    assert clock._latest() == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("apart", "verdict"),
    [({"hours": -1}, "ok"), ({"seconds": 59}, "ok"), ({"minutes": 2}, "broken"), ({"days": 1}, "broken")],
)
def test_moments_that_are_over_judge_the_clock(apart, verdict):
    assert against_the_past(NOW, NOW + timedelta(**apart)).verdict == verdict


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [(0, "ok"), (-1.5, "ok"), (5, "warning"), (-30, "warning"), (61, "broken"), (-86400, "broken")],
)
def test_clock_of_the_database_judges_ours(seconds, verdict):
    assert against_the_database(NOW, NOW + timedelta(seconds=seconds)).verdict == verdict
