"""Readers who never stop: whatever they are answered must be, byte for byte, of a release that was current then."""

import gzip
import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import brotli

from api.releases.manifest import Entry, Release, blob_path, current_id, tree_of
from tests.e2e.crash.sound import chain

START = "/api/v1/"
# What tells of one mark: its page, its document, the list of marks, its stage, and the start of the API.
MARK = "/en/process/listening/"
DOCUMENT = "/api/v1/en/marks/listening/"
MENTIONS = ["/en/process/", "/api/v1/en/marks/", "/api/v1/en/stages/process/"]
PATHS = [MARK, DOCUMENT, *MENTIONS, START]
# How answers are unpacked, by what they may be packed with.
UNPACK = {"identity": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
ENCODINGS = list(UNPACK)
READERS = 2
# Readers take their time, or the publishers would have none, in seconds.
PAUSE = 0.004


@dataclass(frozen=True)
class Seen:
    """One answer, and the ids of the releases that were current just before and just after it."""

    path: str
    encoding: str
    status: int
    digest: str
    said: int | None
    before: int
    after: int


class Watch:
    """What readers have seen of a site since the last look."""

    def __init__(self, address: str, folder: Path):
        self.host = urlsplit(address).netloc
        self.folder = folder
        self.count = 0
        self.ended = Event()
        self.broken: list[str] = []
        self._seen: list[Seen] = []
        self._readers = [Thread(target=self._read_on) for _number in range(READERS)]

    def __enter__(self):
        for reader in self._readers:
            reader.start()
        return self

    def __exit__(self, *_error):
        self.ended.set()
        for reader in self._readers:
            reader.join()

    def _read_on(self):
        connection = HTTPConnection(self.host, timeout=30)
        while not self.ended.wait(PAUSE):
            path, encoding = random.choice(PATHS), random.choice(ENCODINGS)
            try:
                self._seen.append(self._ask(connection, path, encoding))
            except Exception as error:
                self.broken.append(f"{path}: {error!r}")
                connection.close()
        connection.close()

    def _ask(self, connection: HTTPConnection, path: str, encoding: str) -> Seen:
        before = current_id(self.folder)
        connection.request("GET", path, headers={"Accept-Encoding": encoding})
        answer = connection.getresponse()
        body = answer.read()
        used = answer.headers.get("Content-Encoding", "identity")
        said = json.loads(UNPACK[used](body))["release"] if path == START else None
        return Seen(path, used, answer.status, sha256(body).hexdigest(), said, before, current_id(self.folder))

    def wrong(self) -> list[str]:
        """Give, in words, every answer since the last call that was not wholly of a release that was current."""
        seen, self._seen = self._seen, []
        self.count += len(seen)
        releases = {release.id: release for release in chain(self.folder)}
        found = [f"{one}" for one in seen if not self._fits(one, releases)]
        return [*self.broken, *found]

    def _fits(self, one: Seen, releases: dict[int, Release]) -> bool:
        ids = [number for number in releases if one.before <= number <= one.after]
        if one.path == START:
            return one.status == 200 and one.said in ids
        return one.status == 200 and any(self._digest(releases[number], one) == one.digest for number in ids)

    def _digest(self, release: Release, one: Seen) -> str | None:
        entry = Entry.of(tree_of(self.folder, release.resources).get(one.path))
        forms = {"identity": entry.files.get(""), "gzip": entry.gzip, "br": entry.br}
        return forms[one.encoding] and forms[one.encoding][1]

    def wait_for_readers(self):
        """Wait until every reader has seen what is there now."""
        wanted = len(self._seen) + 4 * READERS
        while len(self._seen) < wanted and not self.broken:
            time.sleep(PAUSE)


def disagreeing(folder: Path, releases: Iterator[Release]) -> list[str]:
    """Give, in words, the releases in which a mark's title is not the same wherever it is mentioned."""
    found = []
    for release in releases:
        said = {path: _bytes(folder, release, path) for path in [MARK, DOCUMENT, *MENTIONS]}
        title = json.loads(said[DOCUMENT])["title"].encode()
        found += [f"{release.id}: {path}" for path, content in said.items() if title not in content]
    return found


def _bytes(folder: Path, release: Release, path: str) -> bytes:
    return blob_path(folder, tree_of(folder, release.resources).get(path)["sha256"]).read_bytes()


@contextmanager
def watching(site) -> Iterator[Watch]:
    """Read a served site without a pause while the block runs."""
    with Watch(site.address, site.data / "releases") as watch:
        yield watch
