"""Removing from a release folder what no release there needs any more, and what a storage has of it."""

from pathlib import Path

from api.releases.manifest import Release, manifest_path, release_ids
from api.releases.verify import surely_extra_files
from api.search.files import renew


def remove_extra_files(folder: Path) -> list[str]:
    """Remove all files that belong to no release, and give their names. The caller holds the folder's lock."""
    names = surely_extra_files(folder)
    for name in names:
        (folder / name).unlink(missing_ok=True)
    return names


def keep_only(folder: Path, release: Release):
    """Remove all releases but one, and whatever only they need. The caller holds the folder's lock.

    For a server that only pulls: what was taken back stands in older ones, which it cannot write anew.
    """
    for release_id in release_ids(folder):
        if release_id != release.id:
            manifest_path(folder, release_id).unlink()
    remove_extra_files(folder)
    renew(folder, release.resources)
