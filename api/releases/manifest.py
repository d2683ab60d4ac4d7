"""A release on disk: its manifest, its blobs, and which release is the current one.

<folder>/blobs/ab/abcdef…   bytes under their SHA-256, with .br and .gz beside them
<folder>/000042.json        manifest
<folder>/current            the id of the release that the public sees
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One resource of a release. Sizes are in bytes; 0 means that there is no such encoding."""

    sha256: str
    type: str
    size: int
    br: int
    gzip: int
    reads: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """A release: its id, the id it followed, and its resources by path."""

    id: int
    parent: int | None
    entries: dict[str, Entry]


def blob_path(folder: Path, sha256: str) -> Path:
    """Give where the bytes with this SHA-256 are."""
    return folder / "blobs" / sha256[:2] / sha256


def manifest_path(folder: Path, release_id: int) -> Path:
    """Give where the manifest of a release is."""
    return folder / f"{release_id:06}.json"


def current_id(folder: Path) -> int | None:
    """Give the id of the current release, None before the first one."""
    try:
        return int((folder / "current").read_text())
    except FileNotFoundError:
        return None


def read_release(folder: Path, release_id: int) -> Release:
    """Read a release's manifest. Raises FileNotFoundError when there is none."""
    manifest = json.loads(manifest_path(folder, release_id).read_text())
    entries = {
        path: Entry(**{**entry, "reads": tuple(entry["reads"])}) for path, entry in manifest["resources"].items()
    }
    return Release(manifest["id"], manifest["parent"], entries)


def manifest_text(release: Release, changes: dict) -> str:
    """Write a release as the text of its manifest."""
    resources = {path: asdict(entry) for path, entry in release.entries.items()}
    manifest = {"id": release.id, "parent": release.parent, "changes": changes, "resources": resources}
    return json.dumps(manifest, sort_keys=True, ensure_ascii=False, indent=1)
