"""What readers may keep on their device: the page that offers it, the worker that reads it, and the list of it all.

The list of a locale is no target: it is made of what all targets came to, from the list before and what has changed.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from api.content.addresses import WIDGET
from api.releases.manifest import read_blob
from api.releases.server import WORKER
from api.releases.tree import DamagedRelease, Tree
from api.widget.bundle import NEWEST
from cms.publishing.suspects import all_codes
from cms.publishing.targets import HTML, Built, Resource, is_public, notice, target
from cms.publishing.widget import JAVASCRIPT
from toolkit.assets import all_assets, asset
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.facts import fact_name, parts_of
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import SCHEMA_VERSION
from toolkit.rendering import UNREACHABLE, offline_document, offline_path, page_html

LIST = "/{locale}/offline.json"
# The kinds of targets of which a locale's list has something.
ITS_KINDS = ("page", "offline", "tested", "widget")
# So much of a SHA-256 tells one version from another.
VERSION_DIGITS = 16


@target("worker")
def worker(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the worker at the top of the site: it can answer only for what is below its own address."""
    return Built([Resource(WORKER, asset("worker.js").content, JAVASCRIPT)], read.read_set)


@target("offline")
def offline(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the page that offers to keep a locale, and the one that stands in for what is not kept."""
    if not is_public(read) or not offline_path(read, read.locale):
        return Built([], read.read_set)
    read.know("catalogue")
    read.know("templates", "pages/offline.html", locale="")
    site = read.know("frame")
    document = offline_document(site, read.locale, _alternates(read))
    resources = [
        Resource(document["path"], page_html(document, site).encode(), HTML),
        notice(read, "unreachable", UNREACHABLE),
    ]
    return Built(resources, read.read_set, kept=[LIST.format(locale=read.locale)])


def _alternates(read: Reading) -> list[dict]:
    codes = [language["locale"] for language in read.know("languages", locale="")]
    return [{"locale": code, "path": path} for code in codes if (path := offline_path(read, code))]


def lists(
    folder: Path, before: dict[str, Tree], nodes: Iterable[str], after: dict[str, Tree]
) -> Iterator[tuple[str, bytes]]:
    """Give the address and the bytes of each list that may have changed with these nodes.

    `before` and `after` hold the trees of resources and of nodes.
    """
    changed = {}
    for name in nodes:
        kind, _argument, locale = parts_of(name)
        # The same picture is shown in all languages.
        for code in all_codes() if kind == "image" else [locale] if kind in ITS_KINDS else []:
            changed.setdefault(code, set()).add(name)
    for locale, names in sorted(changed.items()):
        own = after["nodes"].get(fact_name("offline", "", locale))
        if own:
            tested = after["nodes"].get(fact_name("tested", "", locale)) or {}
            shown = [*own["paths"], *tested.get("paths", [])]
            yield LIST.format(locale=locale), _list(folder, before, names, after, locale, shown)


def _list(folder: Path, before, names: set[str], after, locale: str, own: list[str]) -> bytes:
    path = LIST.format(locale=locale)
    pages = _pages_before(folder, before["resources"].get(path))
    if pages is None:
        pages, names = {}, {name for name, _node in after["nodes"].items() if parts_of(name)[::2] == ("page", locale)}
    names = {name for name in names if name.startswith("page:")}
    for name in names:
        pages.pop(_shown(before["nodes"].get(name)), None)
    for name in names:
        node = after["nodes"].get(name)
        if entry := _entry(after, _shown(node)):
            pages[_shown(node)] = [*entry, *node["memory"].get("pictures", [])]
    own_pages = {shown: _entry(after, shown) for shown in own if shown != path}
    files = {shown: _entry(after, shown) for shown in _files(locale, pages)}
    files = {shown: entry for shown, entry in files.items() if entry}
    size = sum(entry[1] for part in (pages, own_pages, files) for entry in part.values())
    kept = {"pages": pages, "own_pages": own_pages, "files": files, "size": size}
    return canonical_bytes({"schema_version": SCHEMA_VERSION, "locale": locale, **kept})


def _pages_before(folder: Path, entry: dict | None) -> dict | None:
    """Give the pages of the list before, None where there is none that can be read."""
    try:
        return entry and json.loads(read_blob(folder, entry["sha256"]))["pages"]
    except (OSError, DamagedRelease):
        return None


def _shown(node: dict | None) -> str:
    """Give the address at which a node of a page shows it, "" where it shows none."""
    memory = (node or {}).get("memory", {})
    path = memory.get("about", {}).get("path", "")
    return path if not memory.get("gone") and path in (node or {}).get("paths", []) else ""


def _files(locale: str, pages: dict[str, list]) -> set[str]:
    """Give the addresses of all that pages are shown with, and of what the widget is made of."""
    own = {one.path for one in all_assets() if one != asset("worker.js")}
    pictures = {picture for _version, _size, *shown in pages.values() for picture in shown}
    return {*own, *pictures, NEWEST, WIDGET.format(locale=locale)}


def _entry(after: dict[str, Tree], path: str) -> list | None:
    """Give version and size in bytes of what is at an address, None when nothing is."""
    entry = after["resources"].get(path) if path else None
    if not entry or not entry.get("sha256"):
        return None
    return [entry["sha256"][:VERSION_DIGITS], entry["size"]]
