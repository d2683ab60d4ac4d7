"""A release on disk: its manifest, its blobs, and which release is the current one.

<folder>/blobs/ab/abcdef…   bytes under their SHA-256, with .br and .gz beside them; pieces of trees, too
<folder>/000042.json        manifest: when, by whom, what changed, and the roots of three trees
<folder>/current            the id of the release that the public sees, and the SHA-256 of its manifest

The three trees: `resources` (path → entry), `nodes` (what was built, and what it read), `readers` (who read what).
The public needs only the first; the others let the next publish build no more than it must.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from api.releases.tree import EMPTY, DamagedRelease, Pieces, Root, Tree
from toolkit.documents.canonical import canonical_bytes, digest

FORMAT = 2
TREES = ("resources", "nodes", "readers")
# Parsed pieces that a process keeps: some 15 kB each.
KEPT_PIECES = 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """What a release has at a path: bytes with their media type, or the address that they moved to.

    Sizes are in bytes. `br` and `gzip` are (size, SHA-256) of the compressed forms, None where there is none.
    `status` is 200, 410 (gone; the bytes say so) or 301 (moved to `location`; no bytes).
    """

    sha256: str = ""
    type: str = ""
    size: int = 0
    br: tuple[int, str] | None = None
    gzip: tuple[int, str] | None = None
    status: int = 200
    location: str = ""

    @classmethod
    def of(cls, value: dict) -> "Entry":
        """Read an entry from its form in the tree."""
        encodings = {name: tuple(value[name]) for name in ("br", "gzip") if name in value}
        return cls(**{**value, **encodings})

    @property
    def value(self) -> dict:
        """The entry's form in the tree: what is as always is left out."""
        return {
            name: list(set_to) if isinstance(set_to := getattr(self, name), tuple) else set_to
            for name in self.__slots__
            if getattr(self, name) != _DEFAULTS[name]
        }

    @property
    def files(self) -> dict[str, tuple[int, str]]:
        """Size and SHA-256 of each file of the blob, by the end of its name ("", ".br", ".gz")."""
        forms = {"": (self.size, self.sha256) if self.sha256 else None, ".br": self.br, ".gz": self.gzip}
        return {suffix: form for suffix, form in forms.items() if form}


_DEFAULTS = {name: getattr(Entry(), name) for name in Entry.__slots__}


