"""Pulling: a server goes from whichever release it has to the shared one as a whole, or keeps the one it has."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import storages

from api.releases.files import locked
from api.releases.follow import LONGEST_PAUSE, PAUSE, Follower
from api.releases.manifest import current_release, manifest_path, pieces_in, tree_of
from api.releases.pull import has_news, pull
from api.releases.server import ReleaseReader
from api.releases.shared import SharedStorage, StorageFailed
from api.releases.tree import DamagedRelease
from cms.publishing.targets import Resource
from cms.publishing.writer import BlobWriter, point_to, trees_of, write_manifest
from tests.releases import go_to, released, shown, write_release
from tests.shared import contents, counted, damage, sharing

# Enough for a tree of many pieces.
PAGES = 150


def site(word: str, *, pages: int = PAGES, changed: int = 1) -> list[Resource]:
    """Give the resources of a site that says a word on its first pages, and always the same on the others."""
    words = [word if number < changed else "always" for number in range(pages)]
    return [
        Resource(f"/en/{number}/", f"<p>{said} {number}</p>".encode(), "text/html")
        for number, said in enumerate(words)
    ]


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """A folder with three releases of a site; the second and the third change one page each time."""
    folder = tmp_path_factory.mktemp("written") / "storage"
    for word in ("first", "second", "third"):
        write_release(site(word), folder)
    return folder


@pytest.fixture
def storage(written, tmp_path, settings) -> Path:
    """The folder of a shared storage, as a publisher leaves it: it has the layout of a release folder."""
    folder = tmp_path / "storage"
    settings.STORAGES = settings.STORAGES | sharing(folder)
    for name, content in contents(written).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def shared(storage) -> SharedStorage:
    return SharedStorage(storages["releases"])


@pytest.fixture
def folder(tmp_path) -> Path:
    """The release folder of a server that has nothing yet."""
    return tmp_path / "server"


def at(release_id: int, storage: Path, shared: SharedStorage, folder: Path):
    """Bring a server to a release, and leave the storage at the third."""
    go_to(storage, release_id)
    pull(folder, shared)
    go_to(storage, 3)


def test_empty_server_pulls_everything(storage, shared, folder):
    pulled = pull(folder, shared)
    assert shown(folder) == shown(storage)
    assert pulled.release == current_release(storage)
    assert pulled.files == len(contents(folder)) - len(["manifest", "pointer"])


def test_pulled_release_is_whole(storage, shared, folder):
    """The trees that only a publisher reads are there, too: any server may publish next."""
    pull(folder, shared)
    release = current_release(folder)
    for tree in (release.resources, release.nodes, release.readers):
        assert dict(tree_of(folder, tree).items()) == dict(tree_of(storage, tree).items())


@pytest.mark.parametrize("had", [1, 2])
def test_older_server_pulls_only_the_difference(had, storage, shared, folder):
    at(had, storage, shared, folder)
    with counted() as asked:
        pulled = pull(folder, shared)
    assert shown(folder) == shown(storage)
    # A page in three forms, and the pieces on the way to it; then the pointer, the manifest, and the record of what
    # was taken back.
    assert pulled.files <= 3 + 3
    assert asked == {"read": pulled.files + 3}


def test_server_goes_back_as_well(storage, shared, folder):
    at(3, storage, shared, folder)
    go_to(storage, 1)
    with counted() as asked:
        assert pull(folder, shared).release.id == 1
    assert shown(folder) == shown(storage)
    assert asked["read"] <= 9
    go_to(storage, 3)
    assert pull(folder, shared).files == 0


def test_looking_costs_one_request(storage, shared, folder):
    pull(folder, shared)
    with counted() as asked:
        assert not has_news(folder, shared)
        assert pull(folder, shared) is None
    assert asked == {"read": 2}


def test_release_of_another_history_is_replaced(storage, shared, folder):
    write_release([Resource("/en/other/", b"<p>Other</p>", "text/html")], folder)
    pull(folder, shared)
    write_release([Resource("/en/other/", b"<p>Other 4</p>", "text/html")], folder)
    assert pull(folder, shared).release.id == 3
    assert shown(folder) == shown(storage)


def test_manifest_of_the_same_id_is_replaced(storage, shared, folder):
    for word in ("mine", "also mine", "still mine"):
        write_release(site(word, pages=1), folder)
    pull(folder, shared)
    assert manifest_path(folder, 3).read_bytes() == manifest_path(storage, 3).read_bytes()
    assert shown(folder) == shown(storage)


@pytest.mark.parametrize("what", ["pointer", "manifest", "every blob"])
def test_damaged_server_is_mended(what, storage, shared, folder):
    at(1, storage, shared, folder)
    for name in contents(folder):
        if {"pointer": name == "current", "manifest": name.endswith(".json"), "every blob": "blobs" in name}[what]:
            (folder / name).write_bytes(b"")
    pull(folder, shared)
    pull(folder, shared, everything=True)
    assert shown(folder) == shown(storage)


def refused(shared, folder, error=DamagedRelease):
    before = contents(folder)
    with pytest.raises(error):
        pull(folder, shared)
    now = contents(folder)
    assert {name: now[name] for name in before} == before
    assert not [name for name in now.keys() - before.keys() if not name.startswith("blobs/")]


@pytest.mark.parametrize("end", ["", ".br", ".gz"])
@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:-1] + b"!"), Path.unlink])
def test_damaged_blob_is_refused_until_mended(end, spoil, storage, shared, folder):
    at(1, storage, shared, folder)
    before, blob = shown(folder), released(storage)["/en/0/"].sha256
    path = storage / "blobs" / blob[:2] / f"{blob}{end}"
    content = path.read_bytes()
    spoil(path)
    refused(shared, folder)
    assert shown(folder) == before
    path.write_bytes(content)
    pull(folder, shared)
    assert shown(folder) == shown(storage)


@pytest.mark.parametrize("what", ["current", "000003.json", "piece"])
def test_damaged_release_is_refused_until_mended(what, storage, shared, folder):
    at(1, storage, shared, folder)
    root = current_release(storage).resources.sha256
    path = storage / (f"blobs/{root[:2]}/{root}" if what == "piece" else what)
    content = path.read_bytes()
    for spoiled in (content[:-2], content.replace(b"3", b"4"), b""):
        path.write_bytes(spoiled)
        refused(shared, folder)
    path.write_bytes(content)
    pull(folder, shared)
    assert shown(folder) == shown(storage)


def test_storage_that_is_away_is_no_empty_one(storage, shared, folder):
    pull(folder, shared)
    storage.rename(storage.with_name("away"))
    with pytest.raises(StorageFailed, match="there is no folder"):
        pull(folder, shared)
    assert current_release(folder).id == 3


def test_empty_storage_changes_nothing(settings, tmp_path, folder):
    settings.STORAGES = settings.STORAGES | sharing(tmp_path / "empty")
    write_release(site("mine", pages=1), folder)
    assert pull(folder, SharedStorage(storages["releases"])) is None
    assert current_release(folder).id == 1


@pytest.mark.parametrize("had", [None, 1])
def test_network_that_breaks_at_any_read_keeps_the_old(had, storage, shared, folder):
    if had:
        at(had, storage, shared, folder)
    before = had and shown(folder)
    # From an empty folder there are hundreds of reads, and each time fewer: a few of them stand for all.
    for step in range(1, 7) if had else (1, 2, 3, 20, 100, 200):
        with counted(fails_at=("read", step)):
            refused(shared, folder, StorageFailed)
        assert (shown(folder) if had else current_release(folder)) == before
    pull(folder, shared)
    assert shown(folder) == shown(storage)


class Killed(BaseException):
    """What a test ends a pull with, as if the power had gone."""


@pytest.mark.parametrize("step", range(12))
def test_server_that_dies_at_any_step_stays_whole(step, storage, shared, folder, monkeypatch):
    at(1, storage, shared, folder)
    before, calls = shown(folder), []

    def dying(function):
        def call(*arguments):
            calls.append(arguments)
            if len(calls) > step:
                raise Killed
            return function(*arguments)

        return call

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Path, "replace", dying(Path.replace))
        patch.setattr(os, "fsync", dying(os.fsync))
        pull(folder, shared)
    reader = ReleaseReader(folder)
    reader.refresh()
    assert reader.release.id == current_release(folder).id == 1
    assert shown(folder) == before
    pull(folder, shared)
    assert shown(folder) == shown(storage)


def test_strange_names_lead_nowhere(storage, shared, folder):
    """Whoever can write to the storage can still not write anywhere else on a server."""
    entry = {"sha256": "../../../evil", "type": "text/html", "size": 1}
    tree = trees_of(storage, None, pieces_in(storage))["resources"].changed({"/en/": entry})
    blobs = BlobWriter(storage)
    blobs.keep_pieces([tree])
    blobs.close()
    release = replace(current_release(storage), id=4, resources=tree.root)
    write_manifest(storage, release)
    point_to(storage, release)
    with pytest.raises(DamagedRelease, match="is not the name of a blob"):
        pull(folder, shared)


@pytest.fixture
def follower(shared, folder):
    return Follower(folder, shared)


def test_follower_brings_what_is_new(follower, storage, folder):
    follower.look()
    assert shown(folder) == shown(storage)
    write_release(site("fourth"), storage)
    follower.look()
    assert current_release(folder).id == 4


def test_follower_says_what_is_wrong_once(follower, storage, folder, caplog):
    follower.look()
    blob = write_release(site("fourth"), storage) and released(storage)["/en/0/"].sha256
    content, pauses = damage(storage, blob), []
    for _time in range(6):
        follower.look()
        pauses.append(follower.pause)
    assert pauses == [PAUSE * 2, PAUSE * 4, PAUSE * 8, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    assert current_release(folder).id == 3
    assert len(caplog.messages) == 1
    assert blob in caplog.messages[0]
    (storage / "blobs" / blob[:2] / blob).write_bytes(content)
    follower.look()
    assert (current_release(folder).id, follower.pause) == (4, PAUSE)
    assert caplog.messages[1:] == ["Releases are pulled again"]


def test_follower_does_not_wait_for_a_publisher(follower, folder):
    with locked(folder):
        follower.look()
    assert current_release(folder) is None
    follower.look()
    assert current_release(folder).id == 3


def test_follower_starts_with_a_release(follower, folder):
    follower.start()
    follower.ended.set()
    assert current_release(folder).id == 3
