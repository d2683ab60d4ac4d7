"""What a front server may answer by itself, kind by kind: with which address it begins, and what headers it has.

The headers are those of `headers_for`, asked for an example of each kind. What would get others is of no kind, and
stays with the application: so the two never differ.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.content.addresses import ABOUT, IS_LIST
from api.content.pages import link_header
from api.releases.manifest import Entry, read_blob
from api.releases.server import WORKER, headers_for
from api.widget.bundle import NEWEST

JSON = "application/json"
# Of these an address tells the media type by its end.
ASSETS = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "woff2": "font/woff2",
}
UPLOADS = {
    "webp": "image/webp",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "avif": "image/avif",
    "pdf": "application/pdf",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "webm": "video/webm",
}
# nginx compares addresses without telling capitals from small letters, and has no room for very long ones.
CAPITAL = re.compile("[A-Z]")
LONGEST = 400


@dataclass(frozen=True)
class Kind:
    """What has an address that begins with `below` and fits `pattern`, and is of a media type; an example of it."""

    below: str
    pattern: str
    type: str
    example: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers of everything of this kind, but for its ETag, which is its own."""
        return shared_headers(self.example, Entry(type=self.type))

    def fits(self, path: str) -> bool:
        return re.search(self.pattern, path) is not None


def of_files(below: str, types: dict[str, str]) -> list[Kind]:
    """Give the kinds of files in a folder, by the end of their names."""
    return [Kind(below, rf"\.{end}$", media_type, f"{below}any.{end}") for end, media_type in types.items()]


# In the order in which they are looked at, which is that of the front server. Folders before what is in none.
KINDS = [
    Kind("/api/", "^", JSON, "/api/v1/en/"),
    *of_files("/assets/", ASSETS),
    *of_files("/media/", UPLOADS),
    *of_files("/social/", {"png": "image/png"}),
    Kind("/widget/", rf"^{re.escape(NEWEST)}$", "text/javascript", NEWEST),
    Kind("/widget/", r"\.js$", "text/javascript", "/widget/v1/any-0123456789ab.js"),
    Kind("/", "/$", "text/html", "/en/"),
    Kind("/", r"/feed\.xml$", "application/atom+xml", "/en/feed.xml"),
    Kind("/", r"\.xml$", "application/xml", "/sitemap.xml"),
    Kind("/", r"\.json$", JSON, "/en/offline.json"),
    Kind("/", r"\.txt$", "text/plain", "/robots.txt"),
    Kind("/", r"\.pdf$", "application/pdf", "/en/booklet.pdf"),
    Kind("/", rf"^{re.escape(WORKER)}$", "text/javascript", WORKER),
]
FOLDERS = list(dict.fromkeys(kind.below for kind in KINDS))


def shared_headers(path: str, entry: Entry) -> dict[str, str]:
    """Give the headers of a released resource but for its ETag."""
    headers = headers_for(path, entry)
    del headers["ETag"]
    return dict(headers.items())


def kind_at(path: str) -> Kind | None:
    """Give the kind that an address belongs to, as the front server finds it: folder first, then pattern."""
    below = next((folder for folder in FOLDERS if path.startswith(folder)), None)
    return next((kind for kind in KINDS if kind.below == below and kind.fits(path)), None)


def kind_of(folder: Path, path: str, entry: Entry) -> Kind | None:
    """Give the kind of a released resource, None where only the application may answer for it."""
    if not entry.sha256 or entry.status != 200 or not is_sayable(path):
        return None
    kind = kind_at(path)
    if kind is None or kind.type != entry.type or shared_headers(path, entry) != known_headers(kind):
        return None
    # nginx takes Brotli before gzip, and gzip before what is not packed; the application, what is smallest.
    sizes = [form[0] for form in (entry.br, entry.gzip) if form] + [entry.size]
    if sizes != sorted(set(sizes)):
        return None
    if IS_LIST.fullmatch(path) and link_header(json.loads(read_blob(folder, entry.sha256))):
        return None
    return kind


@cache
def known_headers(kind: Kind) -> dict[str, str]:
    """Give the headers of a kind, worked out once."""
    return kind.headers


def is_sayable(path: str) -> bool:
    """Tell whether an address can stand in the front server's list."""
    is_short = len(path.encode()) <= LONGEST
    return path.startswith("/") and is_short and path.isprintable() and not CAPITAL.search(path)


def takes_query(path: str, resources: dict[str, Entry]) -> bool:
    """Tell whether an address answers a question: what comes with one is the application's to answer."""
    return bool(IS_LIST.fullmatch(path)) or ABOUT.format(path=path) in resources
