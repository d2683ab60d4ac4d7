"""How old the newest backup is, when the next one is due, and what monitoring is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cms.backups import daily
from cms.backups.backup import FACTS, Backup
from cms.backups.daily import Daily
from cms.backups.state import check_backups, is_due
from cms.health import check_backup
from cms.healthz import all_checks

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    settings.BACKUP_DIR = tmp_path
    return tmp_path


def made(folder: Path, moment: datetime, *, tried: bool = True):
    """Put something into the folder that counts as a backup."""
    backup = Backup(folder / moment.strftime("%Y-%m-%dT%H%M%SZ"))
    backup.folder.mkdir()
    (backup.folder / FACTS).touch()
    if tried:
        backup.was_tried(moment)


def test_nothing_is_said_where_none_are_wanted(settings):
    settings.BACKUP_DIR = None
    assert check_backups(NOON).is_well
    assert "backup" not in [check.name for check in all_checks(None)]


@pytest.mark.parametrize(
    ("hours", "tried", "said", "is_well"),
    [
        (None, True, "There is no backup yet that was restored on trial.", False),
        (9, True, "The newest backup that was restored on trial is 9\xa0hours old.", True),
        (9, False, "There is no backup yet that was restored on trial.", False),
        (50, True, "The newest backup that was restored on trial is 2\xa0days, 2\xa0hours old.", False),
    ],
)
def test_age_is_told(folder, hours, tried, said, is_well):
    if hours is not None:
        made(folder, NOON - timedelta(hours=hours), tried=tried)
    check = check_backup(check_backups(NOON))
    assert (check.says, check.is_well) == (said, is_well)


def test_folder_that_cannot_be_read_is_told(folder, settings):
    settings.BACKUP_DIR = folder / "file"
    settings.BACKUP_DIR.touch()
    assert "cannot be looked at" in check_backup(check_backups(NOON)).says


def test_healthz_tells_it(folder):
    [check] = [check for check in all_checks(None) if check.name == "backup"]
    assert check.figures == {"seconds_old": None, "count": 0}


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        (NOON, None, True),
        (NOON, datetime(2026, 11, 27, 3, 1, tzinfo=UTC), False),
        (NOON, datetime(2026, 11, 27, 2, 59, tzinfo=UTC), True),
        (NOON.replace(hour=2), datetime(2026, 11, 26, 3, 1, tzinfo=UTC), False),
        (NOON.replace(hour=2), datetime(2026, 11, 26, 2, 59, tzinfo=UTC), True),
    ],
)
def test_one_is_due_after_three_at_night(folder, now, last, due):
    if last:
        made(folder, last)
    assert is_due(check_backups(now)) is due


class Begun:
    """A process that has begun; it runs until `returncode` is set."""

    count = 0

    def __init__(self, command, **_options):
        Begun.count += 1
        self.returncode = None

    def poll(self):
        return self.returncode


def test_worker_begins_one_at_a_time_and_rests_after_a_failure(folder, monkeypatch, caplog):
    monkeypatch.setattr(daily.subprocess, "Popen", Begun)
    mine, counts = Daily(), []
    for minutes, ends in ((0, None), (1, 1), (2, None), (62, 0), (63, None)):
        if mine.process:
            mine.process.returncode = ends
        mine.look(NOON + timedelta(minutes=minutes))
        counts.append(Begun.count)
    assert counts == [1, 1, 1, 2, 2]
    assert "The daily backup failed" in caplog.text
