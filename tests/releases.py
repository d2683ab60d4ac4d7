"""Releases for tests: of anything, by a full publish, and what a folder holds."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

from api.releases.manifest import (
    Entry,
    Release,
    blob_path,
    current_release,
    entries_of,
    pieces_in,
    read_release,
    release_ids,
)
from api.releases.server import ReleaseReader
from cms.publishing.publish import Published, publish
from cms.publishing.writer import BlobWriter, next_id, point_to, trees_of, write_manifest


def copy_releases(folder: Path, to: Path):
    """Copy a release folder for a test of its own. Blobs, which nobody changes once they are written, are shared."""
    shutil.copytree(folder, to, copy_function=_share_blobs)


def _share_blobs(source: str, to: str):
    (os.link if Path(source).parent.parent.name == "blobs" else shutil.copy2)(source, to)


def changed_blobs(folder: Path) -> list[str]:
    """Give the names of blobs that are not what they were written as: whoever copied the folder has them, too."""
    blobs = [blob for blob in folder.glob("blobs/*/*") if not blob.suffix]
    return [blob.name for blob in blobs if sha256(blob.read_bytes()).hexdigest() != blob.name]


def publish_everything() -> Published:
    """Publish all there is, also what was changed past every signal."""
    return publish(everything=True)


def write_release(resources, folder: Path) -> Release:
    """Write resources as the next release of a folder, and make it the current one."""
    folder.mkdir(parents=True, exist_ok=True)
    blobs = BlobWriter(folder)
    try:
        kept = {resource.path: blobs.keep(resource.content, resource.type) for resource in resources}
        trees = trees_of(folder, None, pieces_in(folder))
        trees["resources"] = trees["resources"].changed({path: entry.result().value for path, entry in kept.items()})
        blobs.keep_pieces(trees.values())
        blobs.flush()
    finally:
        blobs.close()
    roots = {name: tree.root for name, tree in trees.items()}
    release = Release(next_id(folder), max(release_ids(folder), default=None), "2026-11-24T10:00:00Z", **roots)
    write_manifest(folder, release)
    point_to(folder, release)
    return release


def go_to(folder: Path, release_id: int):
    """Point a folder to one of its releases."""
    point_to(folder, read_release(folder, release_id))


def released(folder: Path) -> dict[str, Entry]:
    """Give everything that the current release of a folder has, by path."""
    return entries_of(folder, current_release(folder))


def released_by(reader: ReleaseReader) -> dict[str, Entry]:
    """Give what a reader's release has to show, by path."""
    reader.refresh()
    entries = entries_of(reader.folder, reader.release)
    return {path: entry for path, entry in entries.items() if entry.sha256}


def shown(folder: Path) -> dict[str, bytes]:
    """Give the bytes that a reader who starts now sees, by path."""
    return {
        path: blob_path(folder, entry.sha256).read_bytes() for path, entry in released(folder).items() if entry.sha256
    }
