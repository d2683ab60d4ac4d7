"""Whether a release is whole: every file that can be reached from it is hashed."""

import json
from pathlib import Path

from api.releases.manifest import (
    TREES,
    Release,
    current_release,
    entries_of,
    entry_at,
    read_blob,
    read_release,
    tree_of,
)
from api.releases.verify import damaged_files


def damage(folder: Path) -> list[str]:
    """Give, in words, all that is wrong with the current release. Raises DamagedRelease for one without a map."""
    release = current_release(folder)
    for name in TREES:
        for piece in tree_of(folder, getattr(release, name)).piece_names():
            read_blob(folder, piece)
    if release.changes:
        read_blob(folder, release.changes)
    return [words for entry in entries_of(folder, release).values() for words in damaged_files(folder, entry)]


def chain(folder: Path) -> list[Release]:
    """Give the current release and all that it followed, the newest first."""
    found = [current_release(folder)]
    while found[-1].parent:
        found.append(read_release(folder, found[-1].parent))
    return found


def titles(folder: Path) -> set[str]:
    """Give the titles of the marks that the current release has."""
    entry = entry_at(folder, current_release(folder), "/api/v1/en/")
    stages = json.loads(read_blob(folder, entry.sha256))["stages"]
    return {mark["title"] for stage in stages for mark in stage["marks"]}
