"""The shared storage of several servers: the same layout as a release folder, through Django's storage API."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from api.releases.manifest import Release, blob_path, manifest_path, read_pointer
from api.releases.tree import DamagedRelease
from api.releases.verify import WITHDRAWN
from toolkit.documents.canonical import digest

CURRENT = "current"
OCTETS = "application/octet-stream"
CHUNK = 256 * 1024
SHA256 = re.compile("[0-9a-f]{64}")


class StorageFailed(OSError):
    """The shared storage did not do what it was asked to; the message says what, and why."""


class SharedStorage:
    """A shared storage. What it does not do raises StorageFailed; what it does not have, DamagedRelease."""

    def __init__(self, storage: Storage):
        self.storage = storage

    def pointer(self) -> bytes | None:
        """Give what the pointer to the current release says, None before the first release."""
        try:
            with failing("read", CURRENT):
                return self._read(CURRENT)
        except FileNotFoundError:
            return None

    def record(self, name: str = WITHDRAWN) -> bytes | None:
        """Give the record of what was taken back, or another, None where there is none."""
        try:
            with failing("read", name):
                return self._read(name)
        except FileNotFoundError:
            return None

    def release(self, pointer: bytes) -> Release:
        """Give the release that a pointer names. Raises DamagedRelease when it is another one."""
        release_id, sha256 = read_pointer(pointer)
        content = self.read(manifest_name(release_id))
        if digest(content) != sha256 or (release := Release.read(content)).id != release_id:
            raise DamagedRelease(f"the manifest of release {release_id} in the shared storage is that of another one")
        return release

    def release_ids(self) -> list[int]:
        """Give the ids of all releases in the storage, the oldest first."""
        with failing("list", "its releases"):
            _folders, files = self.storage.listdir("")
        names = [name.removesuffix(".json") for name in files if name.endswith(".json")]
        return sorted(int(name) for name in names if name.isdecimal())

    def has(self, name: str) -> bool:
        """Tell whether something stands under a name."""
        with failing("look for", name):
            return self.storage.exists(name)

    def read(self, name: str) -> bytes:
        """Give what stands under a name."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Give what stands under a name, bit by bit."""
        try:
            with failing("read", name), self.storage.open(name) as file:
                while chunk := file.read(CHUNK):
                    yield chunk
        except FileNotFoundError as error:
            raise DamagedRelease(f"{name} is missing in the shared storage") from error

    def write(self, name: str, content: BinaryIO, media_type: str = OCTETS):
        """Put a file under a name, as a whole or not at all."""
        file = File(content, name)
        file.content_type = media_type
        with failing("write", name):
            self.storage.save(name, file)

    def delete(self, name: str):
        """Remove what stands under a name, if anything does."""
        with failing("delete", name):
            self.storage.delete(name)

    def _read(self, name: str) -> bytes:
        with self.storage.open(name) as file:
            return file.read()


@contextmanager
def failing(what: str, name: str) -> Iterator[None]:
    """Say in one sentence what the storage did not do: each kind of storage has exceptions of its own."""
    try:
        yield
    except (FileNotFoundError, DamagedRelease, GeneratorExit):
        raise
    except Exception as error:
        raise StorageFailed(f"the shared storage did not {what} {name}: {error}") from error


def shared_storage() -> SharedStorage | None:
    """Give the storage that several servers share, None where there is only this server."""
    return SharedStorage(storages["releases"]) if "releases" in settings.STORAGES else None


def manifest_name(release_id: int) -> str:
    """Give the name that the manifest of a release has in the storage."""
    return str(manifest_path(Path(), release_id))


def blob_name(sha256: str, suffix: str = "") -> str:
    """Give the name that a blob, or a compressed form of it, has in the storage. Raises DamagedRelease."""
    if SHA256.fullmatch(sha256) is None:
        raise DamagedRelease(f"{sha256!r} is not the name of a blob")
    return f"{blob_path(Path(), sha256)}{suffix}"
