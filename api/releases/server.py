"""Serving the current release: WhiteNoise does the HTTP, the manifest says what there is."""

import json
import logging
import os
import stat
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from wsgiref.headers import Headers

from django.conf import settings
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile
from whitenoise.string_utils import decode_path_info

from api.releases.manifest import Entry, Release, blob_path, current_id, read_release

logger = logging.getLogger(__name__)

# A page is asked for again each time, and costs a 304; when we are down, caches may show it for a day.
PAGE_CACHING = "public, max-age=0, stale-if-error=86400"
ASSET_CACHING = f"public, max-age={WhiteNoise.FOREVER}, immutable"
# Opening and reading its file was most of what an answer cost, so small blobs are kept: 64 MB at the very most.
SMALL = 64 * 1024
KEPT_BLOBS = 1024
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


class ReleasedFile(StaticFile):
    """A WhiteNoise file that answers from memory where it is small and all of it is asked for."""

    is_small = False

    def is_not_modified(self, request_headers):
        """Tell whether the client has these bytes already: its list of ETags, weak ones too, holds ours."""
        known = request_headers.get("HTTP_IF_NONE_MATCH", "").split(",")
        return not {"*", self.etag}.isdisjoint(tag.strip().removeprefix("W/") for tag in known)

    @staticmethod
    def get_not_modified_response(headers):
        """Keep the CORS header on a 304: a script of another site that asked with an ETag may see the answer."""
        response = StaticFile.get_not_modified_response(headers)
        shared = [(name, value) for name, value in headers.items() if name.startswith("Access-Control-")]
        response.headers.extend(shared)
        return response

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
    """The current release, swapped in memory when the pointer file changes. Files are made ready when asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.pointer = folder / "current"
        self.release: Release | None = None
        self._files: dict[str, ReleasedFile] = {}
        self._seen = None
        self._lock = Lock()

    def find(self, path: str) -> ReleasedFile | None:
        """Give the file at a path of the current release, None when there is none."""
        self.refresh()
        files, release = self._files, self.release
        found = files.get(path)
        if found is None and release and (entry := release.entries.get(path)):
            found = files[path] = static_file(self.folder, path, entry)
        return found

    def document(self, path: str) -> dict | None:
        """Give the JSON document at a path of the current release, None when there is none."""
        content = self.content(path)
        return content and json.loads(content)

    def content(self, path: str) -> bytes | None:
        """Give the bytes at a path of the current release, None when there is none."""
        self.refresh()
        entry = self.release and self.release.entries.get(path)
        return entry and blob_path(self.folder, entry.sha256).read_bytes()

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
            self.release = read_release(self.folder, current_id(self.folder))
            self._files = {}
        except (OSError, ValueError, TypeError, KeyError):
            # The release that is in memory stays up; the next change of the pointer is another chance.
            logger.exception("The current release cannot be read")
        # Last, so that nobody who comes in the meantime goes on without a release: they wait for the lock.
        self._seen = seen


@cache
def reader_of(folder: Path) -> ReleaseReader:
    """Give the one reader of a release folder in this process."""
    return ReleaseReader(folder)


def static_file(folder: Path, path: str, entry: Entry) -> ReleasedFile:
    """Make a WhiteNoise file of a manifest entry. Sizes come from the manifest, so the disk is not touched."""
    blob = str(blob_path(folder, entry.sha256))
    sizes = {blob: entry.size, f"{blob}.br": entry.br, f"{blob}.gz": entry.gzip}
    file = ReleasedFile(
        blob,
        headers_for(path, entry).items(),
        stat_cache={name: _file_status(size) for name, size in sizes.items() if size or name == blob},
        encodings={"br": f"{blob}.br", "gzip": f"{blob}.gz"},
    )
    file.is_small = entry.size <= SMALL
    return file


def _file_status(size: int) -> os.stat_result:
    return os.stat_result((stat.S_IFREG, 0, 0, 0, 0, 0, size, 0, 0, 0))


def headers_for(path: str, entry: Entry) -> Headers:
    """Give the headers of a released resource, by its path and media type."""
    text = entry.type.startswith("text/") or entry.type == "image/svg+xml"
    headers = Headers([("Content-Type", f"{entry.type}; charset=utf-8" if text else entry.type)])
    headers["ETag"] = f'"{entry.sha256}"'
    headers["Cache-Control"] = ASSET_CACHING if path.startswith("/assets/") else PAGE_CACHING
    headers["X-Content-Type-Options"] = "nosniff"
    if path.startswith("/api/"):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Access-Control-Expose-Headers"] = "ETag"
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
    if entry.type == "text/html":
        headers["Content-Security-Policy"] = PAGE_POLICY
        headers["Referrer-Policy"] = "same-origin"
    return headers


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
            found = self.reader.find(decode_path_info(environ.get("PATH_INFO", "")))
            if found is not None:
                return self.serve(found, environ, start_response)
        return self.application(environ, start_response)

    @staticmethod
    def serve(static_file, environ, start_response):
        """Answer with a file of the release; whatever is not plain reading is WhiteNoise's."""
        if whole := static_file.whole(environ):
            headers, content = whole
            start_response("200 OK", list(headers))
            return [content]
        return WhiteNoise.serve(static_file, environ, start_response)
