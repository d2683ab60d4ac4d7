"""`manage.py verify_release` says what is wrong with which file, and mends what can be mended."""

from random import Random

import pytest
from django.core.management import CommandError

from api.releases.manifest import blob_path, current_release, manifest_path, read_piece, read_release, release_ids
from api.releases.server import ReleaseReader
from cms.publishing.publish import publish as publish_site
from tests.damage import WAYS, flip, remove
from tests.releases import released, shown
from toolkit.models import Mark

pytestmark = pytest.mark.django_db
RANDOM = Random(20261124)


@pytest.fixture
def mark(releases, publish):
    """A mark that was moved to a new address, in a second release."""
    mark = Mark.objects.filter(locale__language_code="en", live=True).first()
    mark.slug = f"{mark.slug}-moved"
    publish(mark)
    assert current_release(releases).id == 2
    return Mark.objects.get(pk=mark.pk)


def piece_of(releases, tree: str):
    """Give the file in which a tree of the current release begins."""
    read_piece.cache_clear()
    return blob_path(releases, getattr(current_release(releases), tree).sha256)


def page_file(releases, mark, suffix: str = ""):
    sha256 = released(releases)[mark.public_path].sha256
    return blob_path(releases, f"{sha256}{suffix}")


DAMAGED = {
    "page": page_file,
    "br": lambda releases, mark: page_file(releases, mark, ".br"),
    "gz": lambda releases, mark: page_file(releases, mark, ".gz"),
    "resources": lambda releases, mark: piece_of(releases, "resources"),
    "nodes": lambda releases, mark: piece_of(releases, "nodes"),
    "readers": lambda releases, mark: piece_of(releases, "readers"),
    "changes": lambda releases, mark: blob_path(releases, current_release(releases).changes),
    "manifest": lambda releases, mark: manifest_path(releases, 2),
    "pointer": lambda releases, mark: releases / "current",
}


def test_all_is_well_is_one_sentence(releases, command):
    assert command("verify_release") == "All is well: every file of release 1 is as it was written.\n"
    assert command("verify_release", "1") == command("verify_release")
    assert command("verify_release", "--all").startswith("All is well: every file of the one release is")


@pytest.mark.parametrize(
    ("kind", "way"), list(zip(DAMAGED, WAYS * 3, strict=True)), ids=lambda value: getattr(value, "__name__", value)
)
def test_damage_is_named_and_mended(releases, mark, command, kind, way):
    """Afterwards the public sees, byte for byte, what it should, former addresses included."""
    before, entries = shown(releases), released(releases)
    file = DAMAGED[kind](releases, mark)
    way(file, RANDOM)
    with pytest.raises(CommandError, match=r"(?s)Not all is well:.*manage\.py verify_release --repair") as said:
        command("verify_release")
    # A pointer that names another release is found by that one, which is not there.
    assert file.name in str(said.value) or kind == "pointer"
    read_piece.cache_clear()
    printed = command("verify_release", "--repair")
    release_id = current_release(releases).id
    assert release_id > 2
    assert f"the public now sees release {release_id}" in printed
    assert printed.endswith(f"All is well: every file of release {release_id} is as it was written.\n")
    assert (shown(releases), released(releases)) == (before, entries)
    assert "301" in {str(entry.status) for entry in entries.values()}


@pytest.mark.parametrize("kind", ["nodes", "manifest", "pointer"])
def test_next_publish_mends_by_itself(releases, mark, kind):
    before, entries = shown(releases), released(releases)
    remove(DAMAGED[kind](releases, mark), RANDOM)
    publish_site()
    assert (shown(releases), released(releases)) == (before, entries)


def test_running_server_takes_up_what_was_mended(releases, mark, command, publish):
    reader = ReleaseReader(releases)
    assert reader.content(mark.public_path)
    mark.title = "Quite another title"
    publish(mark)
    flip(page_file(releases, mark), RANDOM)
    assert b"Quite another title" not in reader.content(mark.public_path)
    command("verify_release", "--repair")
    assert b"Quite another title" in reader.content(mark.public_path)


def test_damage_of_an_older_release_is_found_with_all(releases, mark, command):
    older, now = (current_release(releases) if number == 2 else read_release(releases, 1) for number in (1, 2))
    flip(blob_path(releases, older.nodes.sha256), RANDOM)
    assert "All is well" in command("verify_release")
    for arguments in (["1"], ["--all"]):
        with pytest.raises(CommandError, match=r"(?s)holds other bytes.*prune_releases --damaged"):
            command("verify_release", *arguments)
    with pytest.raises(CommandError, match=r"is missing.*"):
        command("verify_release", "--all", "--repair")
    assert current_release(releases) == now
    assert "Removed 1 release (1)" in command("prune_releases", "--damaged")
    assert "All is well" in command("verify_release", "--all")


def test_extra_files_are_removed_on_demand(releases, command):
    extra = [releases / "blobs/ab/abc.77.unfinished", releases / "blobs/ab" / ("ab" * 32)]
    for file in extra:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"left")
    assert "All is well" in command("verify_release")
    with pytest.raises(CommandError, match=r"(?s)belongs to no release.*--all --repair"):
        command("verify_release", "--all")
    assert "All is well" in command("verify_release", "--all", "--repair")
    assert [file for file in extra if file.exists()] == []
    assert release_ids(releases) == [1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["x"], "“x” is not the number of a release"),
        (["-1"], "is not the number of a release"),
        (["²"], "is not the number of a release"),
        (["99"], "There is no release 99. 1 to 1 are kept"),
        (["1", "--all"], "not both"),
    ],
)
def test_bad_input_gets_a_sentence(releases, command, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        command("verify_release", "--", *arguments) if arguments == ["-1"] else command("verify_release", *arguments)


def test_empty_folder_gets_a_sentence(db, settings, tmp_path, command):
    settings.RELEASES_DIR = tmp_path
    with pytest.raises(CommandError, match="There is no release yet: publish first"):
        command("verify_release")
