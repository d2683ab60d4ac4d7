"""Targets: the parts that a release is built of, each with the addresses that it answers at.

A target's name is like a fact's, `kind:argument@locale`: `page:5b1c…@cy`, `list:marks@cy`, `assets:@`.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from api.content.addresses import CHANGES, LIST, ORDER
from api.content.documentation import ADDRESS, TEMPLATE, documentation_html
from api.content.pages import PER_PAGE, list_page
from api.content.shapes import Index, list_shape
from api.releases.views import INDEX_PATH, NOTICES
from toolkit.assets import all_assets
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.facts import fact_name, parts_of
from toolkit.documents.library import Library
from toolkit.documents.reading import Reading, known_as
from toolkit.documents.shapes import SCHEMA_VERSION, shaped
from toolkit.locales import codes
from toolkit.rendering import notice_html

JSON = "application/json"
HTML = "text/html"
XML = "application/xml"
OPENAPI = Path(settings.BASE_DIR) / "api" / "openapi.json"
MEDIA_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "avif": "image/avif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "webm": "video/webm",
    "woff2": "font/woff2",
    "txt": "text/plain",
    "json": JSON,
}


@dataclass(frozen=True)
class Resource:
    """One public address: its path, and its bytes with their media type, or where it has moved to.

    `status` is 200; or 410, where the bytes say that what was here is gone; or 301. What is `smallest` is compressed
    as far as can be.
    """

    path: str
    content: bytes = b""
    type: str = ""
    status: int = 200
    location: str = ""
    smallest: bool = False


@dataclass
class Built:
    """What a target came to: its resources, what it read, and what the next build of it wants to know.

    `memory` is JSON data: what is written into the target's node, and given to its next build. `kept` are paths
    that stay as they were.
    """

    resources: list[Resource]
    reads: set[str]
    memory: dict = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


TARGETS: dict[str, Callable] = {}


def target(kind: str):
    """Let a function build the targets of a kind: it takes a reading, the argument, and the target's memory."""

    def add(function):
        TARGETS[kind] = function
        return function

    return add


def build_target(library: Library, name: str, memory: dict) -> Built:
    """Build a target. `memory` is what its last build left, {} for a first or a thorough one."""
    kind, argument, locale = parts_of(name)
    read = Reading(library, locale)
    read.know("code", locale="")
    return TARGETS[kind](read, argument, memory)


def names_of_site(locales: Iterable[str]) -> set[str]:
    """Give the names of all targets but the pages, for a site in these locales."""
    names = {
        fact_name(kind, "", "")
        for kind in (
            "assets",
            "script",
            "widget-docs",
            "openapi",
            "docs",
            "index",
            "robots",
            "sitemaps",
            "more-languages",
            "worker",
        )
    }
    # People score in their language, also where the site is not public in it yet.
    names |= {fact_name(kind, "", code) for kind in ("widget", "words") for code in codes()}
    for locale in locales:
        of_locale = (*NOTICES, "feed", "asking", "offline", "tested", "print", "booklet")
        names |= {fact_name(kind, "", locale) for kind in of_locale}
        names |= {fact_name(kind, name, locale) for kind in ("list", "sitemap") for name in COLLECTIONS}
    return names


def name_of_page(key: str, locale: str) -> str:
    """Give the name of a page's target."""
    return fact_name("page", key, locale)


def media_type(path: str) -> str:
    """Give the media type of a file by the end of its name."""
    return MEDIA_TYPES.get(path.rsplit(".", 1)[-1].lower(), "application/octet-stream")


@target("assets")
def _assets(read: Reading, _argument: str, _memory: dict) -> Built:
    # Nothing of a page is shown before its stylesheet is there.
    files = [
        Resource(asset.path, asset.content, media_type(asset.path), smallest=asset.path.endswith(".css"))
        for asset in all_assets()
    ]
    return Built(files, read.read_set)


@target("openapi")
def _contract(read: Reading, _argument: str, _memory: dict) -> Built:
    read.know("contract", locale="")
    return Built([Resource("/api/v1/openapi.json", OPENAPI.read_bytes(), JSON)], read.read_set)


@target("docs")
def _docs(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the page that shows the contract to people."""
    made_of = (
        read.know("contract", locale=""),
        read.know("templates", TEMPLATE, locale=""),
        read.know("code", locale=""),
    )
    return Built([Resource(ADDRESS, _documentation(*made_of), HTML)], read.read_set)


# It is the longest page of all, and changes with a deployment only.
@lru_cache(maxsize=1)
def _documentation(_contract: str, _template: str, _code: str) -> bytes:
    return documentation_html(json.loads(OPENAPI.read_bytes())).encode()


@known_as("contract")
def _contract_digest(_read: Reading, _argument: str) -> str:
    return digest(OPENAPI.read_bytes())


@target("index")
def _index(read: Reading, _argument: str, _memory: dict) -> Built:
    index = {
        "schema_version": SCHEMA_VERSION,
        "locales": [
            {**locale, "api": f"/api/v1/{locale['locale']}/"} for locale in read.know("languages", locale="")
        ],
        "openapi": "/api/v1/openapi.json",
        "docs": ADDRESS,
        "changes": CHANGES,
    }
    return Built([Resource(INDEX_PATH, canonical_bytes(shaped(Index, index)), JSON)], read.read_set)


@target("list")
def _list(read: Reading, collection: str, _memory: dict) -> Built:
    """Write the first page of a list, and the order of all of it: of the rest, an index is made of the documents."""
    if not is_public(read):
        return Built([], read.read_set)
    keys = [key for kind in COLLECTIONS[collection] for key in read.know("type", kind)]
    read.library.load(keys[:PER_PAGE])
    address = LIST.format(locale=read.locale, collection=collection)
    first = list_page(address, [_listed(read, key) for key in keys[:PER_PAGE]], count=len(keys))
    resources = [
        Resource(address, canonical_bytes(shaped(list_shape(collection), first)), JSON),
        Resource(ORDER.format(locale=read.locale, collection=collection), canonical_bytes({"keys": keys}), JSON),
    ]
    return Built(resources, read.read_set)


def _listed(read: Reading, key: str) -> dict:
    """Give the summary of a page as its own document has it, in whichever locale that is."""
    _type, locale, _path = read.know("link", key)
    return read.know("mention", key, locale=locale)


def _notice_target(name: str, path: str):
    """Let the page that says one of the things that can be wrong be a target of its own."""

    @target(name)
    def built(read: Reading, _argument: str, _memory: dict) -> Built:
        return Built([notice(read, name, path)] if is_public(read) else [], read.read_set)

    return built


for _name, _path in NOTICES.items():
    _notice_target(_name, _path)


def notice(read: Reading, name: str, path: str) -> Resource:
    """Write a page that says why there is no page."""
    read.know("catalogue")
    read.know("templates", f"pages/{name}.html", locale="")
    content = notice_html(name, read.locale, read.know("frame")).encode()
    return Resource(path.format(locale=read.locale), content, HTML)


def is_public(read: Reading) -> bool:
    """Tell whether the site has this locale at all."""
    return any(language["locale"] == read.locale for language in read.know("languages", locale=""))