@dataclass(frozen=True)
class Release:
    """A release: what it followed, when and by whom it was made, what changed with it, and its three trees.

    `changes` is the SHA-256 of a piece that lists pages: {"changes": [{"change": "added" | "changed" | "gone",
    "type", "locale", "title", "path", "api"}]}. `counts` says how many addresses were added, changed and gone.
    """

    id: int
    parent: int | None
    made_at: str
    made_by: tuple[str, ...] = ()
    changes: str = ""
    counts: dict = field(default_factory=dict)
    resources: Root = EMPTY
    nodes: Root = EMPTY
    readers: Root = EMPTY

    @property
    def content(self) -> bytes:
        """The bytes of the manifest. They hold a checksum of everything else in them."""
        roots = {name: [getattr(self, name).sha256, getattr(self, name).count] for name in TREES}
        manifest = {
            "format": FORMAT,
            "id": self.id,
            "parent": self.parent,
            "made_at": self.made_at,
            "made_by": list(self.made_by),
            "changes": self.changes,
            "counts": self.counts,
            "trees": roots,
        }
        return canonical_bytes({**manifest, "sha256": digest(canonical_bytes(manifest))})

    @classmethod
    def read(cls, content: bytes) -> "Release":
        """Read a manifest. Raises DamagedRelease when it is not what was written."""
        try:
            manifest = json.loads(content)
            said = manifest.pop("sha256")
            sound = said == digest(canonical_bytes(manifest)) and manifest["format"] == FORMAT
            release = sound and cls(
                id=manifest["id"],
                parent=manifest["parent"],
                made_at=manifest["made_at"],
                made_by=tuple(manifest["made_by"]),
                changes=manifest["changes"],
                counts=manifest["counts"],
                **{name: Root(*manifest["trees"][name]) for name in TREES},
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamagedRelease(f"a manifest cannot be read: {error}") from error
        if not release or release.content != content:
            raise DamagedRelease("a manifest is not what was written")
        return release


def blob_path(folder: Path, sha256: str) -> Path:
    """Give where the bytes with this SHA-256 are."""
    return folder / "blobs" / sha256[:2] / sha256


def manifest_path(folder: Path, release_id: int) -> Path:
    """Give where the manifest of a release is."""
    return folder / f"{release_id:06}.json"


def pointer_content(release: Release) -> bytes:
    """Give what the pointer to a release says."""
    return f"{release.id} {digest(release.content)}\n".encode()


def read_pointer(content: bytes) -> tuple[int, str]:
    """Give id and SHA-256 of the release that a pointer names. Raises DamagedRelease."""
    try:
        release_id, sha256 = content.decode("ascii").split()
        return int(release_id), sha256
    except ValueError as error:
        raise DamagedRelease("the pointer to the current release cannot be read") from error


def current_id(folder: Path) -> int | None:
    """Give the id of the current release, None before the first one. Raises DamagedRelease."""
    try:
        return read_pointer((folder / "current").read_bytes())[0]
    except FileNotFoundError:
        return None


def release_ids(folder: Path) -> list[int]:
    """Give the ids of all releases that are kept, the oldest first."""
    return sorted(int(file.stem) for file in folder.glob("*.json") if file.stem.isdecimal() and file.is_file())


def read_release(folder: Path, release_id: int) -> Release:
    """Read a release's manifest. Raises DamagedRelease, also when there is none."""
    try:
        release = Release.read(manifest_path(folder, release_id).read_bytes())
    except OSError as error:
        raise DamagedRelease(f"the manifest of release {release_id} cannot be read: {error}") from error
    if release.id != release_id:
        raise DamagedRelease(f"the manifest of release {release_id} is that of another one")
    return release


def current_release(folder: Path) -> Release | None:
    """Read the current release, None before the first one. Raises DamagedRelease."""
    try:
        release_id, sha256 = read_pointer((folder / "current").read_bytes())
    except FileNotFoundError:
        return None
    release = read_release(folder, release_id)
    if digest(release.content) != sha256:
        raise DamagedRelease(f"release {release_id} is not the one that was made current")
    return release


def pieces_in(folder: Path) -> Pieces:
    """Give the pieces of trees that a release folder holds."""
    return Pieces(lambda sha256: read_piece(folder, sha256))


@lru_cache(maxsize=KEPT_PIECES)
def read_piece(folder: Path, sha256: str) -> dict:
    """Read a piece of a tree, and check it. Raises DamagedRelease."""
    return json.loads(read_blob(folder, sha256))


def read_blob(folder: Path, sha256: str) -> bytes:
    """Read the bytes with this SHA-256, and check them. Raises DamagedRelease."""
    try:
        content = blob_path(folder, sha256).read_bytes()
    except OSError as error:
        raise DamagedRelease(f"blob {sha256} cannot be read: {error}") from error
    if digest(content) != sha256:
        raise DamagedRelease(f"blob {sha256} holds other bytes than were written")
    return content


def changes_of(folder: Path, release: Release) -> list[dict]:
    """Give the pages that changed with a release, as `Release` describes them."""
    return read_piece(folder, release.changes)["changes"] if release.changes else []


def tree_of(folder: Path, root: Root) -> Tree:
    """Give one of the trees of a release."""
    return Tree(pieces_in(folder), root)


def entry_at(folder: Path, release: Release, path: str) -> Entry | None:
    """Give what a release has at a path, None when it has nothing there."""
    value = tree_of(folder, release.resources).get(path)
    return value and Entry.of(value)


def entries_of(folder: Path, release: Release) -> dict[str, Entry]:
    """Give everything that a release has, by path. For 10,000 pages that is a lot."""
    return {path: Entry.of(value) for path, value in sorted(tree_of(folder, release.resources).items())}
