"""Writing releases: whatever breaks, and whoever writes at the same time, readers see a whole release."""

import os
import time
from datetime import UTC, datetime

import pytest

from api.releases.manifest import current_id, current_release, entries_of, manifest_path, read_blob, read_release
from api.releases.server import ReleaseReader
from cms.publishing.targets import Resource
from tests.releases import go_to, shown, write_release


def site(word: str, pages: int = 2) -> list[Resource]:
    """Give the resources of a site that says a word on each page."""
    return [Resource(f"/en/{number}/", f"<p>{word} {number}</p>".encode(), "text/html") for number in range(pages)]


def as_shown(resources) -> dict[str, bytes]:
    return {resource.path: resource.content for resource in resources}


def breaks_at(step: int, function):
    """Give a function that raises when it is called for the step-th time, and counts its calls."""
    calls = []

    def breaking(*arguments):
        calls.append(arguments)
        if len(calls) == step:
            raise OSError(28, "No space left on device")
        return function(*arguments)

    breaking.calls = calls
    return breaking


def steps_of_a_release(tmp_path, monkeypatch) -> int:
    """Count how often a release is forced to the disk."""
    counting = breaks_at(0, os.fsync)
    monkeypatch.setattr(os, "fsync", counting)
    write_release(site("before"), tmp_path / "count")
    counting.calls.clear()
    write_release(site("count"), tmp_path / "count")
    monkeypatch.undo()
    return len(counting.calls)


def test_every_failing_step_keeps_the_last_release(tmp_path, monkeypatch):
    folder = tmp_path / "releases"
    write_release(site("before"), folder)
    # The last two steps are those of the pointer: its bytes, then the folder it has been put into.
    steps = steps_of_a_release(tmp_path, monkeypatch) - 1
    assert steps > 10
    for step in range(1, steps + 1):
        with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
            patch.setattr(os, "fsync", breaks_at(step, os.fsync))
            write_release(site(f"attempt {step}"), folder)
        assert current_id(folder) == 1
        assert shown(folder) == as_shown(site("before"))


def test_release_after_a_failed_one_is_whole(tmp_path, monkeypatch):
    write_release(site("before"), tmp_path)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(os, "fsync", breaks_at(6, os.fsync))
        write_release(site("after"), tmp_path)
    write_release(site("after"), tmp_path)
    assert shown(tmp_path) == as_shown(site("after"))


def test_what_a_power_cut_left_is_written_again(tmp_path):
    """A name may stand for nothing when the power went before the bytes were on the disk."""
    write_release(site("first"), tmp_path)
    for blob in (tmp_path / "blobs").rglob("*"):
        if blob.is_file():
            blob.write_bytes(b"")
    write_release(site("first"), tmp_path)
    assert shown(tmp_path) == as_shown(site("first"))


def test_older_releases_stay_as_they_were(tmp_path):
    write_release(site("first"), tmp_path)
    before = manifest_path(tmp_path, 1).read_bytes()
    write_release(site("second"), tmp_path)
    assert manifest_path(tmp_path, 1).read_bytes() == before
    go_to(tmp_path, 1)
    assert shown(tmp_path) == as_shown(site("first"))


def test_ids_are_never_used_again(tmp_path):
    for word in ("first", "second"):
        write_release(site(word), tmp_path)
    go_to(tmp_path, 1)
    assert write_release(site("third"), tmp_path).id == 3
    assert shown(tmp_path) == as_shown(site("third"))


def test_equal_releases_have_equal_files(tmp_path, monkeypatch):
    for name, year in (("one", 2026), ("other", 2030)):
        monkeypatch.setattr(time, "time", datetime(year, 11, 22, tzinfo=UTC).timestamp)
        write_release(site("same"), tmp_path / name)

    def files(name):
        return {
            str(path.relative_to(tmp_path / name)): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }

    assert files("one") == files("other")


def test_readers_never_see_half_a_file(tmp_path, monkeypatch):
    """At each moment that something is forced to the disk, a reader that looks finds a whole release."""
    write_release(site("before"), tmp_path)
    reader, whole = ReleaseReader(tmp_path), [site("before"), site("after")]

    def looking(descriptor):
        reader.refresh()
        entries = entries_of(tmp_path, reader.release)
        seen = {path: read_blob(tmp_path, entry.sha256) for path, entry in entries.items()}
        assert seen in [as_shown(resources) for resources in whole]

    monkeypatch.setattr(os, "fsync", looking)
    write_release(site("after"), tmp_path)
    assert shown(tmp_path) == as_shown(site("after"))


def test_parent_is_the_release_before(tmp_path):
    for word in ("first", "second"):
        write_release(site(word), tmp_path)
    assert (read_release(tmp_path, 1).parent, current_release(tmp_path).parent) == (None, 1)
