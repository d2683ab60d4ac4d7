"""A shared storage for tests: a folder, what it holds, what was asked of it, and how it fails."""

import re
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from api.releases.manifest import blob_path
from api.releases.storages import SharedFolder
from tests.damage import files_below, write_anew


def sharing(folder: Path) -> dict:
    """Give Django's STORAGES with a shared storage in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return {"releases": {"BACKEND": "tests.shared.CountingFolder", "OPTIONS": {"location": str(folder)}}}


class CountingFolder(SharedFolder):
    """A shared folder that counts what is asked of it, and fails from the n-th time on when a test says so."""

    asked: Counter = Counter()
    fails_at: tuple[str, int] | None = None

    def _note(self, what: str):
        self.asked[what] += 1
        if self.fails_at and what == self.fails_at[0] and self.asked[what] >= self.fails_at[1]:
            raise ConnectionError("the network is down")

    def _open(self, name, mode="rb"):
        self._note("read")
        return super()._open(name, mode)

    def _save(self, name, content):
        self._note("write")
        return super()._save(name, content)

    def exists(self, name):
        self._note("look")
        return super().exists(name)

    def delete(self, name):
        self._note("delete")
        super().delete(name)

    def listdir(self, path):
        self._note("list")
        return super().listdir(path)


@contextmanager
def counted(*, fails_at: tuple[str, int] | None = None):
    """Count what is asked of shared storages while the block runs; `fails_at` is what fails, from which time on."""
    CountingFolder.asked, CountingFolder.fails_at = Counter(), fails_at
    try:
        yield CountingFolder.asked
    finally:
        CountingFolder.fails_at = None


def damage(folder: Path, sha256: str) -> bytes:
    """Flip a bit of a blob, and give what it held before."""
    content = blob_path(folder, sha256).read_bytes()
    write_anew(blob_path(folder, sha256), bytes([content[0] ^ 1]) + content[1:])
    return content


def contents(folder: Path) -> dict[str, bytes]:
    """Give every finished file of a release folder or a storage, but for the lock."""
    files = files_below(folder)
    assert not [path for path in files if re.search("unfinished", path.name)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
