"""`manage.py prune_releases` frees what no kept release needs, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.core.management import CommandError

from api.releases.manifest import blob_path, current_id, current_release, manifest_path, read_release, release_ids
from api.releases.server import ReleaseReader
from cms.publishing import prune as pruning
from cms.publishing.prune import UnableToPrune, prune
from cms.publishing.targets import Resource
from cms.publishing.writer import write_manifest
from tests.damage import files_below, flip, remove
from tests.releases import go_to, shown, write_release

pytestmark = pytest.mark.django_db
# Long ago, so that nothing here is young by the clock of the machine.
NOW = datetime(2025, 11, 24, 12, tzinfo=UTC)
PAGES = 40


def site(number: int) -> list[Resource]:
    """Give a site of pages that stay, one that changes, and an asset whose address changes with its bytes."""
    same = [Resource(f"/en/{page}/", f"<p>Page {page}</p>".encode() * 9, "text/html") for page in range(PAGES)]
    style = f"p {{ margin: {number}px }}".encode() * 9
    home = f"<link href='/assets/site-{number}.css'>".encode() * 9
    return [*same, Resource("/en/", home, "text/html"), Resource(f"/assets/site-{number}.css", style, "text/css")]


@pytest.fixture
def folder(tmp_path, settings):
    """Ten releases, one a day; the newest was made today."""
    settings.RELEASES_DIR = tmp_path / "releases"
    for number in range(1, 11):
        release = write_release(site(number), settings.RELEASES_DIR)
        made_at = f"{NOW - timedelta(days=10 - number):%Y-%m-%dT%H:%M:%SZ}"
        write_manifest(settings.RELEASES_DIR, replace(release, made_at=made_at))
    go_to(settings.RELEASES_DIR, 10)
    return settings.RELEASES_DIR


def kept_bytes(folder) -> dict:
    """Give what each release shows, by its id."""
    current, found = current_id(folder), {}
    for release_id in release_ids(folder):
        go_to(folder, release_id)
        found[release_id] = shown(folder)
    go_to(folder, current)
    return found


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("keep", "days", "current", "kept"),
    [
        (3, 0, 10, [8, 9, 10]),
        (1, 0, 10, [10]),
        (1, 4.5, 10, [6, 7, 8, 9, 10]),
        (2, 1.5, 4, [4, 9, 10]),
        (50, 0, 10, list(range(1, 11))),
    ],
)
def test_kept_releases_keep_every_byte(folder, keep, days, current, kept):
    before = kept_bytes(folder)
    go_to(folder, current)
    pruned = prune(folder, keep=keep, since=days_ago(days))
    assert release_ids(folder) == kept
    assert pruned.releases == sorted(set(range(1, 11)) - set(kept))
    assert current_id(folder) == current
    assert kept_bytes(folder) == {release_id: before[release_id] for release_id in kept}


def test_all_else_is_freed(folder, tmp_path):
    """What is left is just what writing the kept release alone gives."""
    before = sum(file.stat().st_size for file in files_below(folder))
    pruned = prune(folder, keep=1, since=NOW)
    alone = tmp_path / "alone"
    write_release(site(10), alone)
    assert {file.name for file in files_below(folder / "blobs")} == {
        file.name for file in files_below(alone / "blobs")
    }
    assert before - pruned.size == sum(file.stat().st_size for file in files_below(folder))


def test_asset_is_there_as_long_as_its_release(folder):
    """Also for a server that has shown it, and would remember."""
    running = ReleaseReader(folder)
    paths = [f"/assets/site-{number}.css" for number in (3, 9, 10)]
    assert all(running.find(path) for path in paths)
    prune(folder, keep=2, since=NOW)
    for reader in (running, ReleaseReader(folder)):
        assert [bool(reader.find(path)) for path in paths] == [False, True, True]
        assert all(reader.content(f"/en/{page}/") for page in range(PAGES))


def test_leftovers_go_too(folder):
    (folder / "blobs/ab").mkdir(exist_ok=True)
    for name in ("000011.json.77.unfinished", "blobs/ab/ab.1.unfinished", f"blobs/ab/{'ab' * 32}"):
        (folder / name).write_bytes(b"left")
    assert prune(folder, keep=50, since=NOW) == pruning.Pruned([], 3, 12)
    assert prune(folder, keep=50, since=NOW) == pruning.Pruned([], 0, 0)


def test_dry_run_removes_nothing(folder):
    before = {file: file.stat().st_mtime_ns for file in files_below(folder)}
    would = prune(folder, keep=1, since=NOW, dry_run=True)
    assert {file: file.stat().st_mtime_ns for file in files_below(folder)} == before
    assert would == prune(folder, keep=1, since=NOW)


@pytest.mark.parametrize("step", [1, 2, 5, 9, 10, 11, 14])
def test_whatever_is_there_is_whole_when_it_breaks(folder, monkeypatch, step):
    """The next one frees what this one did not come to."""
    before, unlink, done = kept_bytes(folder), type(folder).unlink, []

    def breaking(path, *arguments, **options):
        done.append(path)
        if len(done) == step:
            raise OSError(5, "Input/output error")
        unlink(path, *arguments, **options)

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr(type(folder), "unlink", breaking)
        prune(folder, keep=1, since=NOW)
    assert kept_bytes(folder) == {release_id: before[release_id] for release_id in release_ids(folder)}
    prune(folder, keep=1, since=NOW)
    assert prune(folder, keep=1, since=NOW).files == 0
    assert kept_bytes(folder) == {10: before[10]}


def test_damaged_current_release_stops_it(folder):
    flip(blob_path(folder, current_release(folder).resources.sha256), Random(1))
    before = files_below(folder)
    with pytest.raises(UnableToPrune, match=r"(?s)current release is damaged.*verify_release --repair"):
        prune(folder, keep=1, since=NOW)
    assert files_below(folder) == before


@pytest.mark.parametrize("part", ["manifest", "piece"])
def test_unread_older_release_stops_it_until_it_may_go(folder, part):
    before = kept_bytes(folder)
    file = (
        manifest_path(folder, 9)
        if part == "manifest"
        else blob_path(folder, read_release(folder, 9).resources.sha256)
    )
    remove(file, Random(1)) if part == "piece" else flip(file, Random(1))
    with pytest.raises(UnableToPrune, match=r"(?s)What release 9 needs.*: manage.py prune_releases --damaged"):
        prune(folder, keep=3, since=NOW)
    assert release_ids(folder) == list(range(1, 11))
    assert prune(folder, keep=3, since=NOW, damaged=True).releases == [1, 2, 3, 4, 5, 6, 7, 9]
    assert kept_bytes(folder) == {release_id: before[release_id] for release_id in (8, 10)}


def test_damaged_newest_release_stays_until_the_next(folder):
    go_to(folder, 4)
    flip(manifest_path(folder, 10), Random(1))
    with pytest.raises(UnableToPrune, match="Publish first"):
        prune(folder, keep=1, since=NOW, damaged=True)
    assert release_ids(folder) == list(range(1, 11))


def test_command_says_what_went(folder, command):
    assert "Would remove 8 releases (1, 2, 3, 4, 5, 6, 7, 8) and" in prune_command(command, "--dry-run")
    assert "Removed 8 releases (1, 2, 3, 4, 5, 6, 7, 8) and" in prune_command(command)
    assert release_ids(folder) == [9, 10]
    assert prune_command(command) == "There is nothing to remove: every file belongs to a release that is kept.\n"


def prune_command(command, *options: str) -> str:
    """Keep two releases: by the clock of the machine, all were made long ago."""
    return command("prune_releases", "--keep", "2", "--days", "0", *options)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--keep", "0"], "--keep must be at least 1"),
        (["--keep", "-3"], "--keep must be at least 1"),
        (["--days", "-1"], "--days must be from 0 to"),
        (["--days", "99999999"], "--days must be from 0 to"),
        (["--keep", "many"], "invalid int value"),
    ],
)
def test_bad_input_gets_a_sentence(folder, command, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        command("prune_releases", *options)
    assert len(release_ids(folder)) == 10


def test_empty_folder_gets_a_sentence(db, settings, tmp_path, command):
    settings.RELEASES_DIR = tmp_path
    with pytest.raises(CommandError, match="There is no release yet"):
        command("prune_releases")
