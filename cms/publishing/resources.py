"""What a release is made of: every public address with its bytes and what they were made from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from api.content.shapes import COLLECTIONS, Index, api_path, list_shape
from api.releases.views import INDEX_PATH, NOT_FOUND_PATH
from toolkit.assets import all_assets
from toolkit.documents.build import build_document
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.library import Library
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import SCHEMA_VERSION, shaped
from toolkit.rendering import languages, not_found_html, page_html, site_frame

JSON = "application/json"
HTML = "text/html"
OPENAPI = Path(settings.BASE_DIR) / "api" / "openapi.json"
MEDIA_TYPES = {
    "css": "text/css",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "pdf": "application/pdf",
    "webm": "video/webm",
    "json": JSON,
}


@dataclass(frozen=True)
class Resource:
    """One public address: path, bytes, media type, and the read-set of what it was made from."""

    path: str
    content: bytes
    type: str
    reads: frozenset[str] = frozenset()


def all_resources(library: Library) -> Iterator[Resource]:
    """Make every resource of a release, in no particular order."""
    public_locales = languages(library)
    yield from site_resources(public_locales)
    for language in public_locales:
        yield from locale_resources(library, language["locale"])


def site_resources(public_locales: list[dict]) -> Iterator[Resource]:
    """Make what belongs to no locale: assets, the start of the API, the contract."""
    for asset in all_assets():
        yield Resource(asset.path, asset.content, media_type(asset.path))
    yield Resource("/api/v1/openapi.json", OPENAPI.read_bytes(), JSON)
    yield Resource("/robots.txt", b"User-agent: *\nDisallow: /admin/\n", "text/plain")
    index = {
        "schema_version": SCHEMA_VERSION,
        "locales": [{**locale, "api": f"/api/v1/{locale['locale']}/"} for locale in public_locales],
        "openapi": "/api/v1/openapi.json",
    }
    yield Resource(INDEX_PATH, canonical_bytes(shaped(Index, index)), JSON, frozenset({"type:toolkit"}))


def locale_resources(library: Library, locale: str) -> Iterator[Resource]:
    """Make the pages, documents and lists of a locale."""
    frame = Reading(library, locale)
    site = site_frame(frame)
    for page in library.pages:
        if page.locale.language_code == locale:
            yield from page_resources(page, Reading(library, locale), site, frame.read_set)
    for collection in COLLECTIONS:
        yield list_resource(collection, Reading(library, locale))
    not_found = not_found_html(locale, site).encode()
    yield Resource(NOT_FOUND_PATH.format(locale=locale), not_found, HTML, frozenset(frame.read_set))


def page_resources(page, read: Reading, site: dict, frame_read_set: set[str]) -> Iterator[Resource]:
    """Make the document of a page, its HTML, and the files that it shows."""
    document = build_document(page, read)
    reads = frozenset(read.read_set)
    yield Resource(api_path(document), canonical_bytes(document), JSON, reads)
    yield Resource(document["path"], page_html(document, site).encode(), HTML, reads | frame_read_set)
    for address, file in read.files.items():
        with file.open("rb") as opened:
            yield Resource(address, opened.read(), media_type(address), reads)


def list_resource(collection: str, read: Reading) -> Resource:
    """Make the list of all summaries of a collection."""
    found = read.mentions(read.all_of(*COLLECTIONS[collection]))
    document = {"count": len(found), "next": None, "previous": None, "results": found}
    content = canonical_bytes(shaped(list_shape(collection), document))
    return Resource(f"/api/v1/{read.locale}/{collection}/", content, JSON, frozenset(read.read_set))


def media_type(path: str) -> str:
    """Give the media type of a file by the end of its name."""
    return MEDIA_TYPES.get(path.rsplit(".", 1)[-1].lower(), "application/octet-stream")
