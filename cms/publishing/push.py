"""Publishing to several servers: what the publisher takes from the shared storage, and what it puts there.

Each of these does nothing where there is only this server.
"""

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from hashlib import file_digest
from io import BytesIO
from pathlib import Path

from django.conf import settings

from api.releases.differences import go_through
from api.releases.manifest import (
    TREES,
    Entry,
    Release,
    pieces_in,
    pointer_content,
    read_blob,
    read_piece,
    read_pointer,
    read_release,
    release_ids,
)
from api.releases.pull import pull
from api.releases.shared import (
    CURRENT,
    OCTETS,
    SharedStorage,
    StorageFailed,
    blob_name,
    manifest_name,
    shared_storage,
)
from api.releases.tree import DamagedRelease
from api.releases.verify import WITHDRAWN
from cms.publishing.lease import Lease

logger = logging.getLogger(__name__)

# Sending is mostly waiting.
THREADS = 16


def take_up_shared():
    """Make the release that another server has published the current one here, to build upon.

    The caller holds the folder's lock. Raises OSError. A damaged release in the storage is not taken up; what is
    published next replaces it as a whole.
    """
    if shared := shared_storage():
        try:
            pull(settings.RELEASES_DIR, shared)
        except DamagedRelease:
            logger.exception("The release in the shared storage is damaged: it is published anew as a whole")


def next_shared_id() -> int:
    """Give the first id that no release in the shared storage has, 1 without one."""
    shared = shared_storage()
    return max(shared.release_ids(), default=0) + 1 if shared else 1


def push(release: Release, *, again: bool = False) -> int:
    """Put into the shared storage what it lacks of the files of a release, and give how many that was.

    Its manifest comes with the pointer. With `again`, every file is sent, whether it is there or not: that mends a
    damaged storage. Raises OSError, and DamagedRelease when the release is damaged here.
    """
    shared = shared_storage()
    if shared is None or (not again and _has(shared, release)):
        return 0
    base, is_damaged = _base(shared)
    send = Send(settings.RELEASES_DIR, shared, again=again or is_damaged)
    try:
        send.release(release, None if again else base)
    finally:
        send.close()
    return send.files


def push_pointer(release: Release, *, is_pushed: bool = False):
    """Make a release of this server the current one in the shared storage, with all that is lacking of it there.

    With `is_pushed`, its files are known to be there. The caller is the only publisher: a manifest from somebody who
    has lost the lease would stand where that of the current release stood. Raises OSError; the storage's current
    release then stays.
    """
    shared = shared_storage()
    if shared is None or (not is_pushed and shared.pointer() == pointer_content(release)):
        return
    if not is_pushed:
        push(release)
    _write_manifest(shared, release)
    shared.write(CURRENT, BytesIO(pointer_content(release)), "text/plain")


def push_without(removed: Iterable[str], *, written: Iterable[Release], current: Release, lease: Lease):
    """Let the shared storage have the releases that were written anew, and none of the files that went.

    Releases that this server does not keep are removed there: nobody could write them anew. Raises OSError, and
    LeaseLost when somebody else has become the publisher: what they put there then stays.
    """
    shared = shared_storage()
    if shared is None:
        return
    for release in written:
        send = Send(settings.RELEASES_DIR, shared, again=False)
        try:
            send.release(release, current)
        finally:
            send.close()
        with lease.kept():
            _write_manifest(shared, release)
    unknown = set(shared.release_ids()).difference(release_ids(settings.RELEASES_DIR))
    for name in [*map(manifest_name, sorted(unknown)), *removed]:
        # Each by itself, for the storage may be slow, and as long as it is kept nobody else can take over.
        with lease.kept():
            shared.delete(name)


def push_record(content: bytes, name: str = WITHDRAWN):
    """Put the record of what was taken back, or another, into the shared storage, for all servers."""
    if shared := shared_storage():
        shared.write(name, BytesIO(content), "application/json")


def shared_record(name: str = WITHDRAWN) -> bytes | None:
    """Give the record of what was taken back, or another, as the shared storage has it, None where there is none."""
    shared = shared_storage()
    return shared.record(name) if shared else None


def _has(shared: SharedStorage, release: Release) -> bool:
    """Tell whether a release is in the storage: its manifest comes last. Raises StorageFailed for another one."""
    try:
        content = shared.read(manifest_name(release.id))
    except DamagedRelease:
        return False
    if content != release.content:
        raise StorageFailed(f"the shared storage holds another release {release.id} than this server")
    return True


def _write_manifest(shared: SharedStorage, release: Release):
    shared.write(manifest_name(release.id), BytesIO(release.content), "application/json")


def _base(shared: SharedStorage) -> tuple[Release | None, bool]:
    """Give the release that is current in the storage, and whether it is damaged: then no file there is trusted.

    Who publishes has taken it up before, unless it could not be.
    """
    pointer = shared.pointer()
    if pointer is None:
        return None, False
    try:
        release = read_release(settings.RELEASES_DIR, read_pointer(pointer)[0])
    except DamagedRelease:
        return None, True
    return (release, False) if pointer_content(release) == pointer else (None, True)


class Send:
    """Sends what a storage lacks of a release, in threads: blobs and pieces."""

    def __init__(self, folder: Path, shared: SharedStorage, *, again: bool):
        self.folder = folder
        self.shared = shared
        self.again = again
        self.files = 0
        # Some files are needed in several places of a release.
        self._sent: set[str] = set()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="push")

    def release(self, release: Release, base: Release | None):
        """Send the files of a release; what it shares with the base is taken to be there."""
        try:
            self._trees(release, base)
        except DamagedRelease:
            if base is None:
                raise
            logger.exception("The release before is damaged: every file is looked for in the shared storage")
            self._trees(release, None)
        if release.changes:
            self._pieces([release.changes])

    def _trees(self, release: Release, base: Release | None):
        for name in TREES:
            settle = self._entries if name == "resources" else self._pieces
            pair = (getattr(release, name).sha256, base and getattr(base, name).sha256)
            go_through([pair], pieces_in(self.folder), self._load, settle)

    def _load(self, names: list[str]) -> dict[str, dict]:
        return {name: read_piece(self.folder, name) for name in names}

    def _entries(self, names: list[str], values: list[object]):
        entries = [Entry.of(value) for value in values]
        blobs = {(entry.sha256, end): (entry.type, form) for entry in entries for end, form in entry.files.items()}
        self.files += sum(self._pool.map(self._blob, blobs, blobs.values()))
        self._pieces(names)

    def _blob(self, blob: tuple[str, str], wanted: tuple[str, tuple[int, str]]) -> bool:
        """Send a file of a blob, named by SHA-256 and ending; tell whether that was needed."""
        name, (media_type, (size, sha256)) = blob_name(*blob), wanted
        if self._is_there(name):
            return False
        with open(self.folder / name, "rb") as file:
            if (file_digest(file, "sha256").hexdigest(), file.tell()) != (sha256, size):
                raise DamagedRelease(f"{name} holds other bytes than were written")
            file.seek(0)
            self.shared.write(name, file, OCTETS if blob[1] else media_type)
        self._sent.add(name)
        return True

    def _pieces(self, names: list[str], values: list[object] = ()):
        self.files += sum(self._pool.map(self._piece, names))

    def _piece(self, sha256: str) -> bool:
        name = blob_name(sha256)
        if self._is_there(name):
            return False
        self.shared.write(name, BytesIO(read_blob(self.folder, sha256)), "application/json")
        self._sent.add(name)
        return True

    def _is_there(self, name: str) -> bool:
        return name in self._sent or (not self.again and self.shared.has(name))

    def close(self):
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)
