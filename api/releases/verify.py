"""Whether the files of a release are there and are what was written."""

from collections.abc import Iterator
from pathlib import Path

from api.releases.manifest import Entry, Release, blob_path, tree_of
from api.releases.tree import DamagedRelease
from toolkit.documents.canonical import digest


def check_changes(folder: Path, before: Release | None, release: Release):
    """Raise DamagedRelease unless all that is new in a release, against one that is sound, is as it was written.

    Against none, only the beginning is looked at, so that a process starts as fast with 10,000 pages as with 100.
    """
    after = tree_of(folder, release.resources)
    if before is None:
        after.get("/")
        return
    for path, _was, now in tree_of(folder, before.resources).differences(after):
        if now and (damage := next(damaged_files(folder, Entry.of(now)), None)):
            raise DamagedRelease(f"{path}: {damage}")


def damaged_files(folder: Path, entry: Entry) -> Iterator[str]:
    """Give, in words, what is wrong with each file of an entry that is not as it was written."""
    for suffix, (size, sha256) in entry.files.items():
        file = blob_path(folder, entry.sha256)
        file = file.with_name(file.name + suffix)
        try:
            content = file.read_bytes()
        except OSError as error:
            yield f"{file.name} cannot be read: {error.strerror}"
            continue
        if len(content) != size or digest(content) != sha256:
            yield f"{file.name} holds other bytes than were written"
