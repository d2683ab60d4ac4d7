"""Removing from a release folder what no release there needs any more, and what a storage has of it."""

from collections.abc import Iterable
from pathlib import Path

from api.releases.manifest import Release, manifest_path, release_ids
from api.releases.verify import surely_extra_files
from api.search.files import renew


def remove(folder: Path, names: Iterable[str]):
    """Remove files that belong to no release. The caller holds the folder's lock."""
    for name in names:
        (folder / name).unlink(missing_ok=True)


def keep_only(folder: Path, release: Release):
    """Remove all releases but one, and whatever only they need. The caller holds the folder's lock.

    For a server that only pulls: what was taken back stands in older ones, which it cannot write anew.
    """
    for release_id in release_ids(folder):
        if release_id != release.id:
            manifest_path(folder, release_id).unlink()
    remove(folder, surely_extra_files(folder))
    renew(folder, release.resources)
