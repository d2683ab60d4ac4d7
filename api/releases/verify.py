"""Whether the files of a release are there and are what was written."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.releases.manifest import (
    Entry,
    Release,
    blob_path,
    manifest_path,
    pointer_content,
    read_pointer,
    read_release,
    release_ids,
    tree_of,
)
from api.releases.reach import File, files_of, read_piece
from api.releases.tree import DamagedRelease
from toolkit.documents.canonical import digest

POINTER = "current"
LOCK = "lock"
# What was taken back: see toolkit/withdrawal/tombstones.py.
WITHDRAWN = "withdrawn.json"
# Which accounts were erased: see cms/data_protection/tombstones.py.
ERASED = "erased.json"
SEARCH = "search/"
# A name that some release may reach, as far as one can tell from the name.
BLOB = re.compile(r"blobs/([0-9a-f]{2})/\1[0-9a-f]{62}(\.br|\.gz)?")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A file of a release folder that is not what it should be: its name there, what is wrong, what it is for."""

    name: str
    what: str
    use: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.what}" + (f" ({self.use})" if self.use else "")


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
        if damage := damage_of(file, size, sha256):
            yield f"{file.name} {damage}"


def damage_of(file: Path, size: int | None, sha256: str) -> str:
    """Say what is wrong with a file that must have a size (None: any) and a SHA-256; "" when nothing is."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if size is not None and len(content) != size:
        return f"is {'cut' if len(content) < size else 'too long'}: {len(content)} bytes instead of {size}"
    return "" if digest(content) == sha256 else "holds other bytes than were written"


def pointed_to(folder: Path) -> int | None:
    """Give the id that the pointer names, whatever else is wrong with it; None when it names none."""
    try:
        return read_pointer((folder / POINTER).read_bytes())[0]
    except (OSError, DamagedRelease):
        return None


def pointer_faults(folder: Path) -> list[Fault]:
    """Give what is wrong with the pointer to the current release; that its release is damaged is none of it."""
    try:
        content = (folder / POINTER).read_bytes()
        release_id, _sha256 = read_pointer(content)
    except FileNotFoundError:
        return [Fault(POINTER, "is missing: no release is the current one")]
    except OSError as error:
        return [Fault(POINTER, f"cannot be read: {error.strerror}")]
    except DamagedRelease:
        return [Fault(POINTER, "does not name a release")]
    try:
        said = pointer_content(read_release(folder, release_id))
    except DamagedRelease:
        return []
    return [] if content == said else [Fault(POINTER, f"does not fit release {release_id}, which it names")]


def release_faults(folder: Path, ids: Iterable[int], progress: Progress = lambda done, total: None) -> list[Fault]:
    """Give what is wrong with any file of some releases. Files that they share are looked at once.

    `progress` is called with how many files have been looked at, of how many.
    """
    found, sound = [], []
    for release_id in ids:
        try:
            sound.append(read_release(folder, release_id))
        except DamagedRelease as error:
            found.append(_manifest_fault(folder, release_id, error))
    files = list(files_of(folder, sound, _read_if_sound))
    for done, file in enumerate(files, 1):
        if damage := damage_of(folder / file.name, file.size, file.sha256):
            found.append(Fault(file.name, damage, file.use))
        progress(done, len(files))
    return found


def damaged_releases(folder: Path, ids: Iterable[int], progress: Progress = lambda done, total: None) -> set[int]:
    """Give those of some releases of which any file is not what it should be."""
    ids = list(ids)
    faulty = {fault.name for fault in release_faults(folder, ids, progress)}
    return {release_id for release_id in ids if faulty and not faulty.isdisjoint(_names_of(folder, release_id))}


def _names_of(folder: Path, release_id: int) -> set[str]:
    try:
        below = {file.name for file in files_of(folder, [read_release(folder, release_id)], _read_if_sound)}
    except DamagedRelease:
        below = set()
    return {manifest_path(folder, release_id).name, *below}


def _manifest_fault(folder: Path, release_id: int, error: DamagedRelease) -> Fault:
    file = manifest_path(folder, release_id)
    what = str(error) if file.exists() else "is missing"
    return Fault(file.name, what, f"the manifest of release {release_id}")


def _read_if_sound(folder: Path, sha256: str) -> dict:
    """Read a piece; of a damaged one, which is found as a file, nothing is known."""
    try:
        return read_piece(folder, sha256)
    except DamagedRelease:
        return {}


def extra_files(folder: Path, kept: Iterable[Release] | None = None) -> list[str]:
    """Give the names of files that belong to none of the releases to keep (all), while nobody publishes.

    Raises DamagedRelease when a release cannot be walked: what it reaches is not known then.
    """
    kept = [read_release(folder, release_id) for release_id in release_ids(folder)] if kept is None else list(kept)
    reached = {file.name for file in files_of(folder, kept)}
    return sorted(_files_in(folder) - _own_files(folder, [release.id for release in kept]) - reached)


def surely_extra_files(folder: Path, kept: Collection[Release] | None = None) -> list[str]:
    """Give the names of extra files; where a release cannot be walked, only those that no release could have."""
    try:
        return extra_files(folder, kept)
    except DamagedRelease:
        ids = release_ids(folder) if kept is None else [release.id for release in kept]
        names = _files_in(folder) - _own_files(folder, ids)
        return sorted(name for name in names if not BLOB.fullmatch(name))


def _files_in(folder: Path) -> set[str]:
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir()}
    # What is searched in is made of releases, and belongs to none.
    return {name for name in found if not name.startswith(SEARCH)}


def _own_files(folder: Path, ids: Iterable[int]) -> set[str]:
    return {POINTER, LOCK, WITHDRAWN, ERASED, *(manifest_path(folder, release_id).name for release_id in ids)}


def reached_files(folder: Path, ids: Iterable[int]) -> Iterator[File]:
    """Give every file that releases reach below their manifests. Raises DamagedRelease when one cannot be walked."""
    yield from files_of(folder, [read_release(folder, release_id) for release_id in ids])


def newest_whole(folder: Path) -> Release | None:
    """Give the newest release whose manifest and trees can all be read, whatever became of its pages."""
    return next(
        (release for release_id in reversed(release_ids(folder)) if (release := whole(folder, release_id))), None
    )


def whole(folder: Path, release_id: int) -> Release | None:
    """Give a release if its manifest and its trees can all be read, else None."""
    try:
        for _file in reached_files(folder, [release_id]):
            pass
        return read_release(folder, release_id)
    except DamagedRelease:
        return None
