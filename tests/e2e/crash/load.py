"""Readers of a whole site: of pages, documents and files, of what they have already, and of what is not there."""

import itertools
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from urllib.parse import urlsplit

READERS = 2
# So that the readers leave the machine some time, in seconds.
PAUSE = 0.004


@dataclass(frozen=True)
class Answer:
    """What a server answered, as far as it must stay the same."""

    status: int
    type: str
    etag: str
    place: str
    digest: str


class Client:
    """A reader with a connection that is kept open."""

    def __init__(self, address: str):
        self.connection = HTTPConnection(urlsplit(address).netloc, timeout=30)

    def get(self, path: str, **headers: str) -> Answer:
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = sha256(answer.read()).hexdigest()
        found = (answer.headers.get(name, "") for name in ("Content-Type", "ETag", "Location"))
        return Answer(answer.status, *found, body)


def answers(address: str, paths: list[str]) -> dict[str, Answer]:
    """Ask for each path once."""
    client = Client(address)
    return {path: client.get(path) for path in paths}


def wrong_under_load(address: str, known: dict[str, Answer], seconds: float) -> tuple[int, list[str]]:
    """Read a site for some seconds; give how many answers came, and in words each that was not as it is known."""
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(READERS) as pool:
        runs = [pool.submit(_read, address, known, start, deadline) for start in range(READERS)]
        counts, wrong = zip(*(run.result() for run in runs), strict=True)
    return sum(counts), list(itertools.chain(*wrong))


def _read(address: str, known: dict[str, Answer], start: int, deadline: float) -> tuple[int, list[str]]:
    client, count, wrong = Client(address), 0, []
    paths = itertools.cycle([*list(known)[start::READERS], *list(known)])
    while time.monotonic() < deadline:
        path = next(paths)
        try:
            wrong += _differences(client, path, known[path])
        except OSError as error:
            wrong.append(f"{path}: {error!r}")
            client = Client(address)
        count += 2
        time.sleep(PAUSE)
    return count, wrong


def _differences(client: Client, path: str, known: Answer) -> list[str]:
    """Ask for a path, and once more as somebody who has it already."""
    found = client.get(path)
    wrong = [] if found == known else [f"{path}: {found}, not {known}"]
    again = client.get(path, **{"If-None-Match": known.etag or '"nothing"'})
    expected = 304 if known.etag else known.status
    return wrong if again.status == expected else [*wrong, f"{path}, once more: {again}"]


def outage_seconds() -> float:
    """How long an outage lasts: CRASH_OUTAGE_SECONDS, or ten seconds."""
    return float(os.environ.get("CRASH_OUTAGE_SECONDS", 10))
