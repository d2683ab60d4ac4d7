"""Serving the current release: WhiteNoise does the HTTP, the manifest says what there is."""

import json
import logging
import os
import stat
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile
from whitenoise.string_utils import decode_path_info

from api.content.addresses import ABOUT, ADDED, IS_LIST, WORDS
from api.content.deprecation import SAID_BY, add_headers, deprecation_headers
from api.content.negotiation import accepts_json, is_known
from api.content.pages import link_header
from api.headers import disposition_of, headers_of, released_kind
from api.releases.manifest import (
    Entry,
    Release,
    blob_path,
    current_release,
    entry_at,
    read_blob,
    read_release,
    release_ids,
    tree_of,
)
from api.releases.tree import DamagedRelease
from api.releases.verify import check_changes
from api.widget.bundle import FOLDER, NEWEST
from toolkit import locales
from toolkit.catalogues import put_over

logger = logging.getLogger(__name__)

# A page is asked for again each time, and costs a 304; when we are down, caches may show it for a day.
PAGE_CACHING = "public, max-age=0, stale-while-revalidate=60, stale-if-error=86400"
ASSET_CACHING = f"public, max-age={WhiteNoise.FOREVER}, immutable"
# The newest script of the widget: a page that embeds it has a new one five minutes after a deployment.
SCRIPT_CACHING = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800"
# The worker of those who keep the toolkit on their device. Browsers look for a new one whenever a page is opened.
WORKER = "/sw.js"
# Opening and reading its file was most of what an answer cost, so small blobs are kept: 64 MB at the very most.
SMALL = 64 * 1024
KEPT_BLOBS = 1024
# What a path leads to takes some 4 kB each.
KEPT_FILES = 2048
# Files whose address changes with their bytes are looked for in so many older releases. Uploads are not: somebody may
# have taken one back, or made it private.
LASTING = "/assets/"
OLDER = 50
# What a script of another site may see beside the few headers that every script may.
EXPOSED = "ETag, Link, Deprecation, Sunset, Retry-After"


class ReleasedFile(StaticFile):
    """A WhiteNoise file that answers from memory where it is small and all of it is asked for.

    Of a list it is the first page: what a query asks for is found elsewhere. So it is with pages that have a form.
    """

    is_small = False
    takes_query = False
    is_json = False

    def answers(self, environ) -> bool:
        """Tell whether this file is the answer to a request; if not, the next application has a better one."""
        if self.takes_query and environ.get("QUERY_STRING"):
            return False
        return not self.is_json or accepts_json(environ.get("HTTP_ACCEPT", ""))

    def is_not_modified(self, request_headers):
        """Tell whether the client has these bytes already."""
        return is_known(request_headers.get("HTTP_IF_NONE_MATCH", ""), self.etag)

    @staticmethod
    def get_not_modified_response(headers):
        """Keep on a 304 what scripts of another site need, and that an address ends: some only ever get a 304."""
        response = StaticFile.get_not_modified_response(headers)
        kept = [(name, value) for name, value in headers.items() if name.startswith("Access-Control-")]
        kept += [(name, headers[name]) for name in SAID_BY if "Deprecation" in headers]
        response.headers.extend(kept)
        return response

    def get_range_response(self, range_header, base_headers, file_handle):
        """Give a part of a file, but of JSON always the whole: half a document is of no use to anybody."""
        if self.is_json:
            raise ValueError("what has no parts")
        return super().get_range_response(range_header, base_headers, file_handle)

    def whole(self, environ) -> tuple[list, bytes] | None:
        """Give headers and bytes when the answer is all of a small file, else None."""
        if not self.is_small or environ["REQUEST_METHOD"] != "GET" or "HTTP_RANGE" in environ:
            return None
        if self.is_not_modified(environ):
            return None
        blob, headers = self.get_path_and_headers(environ)
        return headers, small_blob(blob)


@lru_cache(maxsize=KEPT_BLOBS)
def small_blob(blob: str) -> bytes:
    """Read a blob, once. Its name is made from its bytes, so what is kept cannot go stale."""
    return Path(blob).read_bytes()


