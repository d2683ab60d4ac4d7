"""A restore while the server runs: readers notice nothing, and no score of the backup is lost."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from tests.cms.backups.conftest import Site
from tests.e2e.conftest import Served, free_port, granian, running, wait_until

pytestmark = pytest.mark.django_db

ASKED = ["/en/search/?q=listening", "/api/v1/en/marks/?page=2", "/"]
SAVED, WAITING = 204, 503
# In seconds, so that whoever restores has some of the processor, too.
PAUSE = 0.01


class Person:
    """Somebody with a board on their phone."""

    def __init__(self, server: Served, token: str):
        self.server, self.token = server, token
        self.mark = self.send("GET", "/board/")[1]["marks"][0]["id"]

    def send(self, method: str, path: str, body: dict | None = None) -> tuple[int, dict]:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = str(uuid4())
        content = json.dumps(body).encode() if body else None
        asked = Request(f"{self.server.address}api/v1{path}", content, headers, method=method)
        try:
            with urlopen(asked, timeout=60) as answer:
                said = answer.read()
                return answer.status, json.loads(said) if said else {}
        except HTTPError as error:
            return error.code, {}

    def answer(self, score: int) -> int:
        """Score the first mark, and give the status of what comes."""
        return self.send("PUT", f"/board/answers/{self.mark}/", {"answer": score})[0]

    def score(self) -> int | None:
        return self.send("GET", "/board/")[1]["marks"][0]["mine"]


@pytest.fixture(scope="module")
def site(new_site) -> Site:
    return new_site()


@pytest.fixture(scope="module")
def server(site) -> Iterator[Served]:
    port = free_port()
    with running(site.data, port=port, command=granian(port), **site.settings) as served:
        yield served


@contextmanager
def meanwhile(do: Callable[[int], int]) -> Iterator[list[int]]:
    """Do something again and again while the block runs; give the statuses that came."""
    statuses, is_over = [], Event()

    def go_on():
        while not is_over.is_set():
            try:
                statuses.append(do(len(statuses)))
            except (URLError, ConnectionError):
                statuses.append(0)
            is_over.wait(PAUSE)

    thread = Thread(target=go_on)
    thread.start()
    try:
        yield statuses
    finally:
        is_over.set()
        thread.join()


def test_readers_notice_nothing_and_scores_come_back(site, server, tmp_path_factory, figures):
    folder = str(tmp_path_factory.mktemp("backups"))
    tokens = site.act("somebody_scores()")
    early, late = (Person(server, token) for token in tokens)
    assert early.answer(7) == SAVED
    site.manage("backup", folder, "--no-verify")
    assert early.answer(3) == SAVED
    pages = [*server.pages()[:40], *ASKED]
    with (
        meanwhile(lambda number: server.get(pages[number % len(pages)]).status) as read,
        meanwhile(lambda number: late.answer(number % 10 + 1)) as written,
    ):
        printed = site.manage("restore", "newest", "--replace", BACKUP_DIR=folder)
        restored = len(written)
        wait_until(lambda: len(written) > restored + 3, "first answers after the restore")
    figures(f"{len(read)} pages read, {len(written)} answers given, {written.count(WAITING)} told to wait")
    assert set(read) == {200}
    assert set(written) == {SAVED, WAITING}
    assert written[-1] == SAVED
    assert "1 boards with" in printed
    assert early.score() == 7
    assert late.score() == (len(written) - 1) % 10 + 1
    assert server.get("/healthz").status == 200
