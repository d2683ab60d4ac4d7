"""Writing a release: blobs first, then pieces, then the manifest, then the pointer; each is whole before the next."""

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from api.releases.encodings import ENCODERS
from api.releases.files import flush_file, write_named, write_whole
from api.releases.manifest import (
    TREES,
    Entry,
    Release,
    blob_path,
    manifest_path,
    pointer_content,
    release_ids,
    tree_of,
)
from api.releases.tree import Pieces, Tree
from api.releases.verify import pointed_to
from cms.publishing.failpoints import reach
from toolkit.documents.canonical import digest

COMPRESSED = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
# Compressing and writing leave Python's lock, so that building goes on in the meantime.
THREADS = 4
# A thread costs more to start than so many blobs to write.
FEW_BLOBS = 8
# Forcing so many files to the disk one by one takes as long as forcing everything there is.
FEW_FILES = 32


class BlobWriter:
    """Keeps bytes in a release folder under their SHA-256, compressed too, in threads of its own.

    With `dry` it writes nothing, and still says what the entries would be.
    """

    def __init__(self, folder: Path, *, dry: bool = False):
        self.folder = folder
        self.dry = dry
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="blobs")
        self._written: set[Path] = set()
        self._found: set[Path] = set()
        self._kept: dict[tuple[str, str], Future] = {}

    def keep(self, content: bytes, media_type: str, *, smallest: bool = False) -> "Future[Entry]":
        """Keep bytes; the entry says where. Its `result()` raises OSError when the disk is full or not writable."""
        sha256 = digest(content)
        if (sha256, media_type) not in self._kept:
            submit = self._pool.submit if len(self._kept) >= FEW_BLOBS else _at_once
            self._kept[sha256, media_type] = submit(self._keep, content, sha256, media_type, smallest)
        return self._kept[sha256, media_type]

    def _keep(self, content: bytes, sha256: str, media_type: str, smallest: bool) -> Entry:
        blob = blob_path(self.folder, sha256)
        self._write(blob, content)
        forms = {}
        if media_type.startswith(COMPRESSED):
            forms = {name: self._compressed(blob, name, content, smallest) for name in ENCODERS}
        reach("blob-written")
        return Entry(sha256, media_type, len(content), **forms)

    def _compressed(self, blob: Path, name: str, content: bytes, smallest: bool) -> tuple[int, str]:
        suffix, encode = ENCODERS[name]
        compressed = encode(content, smallest=smallest)
        self._write(blob.with_name(blob.name + suffix), compressed)
        return len(compressed), digest(compressed)

    def _write(self, path: Path, content: bytes):
        if self.dry:
            return
        # What is there may be what a power cut left of it.
        if holds(path, content):
            self._found.add(path)
        else:
            write_named(path, content, before_naming=partial(reach, "blob-unfinished"))
            self._written.add(path)

    def keep_pieces(self, trees: Iterable[Tree], more: Iterable[str] = ()):
        """Keep the new pieces of trees, and some more that are new."""
        for tree in trees:
            for sha256 in [*tree.new_pieces(), *more]:
                self._write(blob_path(self.folder, sha256), tree.pieces.new[sha256])

    def flush(self, *, found: bool = True):
        """Wait until all is written, and see to it that it outlasts a power cut. Raises OSError.

        With `found`, that goes for files as well that were there: who wrote them may have died before this.
        """
        for kept in self._kept.values():
            kept.result()
        files = self._written | self._found if found else set(self._written)
        if len(files) > FEW_FILES:
            os.sync()
        else:
            folders = {path.parent for path in files}
            list(self._pool.map(flush_file, [*files, *folders, *{folder.parent for folder in folders}]))
        self._written.clear()
        self._found.clear()

    def close(self):
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)


def _at_once(function, *arguments) -> Future:
    done = Future()
    try:
        done.set_result(function(*arguments))
    except OSError as error:
        done.set_exception(error)
    return done


def write_manifest(folder: Path, release: Release):
    """Write the manifest of a release, whose blobs and pieces are there."""
    path = manifest_path(folder, release.id)
    write_whole(path, release.content, before_naming=partial(reach, "manifest-unfinished"))
    reach("manifest-written")


def point_to(folder: Path, release: Release):
    """Make a release the current one: from here on the public sees it."""
    path = folder / "current"
    write_whole(path, pointer_content(release), before_naming=partial(reach, "pointer-unfinished"))
    reach("pointer-written")


def next_id(folder: Path) -> int:
    """Give an id that no release has had: one is never written over, not even when its manifest is lost."""
    return max([*release_ids(folder), pointed_to(folder) or 0]) + 1


def trees_of(folder: Path, release: Release | None, pieces: Pieces) -> dict[str, Tree]:
    """Give the three trees of a release, to be changed; empty ones where there is none yet."""
    if release is None:
        return {name: Tree(pieces) for name in TREES}
    return {name: Tree(pieces, tree_of(folder, getattr(release, name)).root) for name in TREES}


def holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is there with just these bytes."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
