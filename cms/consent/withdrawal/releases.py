"""Taking words out of the releases that are kept: what showed them is as it is today, or is there no more."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from api.releases.forget import remove_extra_files
from api.releases.manifest import (
    Release,
    blob_path,
    changes_of,
    current_release,
    entries_of,
    manifest_path,
    pieces_in,
    read_release,
    release_ids,
)
from api.releases.tree import DamagedRelease, Pieces, Tree, names_of
from api.search.files import renew
from cms.publishing.lease import only_publisher
from cms.publishing.push import push_without
from cms.publishing.suspects import all_codes
from cms.publishing.targets import name_of_page
from cms.publishing.writer import BlobWriter, trees_of, write_manifest
from toolkit.documents.facts import fact_name


@dataclass(frozen=True)
class Purged:
    """How many older releases were written anew, how many files went, and the SHA-256 of what showed the words."""

    releases: int
    files: int
    blobs: set[str] = field(default_factory=set)


def purge_releases(folder: Path, keys: Iterable[str], *, current: Release) -> Purged:
    """Take what these pages showed out of all kept releases but the current one, whose words have gone before.

    An older release keeps its number. What cannot be read any more is removed: nobody could tell what is in it.
    """
    keys, written, unreadable, blobs = set(keys), [], [], set()
    with only_publisher(folder):
        for release_id in release_ids(folder):
            try:
                release = read_release(folder, release_id)
                cleaned = release_id != current.id and cleaned_release(folder, release, keys, current, blobs)
            except DamagedRelease:
                unreadable.append(release_id)
                continue
            if cleaned:
                write_manifest(folder, cleaned)
                written.append(cleaned)
        for release_id in unreadable:
            manifest_path(folder, release_id).unlink(missing_ok=True)
        removed = remove_extra_files(folder)
        renew(folder, current.resources)
        push_without(removed, written=written, current=current)
    return Purged(len(written) + len(unreadable), len(removed), blobs)


def cleaned_release(
    folder: Path, release: Release, keys: set[str], current: Release, blobs: set[str]
) -> Release | None:
    """Give an older release without the words, its pieces written; None where it has none of them.

    Adds to `blobs` what it showed. Each part that read the words is replaced by what the current release has in its
    place: that is written already, so nothing is built.
    """
    pieces = pieces_in(folder)
    trees, now = trees_of(folder, release, pieces), trees_of(folder, current, pieces)
    names = readers_of(trees, keys)
    nodes = {name: now["nodes"].get(name) for name in names}
    paths = {path for name in names for path in (trees["nodes"].get(name) or {}).get("paths", [])}
    resources = {path: now["resources"].get(path) for path in paths}
    was = {(trees["resources"].get(path) or {}).get("sha256") for path in paths}
    blobs |= was - {(entry or {}).get("sha256") for entry in resources.values()} - {None}
    after = {
        **trees,
        "nodes": trees["nodes"].changed(nodes),
        "resources": trees["resources"].changed(resources),
    }
    changes = cleaned_changes(folder, release, trees["nodes"], keys, pieces)
    cleaned = replace(release, changes=changes, resources=after["resources"].root, nodes=after["nodes"].root)
    if cleaned == release:
        return None
    blobs = BlobWriter(folder)
    try:
        blobs.keep_pieces(after.values(), [changes] if changes in pieces.new else [])
        blobs.flush()
    finally:
        blobs.close()
    return cleaned


def readers_of(trees: dict[str, Tree], keys: set[str]) -> set[str]:
    """Give the names of all facts and targets that were made of the words of these pages, directly or not."""
    codes = all_codes()
    waiting = [name_of_page(key, code) for key in keys for code in codes]
    waiting += [fact_name("mention", key, code) for key in keys for code in codes]
    found = {name for name in waiting if trees["nodes"].get(name)}
    while waiting:
        readers = trees["readers"].get(waiting.pop())
        new = names_of(trees["readers"].pieces, readers) - found if readers else set()
        found |= new
        waiting += new
    return found


def cleaned_changes(folder: Path, release: Release, nodes: Tree, keys: set[str], pieces: Pieces) -> str:
    """Give the list of what changed with a release, without the titles of these pages."""
    if not release.changes:
        return ""
    abouts = [
        (nodes.get(name_of_page(key, code)) or {}).get("memory", {}).get("about", {})
        for key in keys
        for code in all_codes()
    ]
    addresses = {about.get("api") for about in abouts}
    listed = changes_of(folder, release)
    cleaned = [{**one, "title": ""} if one.get("api") in addresses else one for one in listed]
    return pieces.keep({"changes": cleaned}) if cleaned != listed else release.changes


def came_back(folder: Path, blobs: Iterable[str]) -> bool:
    """Tell whether a folder has files again that showed what was taken back: an older copy of it was put back."""
    there = {sha256 for sha256 in blobs if blob_path(folder, sha256).exists()}
    current = current_release(folder) if there else None
    shown = {entry.sha256 for entry in entries_of(folder, current).values()} if current else set()
    return bool(there - shown)
