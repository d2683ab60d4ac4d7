"""Every file that a release reaches, found by reading the disk itself and not what a process remembers of it."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from api.releases.manifest import TREES, Entry, Release, blob_path, read_blob
from api.releases.tree import EMPTY, Pieces, Tree, names_below

# What a piece is part of, in words.
USES = {
    "resources": "a part of the list of addresses",
    "nodes": "a part of the record of what was built",
    "readers": "a part of the record of what reads what",
}
ReadPiece = Callable[[Path, str], dict]


@dataclass(frozen=True, slots=True)
class File:
    """A file below a release folder: its name there, what it must hold, and what it is for, in words.

    `size` is in bytes, None for a piece of a tree, of which nothing but the SHA-256 is written down.
    """

    name: str
    sha256: str
    size: int | None
    use: str


def read_piece(folder: Path, sha256: str) -> dict:
    """Read a piece of a tree from the disk, and check it. Raises DamagedRelease."""
    return json.loads(read_blob(folder, sha256))


def resources_of(folder: Path, release: Release) -> dict[str, Entry]:
    """Give everything that a release has, by path, as the disk has it. Raises DamagedRelease."""
    tree = Tree(Pieces(lambda sha256: read_piece(folder, sha256)), release.resources)
    return {path: Entry.of(value) for path, value in sorted(tree.items())}


def files_of(folder: Path, releases: Iterable[Release], read: ReadPiece = read_piece) -> Iterator[File]:
    """Give every file that releases reach below their manifests, once each however many of them share it.

    Raises what `read` raises for a piece that cannot be read: DamagedRelease, unless told otherwise.
    """
    walk = _Walk(folder, read)
    for release in releases:
        for name in TREES:
            yield from walk.tree(name, getattr(release, name).sha256)
        if release.changes:
            yield from walk.once(
                _file(release.changes, "", None, f"the list of what changed with release {release.id}")
            )


class _Walk:
    """A walk over trees that share pieces, and pieces that share blobs."""

    def __init__(self, folder: Path, read: ReadPiece):
        self.folder, self.read = folder, read
        self.pieces: set[tuple[str, str]] = set()
        self.files: set[tuple[str, str]] = set()

    def once(self, file: File) -> Iterator[File]:
        if (file.name, file.sha256) not in self.files:
            self.files.add((file.name, file.sha256))
            yield file

    def tree(self, name: str, sha256: str) -> Iterator[File]:
        if sha256 == EMPTY.sha256 or (name, sha256) in self.pieces:
            return
        self.pieces.add((name, sha256))
        yield from self.once(_file(sha256, "", None, USES[name]))
        piece = self.read(self.folder, sha256)
        for below in names_below(piece):
            yield from self.tree(name, below)
        if name == "resources":
            yield from self.blobs(piece.get("entries", {}))

    def blobs(self, entries: dict[str, dict]) -> Iterator[File]:
        for path, value in entries.items():
            entry = Entry.of(value)
            for suffix, (size, sha256) in entry.files.items():
                yield from self.once(_file(entry.sha256, suffix, size, path, sha256))


def _file(blob: str, suffix: str, size: int | None, use: str, sha256: str = "") -> File:
    return File(f"{blob_path(Path(), blob)}{suffix}", sha256 or blob, size, use)
