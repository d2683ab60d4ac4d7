"""Writing releases: whatever breaks, and whoever writes at the same time, readers see a whole release."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from django.conf import settings

from api.releases.manifest import blob_path, current_id, manifest_path, read_release
from api.releases.server import ReleaseReader
from cms.publishing import writer
from cms.publishing.resources import Resource
from cms.publishing.writer import write_release


def site(word: str, pages: int = 2) -> list[Resource]:
    """Give the resources of a site that says a word on each page."""
    return [Resource(f"/en/{number}/", f"<p>{word} {number}</p>".encode(), "text/html") for number in range(pages)]


def shown(folder) -> dict[str, bytes]:
    """Give what a reader that starts now sees, having checked every blob against its digest."""
    release = read_release(folder, current_id(folder))
    seen = {path: blob_path(folder, entry.sha256).read_bytes() for path, entry in release.entries.items()}
    for path, entry in release.entries.items():
        assert hashlib.sha256(seen[path]).hexdigest() == entry.sha256
    return seen


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
    monkeypatch.setattr(writer.os, "fsync", counting)
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
            patch.setattr(writer.os, "fsync", breaks_at(step, os.fsync))
            write_release(site(f"attempt {step}"), folder)
        assert current_id(folder) == 1
        assert shown(folder) == as_shown(site("before"))


def test_release_after_a_failed_one_is_whole(tmp_path, monkeypatch):
    write_release(site("before"), tmp_path)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(writer.os, "fsync", breaks_at(6, os.fsync))
        write_release(site("after"), tmp_path)
    write_release(site("after"), tmp_path)
    assert shown(tmp_path) == as_shown(site("after"))


def test_resource_that_cannot_be_made_keeps_the_last(tmp_path):
    def broken():
        yield from site("after")
        raise RuntimeError("a template is broken")

    write_release(site("before"), tmp_path)
    with pytest.raises(RuntimeError):
        write_release(broken(), tmp_path)
    assert shown(tmp_path) == as_shown(site("before"))


def test_same_content_makes_no_release(tmp_path):
    first, again = write_release(site("same"), tmp_path), write_release(site("same"), tmp_path)
    assert (first.is_new, again.is_new) == (True, False)
    assert again.release == first.release
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_release_says_what_changed(tmp_path):
    [home, other] = site("before")
    write_release([home, other], tmp_path)
    new = Resource("/en/new/", b"<p>New</p>", "text/html")
    written = write_release([Resource(home.path, b"<p>Changed</p>", "text/html"), new], tmp_path)
    assert (written.added, written.changed, written.gone) == ([new.path], [home.path], [other.path])
    assert (written.release.id, written.release.parent) == (2, 1)


def test_older_releases_stay_as_they_were(tmp_path):
    write_release(site("first"), tmp_path)
    before = manifest_path(tmp_path, 1).read_bytes()
    write_release(site("second"), tmp_path)
    assert manifest_path(tmp_path, 1).read_bytes() == before
    assert {
        path: blob_path(tmp_path, entry.sha256).read_bytes()
        for path, entry in read_release(tmp_path, 1).entries.items()
    } == as_shown(site("first"))


def test_ids_are_never_used_again(tmp_path):
    for word in ("first", "second"):
        write_release(site(word), tmp_path)
    (tmp_path / "current").write_text("1")
    assert write_release(site("third"), tmp_path).release.id == 3
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
        seen = {f"/en/{number}/": reader.content(f"/en/{number}/") for number in range(2)}
        assert seen in [as_shown(resources) for resources in whole]

    monkeypatch.setattr(writer.os, "fsync", looking)
    write_release(site("after"), tmp_path)
    assert shown(tmp_path) == as_shown(site("after"))


PUBLISHER = """
import sys, django; django.setup()
from pathlib import Path
from cms.publishing.resources import Resource
from cms.publishing.writer import only_publisher, write_release

folder, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.read(1)  # until all are ready
for number in range(5):
    with only_publisher(folder):
        write_release([Resource("/en/", f"{name} {number}".encode(), "text/html")], folder)
"""


def test_publishers_wait_for_each_other(tmp_path):
    folder = tmp_path / "releases"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    publishers = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(folder), name],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
        )
        for name in ("one", "two", "three")
    ]
    for publisher in publishers:
        publisher.stdin.write(b"!")
        publisher.stdin.close()
    assert [publisher.wait(timeout=60) for publisher in publishers] == [0, 0, 0]
    releases = [read_release(folder, number) for number in range(1, 16)]
    assert [release.parent for release in releases] == [None, *range(1, 15)]
    assert len({release.entries["/en/"].sha256 for release in releases}) == 15
    assert current_id(folder) == 15
