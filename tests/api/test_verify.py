"""Verifying finds every damage, and a reader never takes up a damaged release while it has a sound one."""

from random import Random

import pytest

from api.releases.manifest import blob_path, current_release, manifest_path, read_piece, read_release, release_ids
from api.releases.reach import files_of
from api.releases.server import ReleaseReader
from api.releases.verify import (
    extra_files,
    newest_whole,
    pointer_faults,
    release_faults,
    surely_extra_files,
)
from cms.publishing.targets import Resource
from cms.publishing.writer import point_to
from tests.damage import WAYS, cut, files_below, flip, remove
from tests.releases import released, write_release

SEED = 20261124


@pytest.fixture
def starter(releases):
    """A folder with a release that has all there is: three trees, pictures, pages and their compressed forms."""
    return releases


@pytest.fixture
def site(tmp_path):
    """A folder with two releases: the second has a changed page and many that stayed."""
    write_release(pages("first"), tmp_path)
    write_release(pages("second"), tmp_path)
    return tmp_path


def pages(word: str) -> list[Resource]:
    same = [Resource(f"/en/{number}/", f"<p>Page {number}</p>".encode() * 9, "text/html") for number in range(50)]
    return [*same, Resource("/en/", f"<p>The {word} one</p>".encode() * 9, "text/html")]


def faults_in(folder) -> list[str]:
    """Give the names of all files that are not what they should be, in every release."""
    faults = [*pointer_faults(folder), *release_faults(folder, release_ids(folder) or [1])]
    return [*(fault.name for fault in faults), *surely_extra_files(folder)]


def test_sound_release_has_no_fault(starter):
    assert faults_in(starter) == []


def test_hundred_random_damages_are_found(starter):
    random, missed = Random(SEED), []
    files = files_below(starter)
    kinds = {"manifest": manifest_path(starter, 1), "pointer": starter / "current"}
    chosen = [*kinds.values(), *kinds.values(), *kinds.values(), *random.choices(files, k=94)]
    for number, file in enumerate(chosen):
        sound, way = file.read_bytes(), WAYS[number // 2 % 3]
        way(file, random)
        if str(file.relative_to(starter)) not in faults_in(starter):
            missed.append((way.__name__, file.name, len(sound)))
        file.write_bytes(sound)
    assert missed == []
    assert len(chosen) == 100
    assert faults_in(starter) == []


def test_damages_reach_every_kind_of_file(starter):
    """The hundred above would be few if most files were of one kind."""
    release = current_release(starter)
    uses = {file.use.split(" of ")[0] for file in files_of(starter, [release]) if not file.use.startswith("/")}
    suffixes = {file.suffix for file in files_below(starter)}
    assert {"a part", "the list"} <= uses
    assert {"", ".br", ".gz", ".json"} == suffixes


@pytest.mark.parametrize("size", range(1, 90, 8))
def test_every_cut_of_the_pointer_is_found(starter, size):
    content = (starter / "current").read_bytes()
    (starter / "current").write_bytes(content[: len(content) - size] if size < len(content) else b"")
    assert faults_in(starter)


@pytest.mark.parametrize("white", [b"", b"\r\n", b"\x0b", b" ", b"\n\n"])
def test_pointer_with_other_white_space_is_found(starter, white):
    pointer = starter / "current"
    pointer.write_bytes(pointer.read_bytes().rstrip() + white)
    assert faults_in(starter) == ["current"]


def test_verifying_reads_the_disk_itself(starter):
    """This process has read the piece, and remembers it."""
    root = current_release(starter).resources.sha256
    read_piece(starter, root)
    flip(blob_path(starter, root), Random(SEED))
    assert [fault.what for fault in release_faults(starter, [1])] == ["holds other bytes than were written"]


@pytest.mark.parametrize(
    "name",
    ["blobs/ab/" + "ab" * 32, "blobs/ab/note.txt", "000001.json.77.unfinished", "Thumbs.db", "pages/en/index.html"],
)
def test_extra_file_is_found(starter, name):
    (starter / name).parent.mkdir(parents=True, exist_ok=True)
    (starter / name).write_bytes(b"more")
    assert faults_in(starter) == [name]


def test_unread_release_makes_no_blob_an_extra_one(site):
    """What a damaged release reaches is not known: its blobs may be all that is left to mend it with."""
    flip(manifest_path(site, 1), Random(SEED))
    (site / "Thumbs.db").write_bytes(b"more")
    assert surely_extra_files(site) == ["Thumbs.db"]
    assert "Thumbs.db" in extra_files(site, [read_release(site, 2)])


def test_shared_files_are_looked_at_once(site):
    looked_at = {1: [], 2: []}
    for number, ids in ((1, [1]), (2, [1, 2])):
        release_faults(site, ids, lambda done, _total, number=number: looked_at[number].append(done))
    assert len(looked_at[1]) < len(looked_at[2]) < 1.2 * len(looked_at[1])


def test_words_say_what_is_wrong(site):
    entry = released(site)["/en/"]
    blob = blob_path(site, entry.sha256)
    for way, words in ((flip, "holds other bytes than were written"), (cut, "is cut: "), (remove, "is missing")):
        sound = blob.read_bytes()
        way(blob, Random(SEED))
        (fault,) = release_faults(site, [2])
        assert words in str(fault)
        assert "(/en/)" in str(fault)
        blob.write_bytes(sound)


def test_newest_whole_is_the_one_that_can_be_walked(site):
    assert newest_whole(site).id == 2
    remove(blob_path(site, current_release(site).resources.sha256), Random(SEED))
    assert newest_whole(site).id == 1
    manifest_path(site, 1).write_bytes(b"")
    assert newest_whole(site) is None


# --- Readers ---------------------------------------------------------------------------------------------------


def new_blobs(folder) -> list[str]:
    """Give the names of the files with which the second release differs from the first for readers."""
    entry = released(folder)["/en/"]
    root = current_release(folder).resources.sha256
    return [f"blobs/{name[:2]}/{name}" for name in (entry.sha256, f"{entry.sha256}.br", f"{entry.sha256}.gz", root)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("number", range(4))
def test_running_reader_refuses_a_damaged_release(tmp_path, way, number):
    write_release(pages("first"), tmp_path)
    reader = ReleaseReader(tmp_path)
    assert b"The first one" in reader.content("/en/")
    second = write_release(pages("second"), tmp_path)
    file = tmp_path / new_blobs(tmp_path)[number]
    read_piece.cache_clear()
    sound = file.read_bytes()
    way(file, Random(SEED))
    assert b"The first one" in reader.content("/en/")
    assert reader.content("/en/7/") == pages("")[7].content
    file.write_bytes(sound)
    point_to(tmp_path, second)
    assert b"The second one" in reader.content("/en/")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_fresh_reader_shows_the_last_readable_release(site, way):
    write_release(pages("third"), site)
    way(manifest_path(site, 3), Random(SEED))
    assert b"The second one" in ReleaseReader(site).content("/en/")
    way(manifest_path(site, 2), Random(SEED))
    assert b"The first one" in ReleaseReader(site).content("/en/")
