"""Trouble in the middle of a build: the last release stays whole, the words wait, and the next publish completes."""

import os
import subprocess
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from api.releases.manifest import current_release
from tests.e2e.crash.places import Place, Publishers, copy_of
from tests.e2e.crash.sound import damage, titles

numbers = count(1)
AWAY = "The database did not answer. It is tried again by itself."
NO_SPACE = "The disk of the server is full. Ask whoever looks after it to make room."
NOT_WRITTEN = "The server could not write its files. Ask whoever looks after it to have a look."


def in_trouble(folder: Path, publishers: Publishers, **how) -> str:
    """Publish an edit while something goes wrong, and see that nothing breaks; give the error."""
    before = current_release(folder)
    done = publishers.one(edits={"listening": f"In trouble {next(numbers)}"}, releases=str(folder), **how)
    assert done["status"] == 1, f"{done} {publishers.log}"
    assert current_release(folder) == before
    assert damage(folder) == []
    return done["said"]["error"]


def mended(folder: Path, publishers: Publishers) -> str:
    """Publish when the trouble is over, and see that what waited is there; give what editors were told before."""
    waiting = publishers.one(look=True)["said"]
    assert waiting["changes"] > 0
    after = publishers.one(releases=str(folder))
    assert (after["status"], after["said"]["changes"], after["said"]["error"]) == (0, 0, ""), publishers.log
    assert after["said"]["owner"] == ""
    assert after["said"]["titles"]["listening"] in titles(folder)
    assert damage(folder) == []
    assert list(folder.rglob("*.unfinished")) == []
    return waiting["error"]


@pytest.mark.needs("initdb")
def test_cut_connection_is_survived(on_postgres, postgres_publishers):
    folder = on_postgres.releases
    assert "OperationalError" in in_trouble(folder, postgres_publishers, trouble="connection_is_cut")
    assert mended(folder, postgres_publishers) == AWAY


def test_moved_database_is_survived(on_sqlite, sqlite_publishers):
    folder = on_sqlite.releases
    assert "OperationalError" in in_trouble(folder, sqlite_publishers, trouble="database_is_moved")
    (on_sqlite.data / "away.sqlite3").replace(on_sqlite.data / "db.sqlite3")
    mended(folder, sqlite_publishers)


@pytest.fixture
def small_disk(on_sqlite, tmp_path):
    """A copy of the release folder on a disk of its own, where one may be mounted; else None."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk], capture_output=True).returncode:
        yield None
        return
    try:
        yield copy_of(on_sqlite.data, disk) / "releases"
    finally:
        subprocess.run(["umount", disk], check=True)


def test_full_disk_is_survived(small_disk, on_sqlite, sqlite_publishers):
    if small_disk:
        filling = small_disk.parent / "filling"
        fill(filling)
        assert "No space left" in in_trouble(small_disk, sqlite_publishers)
        filling.unlink()
        assert mended(small_disk, sqlite_publishers) == NO_SPACE
    else:
        assert "File too large" in in_trouble(on_sqlite.releases, sqlite_publishers, trouble="files_stay_small")
        assert mended(on_sqlite.releases, sqlite_publishers) == NOT_WRITTEN


def fill(file: Path):
    """Write a file until its disk has no room left."""
    with open(file, "wb", buffering=0) as filling:
        while free := os.statvfs(file).f_bavail * os.statvfs(file).f_bsize:
            filling.write(b"\0" * free)


def test_unwritable_folder_is_survived(on_sqlite, sqlite_publishers):
    folder = on_sqlite.releases
    with nobody_may_write(folder):
        how = {"trouble": "root_may_not_all"} if os.getuid() == 0 else {}
        assert "Permission denied" in in_trouble(folder, sqlite_publishers, **how)
    assert mended(folder, sqlite_publishers) == NOT_WRITTEN


@contextmanager
def nobody_may_write(folder: Path):
    """Take the right to write away from all of a folder, and give it back."""
    modes = {path: path.stat().st_mode for path in [folder, *folder.rglob("*")]}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def test_template_that_raises_holds_up_one_page(place: Place, publishers: Publishers):
    before = titles(place.releases)
    edits = {"listening": "Cannot be shown", "good-endings": "Can be shown"}
    done = publishers.one(edits=edits, trouble="template_raises_on_one_page")
    assert (done["status"], done["said"]["changes"]) == (0, 0)
    # In each language that it is in: its translations are out of date now, and so are built anew.
    [held_up] = {name.partition("@")[0] for name in done["said"]["failures"]}
    assert held_up.startswith("page:")
    assert "Can be shown" in titles(place.releases) - before
    assert damage(place.releases) == []
    after = publishers.one()
    assert (after["status"], after["said"]["failures"]) == (0, [])
    assert {"Cannot be shown", "Can be shown"} <= titles(place.releases)
