"""A restore that is cut off anywhere is undone, or ended: never is half of it in place."""

import shutil
from pathlib import Path

import pytest

from api.releases.manifest import current_id
from api.releases.verify import pointer_faults, release_faults
from cms.backups import switching
from cms.backups.switching import ENDED, UNDONE, here, recover, switch, undo
from tests.releases import publish_everything
from toolkit.models import Mark

pytestmark = pytest.mark.django_db
POINTS = ("restore-ready", "restore-files", "restore-database", "restore-shown")


class PowerCut(BaseException):
    """The process has ended."""


class InFiles:
    """A database that is a file with a word in it."""

    def __init__(self, data: Path):
        self.path = data / "db"

    def close(self, aside: Path):
        aside.mkdir(parents=True)
        self.path.rename(aside / "db")

    def reopen(self, aside: Path):
        if (aside / "db").exists() and not self.path.exists():
            (aside / "db").rename(self.path)

    def switch(self, data: Path, aside: Path):
        if (data / "db").exists():
            (data / "db").replace(self.path)

    def clean(self, aside: Path):
        pass


@pytest.fixture
def site(releases, settings, tmp_path, monkeypatch) -> InFiles:
    """A site, and one that is made ready beside it: with another title, another upload, another database."""
    monkeypatch.setattr(switching, "PAUSE", 0)
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "now.txt").write_text("now")
    (tmp_path / "db").write_text("now")
    (tmp_path / "secret-key").write_text("key")
    data = here().data
    data.mkdir(parents=True)
    shutil.copytree(releases, data / "releases")
    settings.RELEASES_DIR = data / "releases"
    Mark.objects.filter(code="listening").update(title="From the backup")
    publish_everything()
    settings.RELEASES_DIR = releases
    (data / "media").mkdir()
    (data / "media" / "then.txt").write_text("then")
    (data / "db").write_text("then")
    (data / "secret-key").write_text("the key of then")
    database = InFiles(tmp_path)
    database.close(here().aside)
    return database


def is_as_then(folder: Path) -> bool:
    """Tell whether all of the restored site is in place, and nothing else."""
    assert pointer_faults(folder / "releases") == release_faults(folder / "releases", [1, 2]) == []
    assert (folder / "db").read_text() == "then"
    assert [path.name for path in (folder / "media").iterdir()] == ["then.txt"]
    assert (folder / "secret-key").read_text() == "the key of then"
    assert (folder / "secret-key.before").read_text() == "key"
    return current_id(folder / "releases") == 2 and not (folder / "restoring").exists()


def test_all_is_put_in_place(site, tmp_path):
    switch(site)
    assert is_as_then(tmp_path)


@pytest.mark.parametrize("point", POINTS)
def test_cut_off_while_switching_it_is_ended(site, tmp_path, monkeypatch, point):
    def cut(reached):
        if reached == point:
            raise PowerCut

    with monkeypatch.context() as patched, pytest.raises(PowerCut):
        patched.setattr(switching, "reach", cut)
        switch(site)
    assert current_id(tmp_path / "releases") == (2 if point == "restore-shown" else 1)
    assert pointer_faults(tmp_path / "releases") == []
    assert recover(site) == ENDED
    assert is_as_then(tmp_path)
    assert recover(site) == ""


def test_cut_off_before_it_is_undone(site, tmp_path):
    assert recover(site) == UNDONE
    assert (tmp_path / "db").read_text() == "now"
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["now.txt"]
    assert current_id(tmp_path / "releases") == 1


def test_database_that_was_not_closed_yet_stays(site, tmp_path):
    (tmp_path / "db").write_text("written since")
    undo(site)
    assert (tmp_path / "db").read_text() == "written since"
