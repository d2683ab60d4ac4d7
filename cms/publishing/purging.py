"""Taking words and files out of kept releases: what showed them is as it is today, or is there no more."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from api.releases.forget import remove
from api.releases.manifest import (
    Release,
    blob_path,
    changes_of,
    current_release,
    entries_of,
    pieces_in,
    read_release,
    release_ids,
)
from api.releases.tree import DamagedRelease, Pieces, Tree, names_of
from api.releases.verify import surely_extra_files
from api.search.files import renew
from cms.models import Change
from cms.publishing import offline
from cms.publishing.lease import LeaseLost, only_publisher
from cms.publishing.push import push_without
from cms.publishing.suspects import all_codes
from cms.publishing.targets import JSON, name_of_page
from cms.publishing.writer import BlobWriter, trees_of, write_manifest
from toolkit.documents.facts import fact_name
from toolkit.private_files import private_among

# What keeps a purge from being ended at once; the worker ends it.
UNFINISHED = (OSError, LeaseLost, DamagedRelease)


@dataclass(frozen=True)
class Purged:
    """How many older releases were written anew, how many files went, and the SHA-256 of what showed the words."""

    releases: int
    files: int
    blobs: set[str] = field(default_factory=set)


def purge_releases(folder: Path, keys: Iterable[str] = (), *, files: Iterable[str] = (), current: Release) -> Purged:
    """Take what these pages showed, and what showed these files, out of all kept releases but the current one.

    The current one is without them already. `files` are names of facts. An older release keeps its number. What
    cannot be read any more is removed: nobody could tell what is in it. Raises UNFINISHED.
    """
    keys, files, kept, cleaned, blobs = set(keys), set(files), [], [], set()
    with only_publisher(folder) as lease:
        ids = release_ids(folder)
        for release_id in ids:
            try:
                release = read_release(folder, release_id)
                anew = release_id != current.id and cleaned_release(folder, release, keys, files, current, blobs)
            except DamagedRelease:
                continue
            kept.append(anew or release)
            cleaned += [anew] if anew else []
        removed = surely_extra_files(folder, kept)
        # The shared storage first: where it fails, all is still here by which the next purge knows what has to go.
        push_without(removed, written=cleaned, current=current, lease=lease)
        for release in cleaned:
            write_manifest(folder, release)
        remove(folder, removed)
        renew(folder, current.resources)
    unreadable = len(ids) - len(kept)
    return Purged(len(cleaned) + unreadable, len(removed) - unreadable, blobs)


def purge_private_files(folder: Path) -> Purged | None:
    """Take pictures and files that are private now out of the releases in which everybody saw them.

    Gives None where none but the current one shows any. Raises UNFINISHED.
    """
    models = {Change.Kind.IMAGE: get_image_model(), Change.Kind.DOCUMENT: get_document_model()}
    private = {fact_name(kind, pk, "") for kind, model in models.items() for pk in private_among(model.objects.all())}
    current = current_release(folder) if private else None
    pieces = pieces_in(folder)
    for release_id in release_ids(folder) if current else ():
        release = read_release(folder, release_id)
        if release_id != current.id and shown_among(trees_of(folder, release, pieces)["nodes"], private):
            return purge_releases(folder, files=private, current=current)
    return None


def shown_among(nodes: Tree, files: Iterable[str]) -> set[str]:
    """Give those of some files that a release shows: of one that was private then it knows only that."""
    return {name for name in files if (nodes.get(name) or {}).get("paths")}


def cleaned_release(
    folder: Path, release: Release, keys: set[str], files: set[str], current: Release, blobs: set[str]
) -> Release | None:
    """Give an older release without the words and files, its pieces written; None where it has none of them.

    Adds to `blobs` what it showed. Each part that read them is replaced by what the current release has in its place,
    with the files that this shows: all is written already, so nothing is built.
    """
    pieces = pieces_in(folder)
    trees, now = trees_of(folder, release, pieces), trees_of(folder, current, pieces)
    names = readers_of(trees, keys, shown_among(trees["nodes"], files))
    nodes = {name: now["nodes"].get(name) for name in names}
    shown = {name: now["nodes"].get(name) for name in files_read_by(pieces, nodes.values())}
    before = (trees["nodes"].get(name) for name in names)
    paths = {path for node in (*before, *shown.values()) if node for path in node.get("paths", [])}
    nodes |= shown
    resources = {path: now["resources"].get(path) for path in paths}
    was = {(trees["resources"].get(path) or {}).get("sha256") for path in paths}
    blobs |= was - {(entry or {}).get("sha256") for entry in resources.values()} - {None}
    after = {
        **trees,
        "nodes": trees["nodes"].changed(nodes),
        "resources": trees["resources"].changed(resources),
    }
    changes = cleaned_changes(folder, release, trees["nodes"], keys, pieces)
    if changes == release.changes and all(after[name].root == getattr(release, name) for name in after):
        return None
    writer = BlobWriter(folder)
    try:
        lists = {path: writer.keep(content, JSON) for path, content in offline.lists(folder, trees, nodes, after)}
        lists = {path: kept.result().value for path, kept in lists.items()}
        after["resources"] = after["resources"].changed(lists)
        writer.keep_pieces(after.values(), [changes] if changes in pieces.new else [])
        writer.flush()
    finally:
        writer.close()
    return replace(release, changes=changes, resources=after["resources"].root, nodes=after["nodes"].root)


def files_read_by(pieces: Pieces, nodes: Iterable[dict | None]) -> set[str]:
    """Give the names of the facts about pictures and files that some nodes read."""
    kinds = tuple(f"{kind}:" for kind in (Change.Kind.IMAGE, Change.Kind.DOCUMENT))
    return {name for node in nodes if node for name in names_of(pieces, node) if name.startswith(kinds)}


def readers_of(trees: dict[str, Tree], keys: set[str], files: Iterable[str] = ()) -> set[str]:
    """Give the names of all facts and targets that were made of these pages' words or of files, directly or not."""
    codes = all_codes()
    waiting = [name_of_page(key, code) for key in keys for code in codes]
    waiting += [fact_name("mention", key, code) for key in keys for code in codes] + list(files)
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
