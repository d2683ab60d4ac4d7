"""Mending a release folder: what is public is written again, and what nobody can use any more is removed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from api.releases.manifest import current_release
from api.releases.verify import BLOB, pointed_to, pointer_faults, release_faults, surely_extra_files
from api.search.check import index_faults
from api.search.files import prepare
from cms.publishing.lease import only_publisher
from cms.publishing.publish import Published, publish

Progress = Callable[[int, int], None]


def repair(folder: Path, ids: Iterable[int], *, progress: Progress = lambda done, total: None) -> Published | None:
    """Mend a release folder as far as its database can; say what was published where that was needed.

    Only when the current release is damaged is everything published anew: that writes whatever other releases share
    with it, too. Then blobs of the releases `ids` that are damaged still are removed, for they would be served, and
    with them files that belong to no release. Raises what `publish` raises; nothing has been removed then.
    """
    published = publish(repair=True, progress=progress) if is_current_damaged(folder, progress) else None
    with only_publisher(folder):
        damaged = [fault.name for fault in release_faults(folder, ids, progress)]
        for name in [*filter(BLOB.fullmatch, damaged), *surely_extra_files(folder)]:
            (folder / name).unlink(missing_ok=True)
        _mend_index(folder)
    return published


def _mend_index(folder: Path):
    if pointed_to(folder) is None or is_current_damaged(folder):
        return
    current = current_release(folder)
    for fault in index_faults(folder, current):
        (folder / fault.name).unlink()
    prepare(folder, current.resources)


def is_current_damaged(folder: Path, progress: Progress = lambda done, total: None) -> bool:
    """Tell whether anything is wrong with the current release, or with the pointer to it."""
    current = pointed_to(folder)
    return current is None or bool(pointer_faults(folder) or release_faults(folder, [current], progress))
