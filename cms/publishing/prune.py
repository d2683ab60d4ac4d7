"""Making room: old releases go, with every file that no kept release reaches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.releases.manifest import Release, read_release, release_ids
from api.releases.tree import DamagedRelease
from api.releases.verify import damaged_releases, extra_files, pointed_to, pointer_faults, release_faults, whole
from cms.publishing.lease import only_publisher
from cms.publishing.writer import flush_file, point_to
from toolkit.documents.canonical import utc_time

MEND = "Nothing was removed. Mend it first: manage.py verify_release --repair"


class UnableToPrune(Exception):
    """Nothing was removed; the message says why, and what to do."""


@dataclass(frozen=True)
class Pruned:
    """The ids of the releases that went, and how many files of how many bytes in all went with them."""

    releases: list[int]
    files: int
    size: int


def prune(
    folder: Path,
    *,
    keep: int,
    since: datetime,
    damaged: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Pruned:
    """Remove releases, and all files that no kept one reaches. Raises UnableToPrune.

    Kept are the current release, the newest `keep` (at least 1, so that no id is ever used twice), and all that were
    made after `since`; of those, `damaged` removes the ones with damaged files. `dry_run` only says what would go.
    """
    if keep < 1:
        raise ValueError("The newest release is always kept")
    _check_current(folder, progress)
    with only_publisher(folder):
        current, ids = pointed_to(folder), release_ids(folder)
        always = {current, *ids[-keep:]}
        kept = [release_id for release_id in ids if release_id in always or _is_young(folder, release_id, since)]
        if damaged:
            kept = _without_damaged(folder, kept, {current, ids[-1]}, progress)
        names = _others(folder, kept)
        size = sum((folder / name).lstat().st_size for name in names)
        if not dry_run:
            _remove(folder, read_release(folder, current), names)
    return Pruned(sorted(set(ids) - set(kept)), len(names), size)


def _check_current(folder: Path, progress):
    """While the current release is damaged, a server may be showing an older one."""
    if not release_ids(folder):
        raise UnableToPrune("There is no release yet, so there is nothing to remove.")
    current = pointed_to(folder)
    faults = pointer_faults(folder) or release_faults(folder, [current], progress)
    if faults:
        raise UnableToPrune(f"The current release is damaged: {faults[0]}\n{MEND}")


def _is_young(folder: Path, release_id: int, since: datetime) -> bool:
    try:
        return read_release(folder, release_id).made_at > utc_time(since)
    except DamagedRelease:
        # How old it is cannot be read; what it reaches neither, so that nothing can be removed while it is there.
        return True


def _without_damaged(folder: Path, kept: list[int], always: set[int], progress) -> list[int]:
    damaged = damaged_releases(folder, kept, progress)
    return [release_id for release_id in kept if release_id in always or release_id not in damaged]


def _others(folder: Path, kept: list[int]) -> list[str]:
    try:
        return extra_files(folder, [read_release(folder, release_id) for release_id in kept])
    except DamagedRelease as error:
        unreadable = [release_id for release_id in kept if not whole(folder, release_id)]
        first = "Publish first, so that it is not the newest any more; then r" if kept[-1] in unreadable else "R"
        raise UnableToPrune(
            f"What release {unreadable[0]} needs cannot be told: {error}. Nothing was removed. "
            f"{first}emove it with: manage.py prune_releases --damaged"
        ) from error


def _remove(folder: Path, current: Release, names: list[str]):
    """Remove manifests first: a release that is there is whole, whatever happens in between."""
    manifests = [name for name in names if "/" not in name]
    for name in manifests:
        (folder / name).unlink()
    flush_file(folder)
    # A new pointer file makes running servers forget what they know of older releases.
    point_to(folder, current)
    for name in set(names).difference(manifests):
        (folder / name).unlink()
