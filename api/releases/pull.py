"""Pulling: from the release that a server has to the one that is current in the shared storage."""

import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from api.releases.differences import go_through
from api.releases.files import flush_file, replacing, write_named, write_whole
from api.releases.forget import keep_only
from api.releases.manifest import (
    TREES,
    Entry,
    Release,
    blob_path,
    current_release,
    manifest_path,
    pointer_content,
    read_blob,
    read_piece,
)
from api.releases.shared import SharedStorage, blob_name
from api.releases.tree import DamagedRelease, Pieces
from api.releases.verify import WITHDRAWN
from api.search.files import prepare
from toolkit.documents.canonical import digest

logger = logging.getLogger(__name__)

# Fetching is mostly waiting.
THREADS = 16
# Forcing so many files to the disk one by one takes as long as forcing everything there is.
FEW_FILES = 32


@dataclass(frozen=True)
class Pulled:
    """What a pull brought: the release that is now current here, and how many files and bytes were fetched."""

    release: Release
    files: int
    size: int


def has_news(folder: Path, shared: SharedStorage) -> bool:
    """Tell, by one small request, whether the storage's current release is another one than that of a folder."""
    pointer = shared.pointer()
    return pointer is not None and pointer != _pointer(folder)


def pull(folder: Path, shared: SharedStorage, *, everything: bool = False) -> Pulled | None:
    """Make the storage's current release that of a folder, whose lock the caller holds; None when it is already.

    Only what the folder's current release lacks is fetched; with `everything`, each file is looked at, so that
    damaged and missing ones are mended. Raises StorageFailed, DamagedRelease when what was fetched is not what was
    written, OSError when the disk is full: the folder's release stays.
    """
    pointer = shared.pointer()
    if pointer is None or (pointer == _pointer(folder) and not everything):
        return None
    release = shared.release(pointer)
    fetch = Fetch(folder, shared)
    try:
        fetch.release(release, None if everything else _current(folder))
        fetch.flush()
    finally:
        fetch.close()
    write_whole(manifest_path(folder, release.id), release.content)
    prepare(folder, release.resources)
    write_whole(folder / "current", pointer_content(release))
    take_up_record(folder, shared, release)
    return Pulled(release, fetch.files, fetch.size)


def take_up_record(folder: Path, shared: SharedStorage, release: Release):
    """Where something was taken back since, let this server forget all releases from before."""
    record, own = shared.record(), folder / WITHDRAWN
    if record and not (own.exists() and own.read_bytes() == record):
        keep_only(folder, release)
        write_whole(own, record)


def _pointer(folder: Path) -> bytes | None:
    try:
        return (folder / "current").read_bytes()
    except FileNotFoundError:
        return None


def _current(folder: Path) -> Release | None:
    try:
        return current_release(folder)
    except DamagedRelease:
        logger.exception("The current release of this server cannot be read: every file is looked at")
        return None


def _is_here(path: Path, size: int, sha256: str) -> bool:
    try:
        return path.stat().st_size == size and digest(path.read_bytes()) == sha256
    except OSError:
        return False


class DamagedHere(DamagedRelease):
    """The release that a folder has is damaged itself: what it lacks cannot be told."""


class Fetch:
    """Fetches what a folder lacks of a release, in threads. Each piece is written after all that is below it."""

    def __init__(self, folder: Path, shared: SharedStorage):
        self.folder = folder
        self.shared = shared
        self.files = 0
        self.size = 0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="pull")
        self._fetched: dict[str, bytes] = {}
        self._looked_at: set[Path] = set()
        self._lock = Lock()

    def release(self, release: Release, before: Release | None):
        """Fetch a release; what it shares with the one before is taken to be here."""
        try:
            self._trees(release, before)
        except DamagedHere:
            logger.exception("The current release of this server is damaged: every file is looked at")
            self._trees(release, None)
        if release.changes:
            self._settle(list(self._load([release.changes])), [])

    def _trees(self, release: Release, before: Release | None):
        old = Pieces(self._read_before)
        for name in TREES:
            settle = self._settle_resources if name == "resources" else self._settle
            pair = (getattr(release, name).sha256, before and getattr(before, name).sha256)
            go_through([pair], old, self._load, settle)

    def _read_before(self, name: str) -> dict:
        try:
            return read_piece(self.folder, name)
        except DamagedRelease as error:
            raise DamagedHere(str(error)) from error

    def _load(self, names: list[str]) -> dict[str, dict]:
        return dict(zip(names, map(json.loads, self._pool.map(self._piece, names)), strict=True))

    def _piece(self, name: str) -> bytes:
        try:
            return read_blob(self.folder, name)
        except DamagedRelease:
            content = self.shared.read(blob_name(name))
        if digest(content) != name:
            raise DamagedRelease(f"{blob_name(name)} in the shared storage holds other bytes than were written")
        self._fetched[name] = content
        return content

    def _settle(self, names: list[str], values: list[object]):
        for name in names:
            path = blob_path(self.folder, name)
            self._looked_at.add(path)
            if content := self._fetched.pop(name, None):
                write_named(path, content)
                self._count(len(content))

    def _settle_resources(self, names: list[str], values: list[object]):
        entries = [Entry.of(value) for value in values]
        files = {(entry.sha256, end): form for entry in entries for end, form in entry.files.items()}
        list(self._pool.map(self._file, files, files.values()))
        self._settle(names, values)

    def _file(self, name: tuple[str, str], form: tuple[int, str]):
        """Fetch a file of a blob, named by SHA-256 and ending, unless it is here with this size and SHA-256."""
        path = self.folder / blob_name(*name)
        self._looked_at.add(path)
        if _is_here(path, *form):
            return
        found, size = sha256(), 0
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            for chunk in self.shared.chunks(blob_name(*name)):
                found.update(chunk)
                size += len(chunk)
                file.write(chunk)
            if (size, found.hexdigest()) != form:
                raise DamagedRelease(f"{blob_name(*name)} in the shared storage holds other bytes than were written")
        self._count(size)

    def _count(self, size: int):
        with self._lock:
            self.files += 1
            self.size += size

    def flush(self):
        """See to it that all outlasts a power cut, also what was here: who fetched it may have died before this."""
        if len(self._looked_at) > FEW_FILES:
            os.sync()
        else:
            folders = {path.parent for path in self._looked_at}
            list(self._pool.map(flush_file, [*self._looked_at, *folders, *{folder.parent for folder in folders}]))

    def close(self):
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)