class ReleaseReader:
    """The current release, swapped in memory when the pointer file changes. What is asked for is read, and kept.

    A release that is not whole is refused, and the one before stays up.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.pointer = folder / "current"
        self.release: Release | None = None
        self._find: Callable[[str], ReleasedFile | Entry | None] = lambda path: None
        self._seen = None
        self._lock = Lock()

    def find(self, path: str) -> "ReleasedFile | Entry | None":
        """Give what is at a path of the current release: a file, an entry that says where it is now, or None."""
        self.refresh()
        return self._find(path)

    def document(self, path: str) -> dict | None:
        """Give the JSON document at a path of the current release, None when there is none."""
        content = self.content(path)
        return content and json.loads(content)

    def content(self, path: str) -> bytes | None:
        """Give the bytes at a path of the current release, None when there are none."""
        return self.content_of(self.current(), path)

    def content_of(self, release: Release | None, path: str) -> bytes | None:
        """Give the bytes at a path of a release, None when there are none."""
        entry = release and entry_at(self.folder, release, path)
        return read_blob(self.folder, entry.sha256) if entry and entry.sha256 else None

    def current(self) -> Release | None:
        """Give the current release: what comes of one answer must come of one call of this."""
        self.refresh()
        return self.release

    def refresh(self):
        """Take up a new release. Looking costs one `stat`, so it is done for every request."""
        try:
            status = self.pointer.stat()
        except FileNotFoundError:
            return
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            with self._lock:
                self._switch(seen)

    def _switch(self, seen):
        if seen == self._seen:
            return
        try:
            release = current_release(self.folder)
            check_changes(self.folder, self.release, release)
            self._take(release)
        except (OSError, DamagedRelease):
            # The release that is in memory stays up; the next change of the pointer is another chance.
            logger.exception("The current release is not whole: the one before it stays up")
            if self.release is None:
                self._take(last_readable(self.folder))
        # Last, so that nobody who comes in the meantime goes on without a release: they wait for the lock.
        self._seen = seen

    def _take(self, release: Release | None):
        if release is not None:
            self.release, self._find = release, finder(self.folder, release)
            if self.folder == settings.RELEASES_DIR:
                self._take_words(release)

    def _take_words(self, release: Release):
        """Know the languages of this release, and speak with its words, from now on."""
        added = self.content_of(release, ADDED)
        locales.put_added(json.loads(added)["languages"] if added else [])
        for code in locales.codes():
            words = self.content_of(release, WORDS.format(locale=code))
            put_over(code, json.loads(words)["words"] if words else [])


def finder(folder: Path, release: Release) -> "Callable[[str], ReleasedFile | Entry | None]":
    """Give a function that finds what is at a path of a release, and keeps what is asked for most."""

    @lru_cache(maxsize=KEPT_FILES)
    def find(path: str):
        entry = entry_at(folder, release, path)
        if entry is None and path.startswith(LASTING):
            entry = entry_of_older(folder, release, path)
        if not entry or not entry.sha256:
            return entry
        file = static_file(folder, path, entry)
        file.takes_query = bool(IS_LIST.fullmatch(path) or entry_at(folder, release, ABOUT.format(path=path)))
        return file

    return find


def entry_of_older(folder: Path, release: Release, path: str) -> Entry | None:
    """Give what an older release had at a path: a page that was loaded before a switch still gets its stylesheet."""
    for release_id in sorted((found for found in release_ids(folder) if found != release.id), reverse=True)[:OLDER]:
        try:
            if entry := entry_at(folder, kept_release(folder, release_id), path):
                return entry
        except DamagedRelease:
            logger.exception("Release %s cannot be read", release_id)
    return None


@lru_cache(maxsize=OLDER)
def kept_release(folder: Path, release_id: int) -> Release:
    """Read the manifest of a release, once: it never changes."""
    return read_release(folder, release_id)


def last_readable(folder: Path) -> Release | None:
    """Give the newest release that can be read, None when there is none."""
    for release_id in reversed(release_ids(folder)):
        try:
            release = read_release(folder, release_id)
            tree_of(folder, release.resources).get("/")
        except DamagedRelease:
            continue
        return release
    return None


@cache
def reader_of(folder: Path) -> ReleaseReader:
    """Give the one reader of a release folder in this process."""
    return ReleaseReader(folder)


def static_file(folder: Path, path: str, entry: Entry) -> ReleasedFile:
    """Make a WhiteNoise file of a manifest entry. Sizes come from the manifest, so the disk is not touched."""
    blob = str(blob_path(folder, entry.sha256))
    sizes = {f"{blob}{suffix}": size for suffix, (size, _sha256) in entry.files.items()}
    headers = headers_for(path, entry)
    if IS_LIST.fullmatch(path) and (link := link_header(json.loads(read_blob(folder, entry.sha256)))):
        add_headers(headers, {"Link": link})
    file = ReleasedFile(
        blob,
        headers.items(),
        stat_cache={name: _file_status(size) for name, size in sizes.items()},
        encodings={"br": f"{blob}.br", "gzip": f"{blob}.gz"},
    )
    file.is_small, file.is_json = entry.size <= SMALL, entry.type == "application/json"
    return file


def _file_status(size: int) -> os.stat_result:
    return os.stat_result((stat.S_IFREG, 0, 0, 0, 0, 0, size, 0, 0, 0))


def headers_for(path: str, entry: Entry) -> Headers:
    """Give the headers of a released resource, by its path and media type."""
    text = entry.type.startswith("text/") or entry.type.endswith("xml")
    headers = Headers([("Content-Type", f"{entry.type}; charset=utf-8" if text else entry.type)])
    headers["ETag"] = f'"{entry.sha256}"'
    headers["Cache-Control"] = caching_of(path)
    for name, value in headers_of(released_kind(path, entry.type), settings.SECURE_HSTS_SECONDS).items():
        headers[name] = value
    if path.startswith("/api/"):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = EXPOSED
        add_headers(headers, deprecation_headers(path))
    if path.startswith("/media/"):
        add_headers(headers, disposition_of(entry.type))
    if path.startswith("/widget/"):
        # Other sites' pages load it as a module.
        headers["Access-Control-Allow-Origin"] = "*"
    return headers


def caching_of(path: str) -> str:
    """Give how long caches may keep what is at a path: for ever where its address changes with its bytes."""
    if path == NEWEST:
        return SCRIPT_CACHING
    if path == WORKER:
        return "no-cache"
    is_lasting = path.startswith("/assets/") or (path.startswith(FOLDER) and path.endswith(".js"))
    return ASSET_CACHING if is_lasting else PAGE_CACHING


def needs_redirect(environ) -> bool:
    """Tell whether Django has to send this request to https first."""
    if not settings.SECURE_SSL_REDIRECT or environ["wsgi.url_scheme"] == "https":
        return False
    header, secure = settings.SECURE_PROXY_SSL_HEADER or (None, None)
    return environ.get(header) != secure or header is None


class PublicSite(WhiteNoise):
    """A WSGI application that answers from the current release, and asks the next application for the rest."""

    def __init__(self, application, folder: Path):
        super().__init__(application)
        self.reader = reader_of(folder)

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and not needs_redirect(environ):
            try:
                found = self.reader.find(decode_path_info(environ.get("PATH_INFO", "")))
                if isinstance(found, ReleasedFile) and found.answers(environ):
                    return self.serve(found, environ, start_response)
            except (OSError, DamagedRelease):
                # Nothing was sent yet: the next application fails in the same way, and says so to whoever asked.
                logger.exception("A file of the release cannot be read")
        return self.application(environ, start_response)

    @staticmethod
    def serve(static_file, environ, start_response):
        """Answer with a file of the release; whatever is not plain reading is WhiteNoise's."""
        if whole := static_file.whole(environ):
            headers, content = whole
            start_response("200 OK", list(headers))
            return [content]
        return WhiteNoise.serve(static_file, environ, start_response)
