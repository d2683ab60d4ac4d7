"""A backup is whole or not there, takes no room twice, and says what is wrong with it."""

import errno
import shutil
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.core.management.base import CommandError
from django.test import override_settings

from cms.backups import making
from cms.backups.backup import FACTS, SUMS, Backup, DamagedBackup, backups_in, read_sums, write_sums
from cms.backups.making import make_backup, remove_old
from cms.backups.retention import Retention
from cms.backups.sqlite import SqliteDatabase
from cms.backups.trying import faults_of
from cms.backups.unable import UnableToBackUp, UnableToReach
from tests.damage import WAYS

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Written:
    """A database that writes a few bytes: the real ones are in test_restore.py."""

    KIND, FILE = "sqlite", SqliteDatabase.FILE

    def version(self) -> str:
        return "3"

    @contextmanager
    def written(self, target: Path):
        target.write_bytes(b"rows")
        yield lambda: {"row": 4}

    def check_version(self, version: str):
        pass

    def tried(self, file: Path, scratch: Path) -> dict[str, int]:
        return {"row": len(file.read_bytes())}


@pytest.fixture
def site(releases, tmp_path, settings, monkeypatch):
    """A site with a release, an upload and a secret key, whose database is that of the test."""
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setattr("cms.backups.making.database", Written)
    monkeypatch.setattr("cms.backups.trying.database", Written)
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "hall.txt").write_text("hall")
    (tmp_path / "secret-key").write_text("key")
    (tmp_path / "secret-key").chmod(0o600)
    return tmp_path


@pytest.fixture
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture
def backup(site, folder) -> Backup:
    return make_backup(folder, now=NOW)


def test_anybody_can_check_it(backup):
    assert faults_of(backup) == []
    assert {"media/hall.txt", "secret-key", "releases/current", Written.FILE} <= backup.sums().keys()
    subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=backup.folder, check=True)


def test_nobody_else_can_read_it(backup):
    assert backup.folder.stat().st_mode & 0o077 == 0
    assert (backup.folder / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("name", [Written.FILE, "media/hall.txt", "releases/current", "secret-key", SUMS, "a blob"])
def test_damage_is_named(backup, name, damage):
    if name == "a blob":
        name = next(one for one in backup.sums() if one.startswith("releases/blobs/"))
    damage(backup.folder / name, Random(1))
    assert any(name in fault for fault in faults_of(Backup(backup.folder)))


def test_what_somebody_added_is_named(backup):
    (backup.folder / "media" / "more.txt").touch()
    assert faults_of(backup) == ["media/more.txt is no part of this backup"]


def test_rows_that_do_not_come_back_are_named(backup, monkeypatch):
    monkeypatch.setattr(Written, "tried", lambda *_arguments: {"row": 3})
    assert faults_of(backup) == ["database.sqlite3 restores 3 rows of row instead of 4"]


def test_same_files_take_no_room_again(backup, folder, site):
    (site / "media" / "new.txt").write_text("new")
    second = make_backup(folder, now=NOW + timedelta(days=1))
    both = backup.sums().keys() & second.sums().keys()
    assert all((backup.folder / name).samefile(second.folder / name) for name in both)
    assert second.sums().keys() - both == {"media/new.txt"}


def test_damaged_file_of_before_is_not_shared(backup, folder):
    (backup.folder / "media" / "hall.txt").write_text("hole")
    assert faults_of(make_backup(folder, now=NOW + timedelta(days=1))) == []


def test_changed_file_leaves_the_earlier_backup_as_it_was(backup, folder, site, monkeypatch):
    def change_when_copied(point):
        (site / "media" / "hall.txt").write_text("changed")

    monkeypatch.setattr(making, "reach", change_when_copied)
    second = make_backup(folder, now=NOW + timedelta(days=1))
    assert faults_of(backup) == faults_of(second) == []
    assert (second.folder / "media" / "hall.txt").read_text() == "changed"


def test_full_disk_leaves_nothing_behind(site, folder, monkeypatch):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cms.backups.making.write_whole", full)
    with pytest.raises(UnableToBackUp, match="is full. Make room"):
        make_backup(folder, now=NOW)
    assert [path.name for path in folder.iterdir()] == [".lock"]


def test_database_that_is_away_is_told(site, folder, monkeypatch):
    def away(*_arguments):
        raise UnableToReach("The database does not answer.")

    monkeypatch.setattr(Written, "version", away)
    with pytest.raises(UnableToBackUp, match="does not answer"):
        make_backup(folder, now=NOW)
    assert backups_in(folder) == []


def test_half_a_backup_is_none(backup, folder):
    half = shutil.copytree(backup.folder, folder / "2026-11-28T030000Z.unfinished")
    assert backups_in(folder) == [backup]
    make_backup(folder, now=NOW + timedelta(days=2))
    assert not half.exists()


def test_unsound_backup_does_not_count(site, folder, command, monkeypatch):
    monkeypatch.setattr(Written, "tried", lambda *_arguments: {"row": 3})
    with pytest.raises(CommandError, match=r"not sound, and does not count.*\n.*3 rows of row"):
        command("backup", str(folder))
    assert backups_in(folder) == []


def test_command_tells_and_lists(site, folder, command):
    assert "restored on trial, and all is well" in command("backup", str(folder))
    assert "MB, release 1, restored on trial" in command("backups", str(folder))
    assert "all is well" in command("backups", str(folder), "--verify")


@pytest.mark.parametrize("place", ["", "media/backups", "releases"])
def test_data_folder_is_no_place_for_backups(site, place):
    with pytest.raises(UnableToBackUp, match="must not lie in each other"):
        make_backup(site / place, now=NOW)


def test_place_has_to_be_said(site, command):
    with override_settings(BACKUP_DIR=None), pytest.raises(CommandError, match="Say where"):
        command("backup")


def test_old_ones_are_removed_but_the_last_that_was_tried(site, folder):
    for day in range(4):
        one = make_backup(folder, now=NOW + timedelta(days=day))
        if day == 1:
            one.was_tried(NOW)
    remove_old(folder, Retention(1, 0, 0))
    assert [one.name for one in backups_in(folder)] == ["2026-11-28T030000Z", "2026-11-30T030000Z"]


def test_two_at_once_are_one(site, folder):
    with making.alone(folder), pytest.raises(UnableToBackUp, match="just now"):
        make_backup(folder, now=NOW)


def test_names_of_any_kind_come_back():
    sums = {"media/a b.txt": "0" * 64, "media/new\nline\\.txt": "1" * 64, "media/ŵy\udcff": "2" * 64}
    assert read_sums(write_sums(sums)) == sums


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "media/../../outside"])
def test_names_that_lead_out_are_refused(name):
    with pytest.raises(DamagedBackup):
        read_sums(f"{'0' * 64}  {name}\n".encode())


def test_facts_of_another_kind_are_told(backup):
    (backup.folder / FACTS).write_text('{"format": 2}')
    assert "backup.json" in faults_of(Backup(backup.folder))[0]
