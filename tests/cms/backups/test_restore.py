"""Yesterday's backup comes back, and what people took back since does not."""

import shutil
from pathlib import Path

import pytest

from api.releases.manifest import release_ids
from cms.backups.backup import Backup, backups_in
from tests.cms.backups.conftest import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def site(new_site, folder) -> Site:
    """A site of which two backups were made; then words were taken back, and a board was deleted."""
    made = new_site()
    made.act(f"older_then_newer({str(folder)!r})")
    return made


@pytest.fixture(scope="module")
def backup(site, folder) -> Backup:
    return backups_in(folder / "newer")[0]


@pytest.fixture(scope="module")
def before(site) -> int:
    """The newest release before the restore."""
    return release_ids(site.data / "releases")[-1]


@pytest.fixture(scope="module")
def refusals(site, backup, folder, before) -> list[str]:
    """What is said where a restore would be wrong; nothing has changed afterwards."""
    damaged = folder / "damaged"
    shutil.copytree(backup.folder, damaged)
    (damaged / "media" / "kept.txt").write_bytes(b"kepT")
    said = [site.refused("restore", str(backup.folder)), site.refused("restore", str(damaged), "--replace")]
    assert site.act("tell()")["title"] == "Listening later"
    return said


@pytest.fixture(scope="module")
def said(site, backup, refusals) -> str:
    """What a restore prints, after one that was killed with the database away."""
    site.killed("restore-closed", "restore", str(backup.folder), "--replace")
    return site.manage("restore", str(backup.folder), "--replace")


@pytest.fixture(scope="module")
def facts(site, said) -> dict:
    """What is there afterwards."""
    return site.act("tell()")


def test_site_is_not_replaced_unasked(refusals):
    assert "add --replace" in refusals[0]


def test_damaged_backup_is_refused_by_name(refusals):
    assert "media/kept.txt holds other bytes than were written. Nothing was changed" in refusals[1]


def test_cut_off_restore_is_undone_first(said):
    assert "A restore that was cut off is undone" in said
    assert "Restored in" in said


def test_processes_that_remember_the_site_of_before_have_to_be_restarted(said):
    assert "Restart the server and the worker, so that they forget what they knew." in said


def test_words_that_were_taken_back_stay_away(facts):
    assert (facts["tables"], facts["needles"]) == ([], [])
    assert (facts["withdrawn"], facts["finished"]) == (1, 1)


def test_scores_of_the_backup_come_back(facts):
    assert facts["scores"] == [4, 7]


def test_deleted_board_stays_away(facts):
    assert facts["boards"] == 1


def test_uploads_are_those_of_the_backup(facts):
    assert facts["uploads"] == ["kept.txt"]


def test_publish_during_backup_is_in_it(facts):
    assert facts["title"] == "Listening meanwhile"
    assert facts["pictures"] == [True]


def test_readers_go_on_from_the_newest_release(facts, before):
    assert facts["release"] == before + 1
    assert facts["faults"] == []


def test_who_left_the_team_stays_out(facts, said):
    assert facts["users"] == ["kim"]
    assert "are closed: jo" in said


def test_erased_account_stays_away(facts):
    assert facts["has_erased"] is False


def test_nothing_is_left_of_the_restore(facts):
    assert facts["left"] == []


def test_older_backup_comes_up_on_a_new_machine(site, facts, folder, new_site):
    older, record = backups_in(folder / "older")[0], site.data / "releases" / "withdrawn.json"
    machine = new_site(empty=True)
    printed = machine.manage("restore", str(older.folder), "--withdrawn", str(record))
    found = machine.act("tell()")
    assert "Taken back: 1" in printed
    assert "There is no site here yet: what was taken back" in printed
    assert "Start the server and the worker." in printed
    assert (found["tables"], found["needles"]) == ([], [])
    assert (found["boards"], found["scores"], found["missing_migrations"]) == (1, [4, 7], [])
    assert (found["title"], found["faults"]) == ("Listening", [])
    # Jo and Sam worked on the site when it was made, and nobody knows better there.
    assert found["users"] == ["jo", "kim", "sam"]
