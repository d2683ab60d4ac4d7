"""Copying files while taking their SHA-256; what an earlier backup has already is not stored a second time."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from api.releases.files import unfinished_name
from cms.backups.backup import sha256_of

CHUNK = 1024 * 1024
UNFINISHED = ".unfinished"


def copy(source: Path, target: Path) -> str:
    """Copy a file with its rights, and give the SHA-256 of what was copied. Raises OSError."""
    found = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    # It may be the second name of an earlier backup's file.
    target.unlink(missing_ok=True)
    with open(source, "rb") as reading, open(target, "wb") as writing:
        while chunk := reading.read(CHUNK):
            found.update(chunk)
            writing.write(chunk)
        os.fchmod(writing.fileno(), stat.S_IMODE(os.fstat(reading.fileno()).st_mode))
    return found.hexdigest()


def link(source: Path, target: Path):
    """Give a file a second name, or a copy where the disk knows no second names. Raises OSError."""
    if target.exists() and target.samefile(source):
        return
    unfinished = unfinished_name(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished.unlink(missing_ok=True)
    try:
        os.link(source, unfinished)
    except OSError:
        copy(source, unfinished)
    unfinished.replace(target)


def files_in(folder: Path) -> Iterator[Path]:
    """Give every file below a folder that is whole. Somebody may have moved a part of it to a larger disk."""
    for path, _folders, names in os.walk(folder, followlinks=True):
        for name in names:
            file = Path(path, name)
            if not name.endswith(UNFINISHED) and file.is_file():
                yield file


class Copies:
    """The files of a backup that is being made: their SHA-256 by name, and how large they are in all.

    `earlier` is another backup's folder, with its own sums: what is the same there is linked.
    """

    def __init__(self, target: Path, earlier: Path | None, known: dict[str, str]):
        self.target = target
        self.earlier, self.known = earlier, known
        self.sums: dict[str, str] = {}
        self._seen: dict[str, tuple] = {}

    def take(self, name: str, source: Path):
        """Take one file, unless it is as it was when it was last taken. Raises OSError."""
        status = source.stat()
        state = (status.st_ino, status.st_size, status.st_mtime_ns)
        if self._seen.get(name) == state:
            return
        self.sums[name] = copy(source, self.target / name)
        self._seen[name] = state
        self.share(name)

    def share(self, name: str):
        """Put an earlier backup's file in the place of one that is the same, if it is whole."""
        if self.earlier and self.known.get(name) == self.sums[name]:
            before = self.earlier / name
            if before.is_file() and sha256_of(before) == self.sums[name]:
                self._link(before, self.target / name)

    def _link(self, before: Path, target: Path):
        second = target.with_name(f"{target.name}{UNFINISHED}")
        try:
            os.link(before, second)
        except OSError:
            # This disk knows no links: each backup takes all of its size.
            self.earlier = None
        else:
            second.replace(target)

    def take_all(self, name: str, folder: Path, left_out: tuple[str, ...] = ()) -> set[str]:
        """Take all files of a folder, and give their names; what goes in the meantime is not there."""
        names = set()
        for file in files_in(folder):
            inside = file.relative_to(folder)
            if inside.parts[0] not in left_out:
                try:
                    self.take(f"{name}/{inside}", file)
                except FileNotFoundError:
                    continue
                names.add(f"{name}/{inside}")
        return names

    def drop_others(self, name: str, there: set[str]):
        """Let go of what was taken of a folder and is not there any more."""
        for gone in [one for one in self.sums if one.startswith(f"{name}/") and one not in there]:
            (self.target / gone).unlink()
            del self.sums[gone]

    def note(self, name: str):
        """Take up a file that stands in the backup already."""
        self.sums[name] = sha256_of(self.target / name)
        self.share(name)

    @property
    def size(self) -> int:
        return sum((self.target / name).stat().st_size for name in self.sums)
