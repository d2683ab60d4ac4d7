"""Which backups are kept."""

from datetime import UTC, datetime, timedelta

from cms.backups.retention import Retention

LAST = datetime(2026, 11, 27, 3, tzinfo=UTC)
YEAR = [LAST - timedelta(days=day) for day in range(365)]


def days(kept) -> list[str]:
    return [f"{moment:%m-%d}" for moment in sorted(kept)]


def test_newest_are_kept():
    assert days(Retention(3, 0, 0).kept(YEAR)) == ["11-25", "11-26", "11-27"]


def test_one_a_week_is_kept():
    assert days(Retention(1, 3, 0).kept(YEAR)) == ["11-09", "11-16", "11-23", "11-27"]


def test_one_a_month_is_kept():
    assert days(Retention(1, 0, 3).kept(YEAR)) == ["09-01", "10-01", "11-01", "11-27"]


def test_the_newest_stays_in_any_case():
    assert days(Retention(0, 0, 0).kept(YEAR)) == ["11-27"]


def test_day_by_day_it_keeps_what_it_kept():
    """Removed each day, as many weeks and months are left as when all were there."""
    rule, left = Retention(), set()
    for moment in reversed(YEAR):
        left = rule.kept(left | {moment})
    assert left == rule.kept(YEAR)
    assert len(left) < 14 + 8 + 6
    assert min(left) == datetime(2026, 6, 1, 3, tzinfo=UTC)
