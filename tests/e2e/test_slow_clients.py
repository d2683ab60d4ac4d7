"""Clients that send half and then nothing, or ask and do not listen: behind nginx or Caddy nobody notices them."""

import json
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from tests.caddy import caddy_fronting
from tests.e2e.conftest import SERVE, copy_data, free_port, get, running
from tests.gates.needs import need
from tests.nginx import fronting

# Several times as many as our server works for at once.
MANY = 60
BOARD = json.dumps({"locale": "en", "codes": ["listening"]}).encode()


@dataclass(frozen=True)
class Site:
    """What stands behind: a folder of its own, and its port."""

    folder: Path
    port: str

    def boards(self) -> int:
        """How many boards there are."""
        with closing(sqlite3.connect(self.folder / "data" / "db.sqlite3")) as database:
            return database.execute("select count(*) from scoring_board").fetchone()[0]


@pytest.fixture(scope="module")
def site(started, tmp_path_factory) -> Iterator[Site]:
    """One process with the options that `serve` gives it."""
    folder, own = tmp_path_factory.mktemp("slow"), free_port()
    copy_data(started / "data", folder / "data")
    # All come from one address, so nobody is asked to wait for asking too often.
    unlimited = {"API_REQUESTS_PER_MINUTE": "0", "BOARDS_PER_HOUR": "0"}
    settings = {"FRONT_DIR": str(folder / "front"), "BEHIND_PROXY": "true", "WEB_PROCESSES": "1", **unlimited}
    command = [*SERVE, "--no-prepare", "--no-worker"]
    with running(folder / "data", port=own, command=command, **settings):
        yield Site(folder, own)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def port(request, site) -> Iterator[str]:
    """Where the one is that stands in front."""
    need(request.param)
    folder, port = site.folder / request.param, free_port()
    if request.param == "caddy":
        front = caddy_fronting(folder, port=port, upstream=site.port)
    else:
        front = fronting(folder, site.folder / "data", site.folder / "front", port=port, upstreams=[site.port])
    with front:
        yield port


def opening(length: int = len(BOARD)) -> bytes:
    """What comes before the words by which a board is opened."""
    lines = ["POST /api/v1/boards/ HTTP/1.1", "Host: localhost", "Content-Type: application/json"]
    return "\r\n".join([*lines, f"Idempotency-Key: {uuid4()}", f"Content-Length: {length}", "", ""]).encode()


@contextmanager
def clients(port: str, *sent: bytes) -> Iterator[list[socket.socket]]:
    """Clients that send so much, and wait."""
    with ExitStack() as open_:
        connected = [
            open_.enter_context(socket.create_connection(("localhost", int(port)), timeout=30)) for _ in sent
        ]
        for client, some in zip(connected, sent, strict=True):
            client.sendall(some)
        # Whoever takes them in has done so now, and waits for the rest.
        time.sleep(1)
        yield connected


def works_for_others(port: str) -> bool:
    """Tell whether somebody else can read, search, see the admin, and open a board, each within seconds."""
    began = time.monotonic()
    paths = ("/en/planning/", "/en/search/?q=tea", "/api/v1/en/search/?q=tea", "/admin/login/")
    read = {get(f"http://localhost:{port}{path}").status for path in paths}
    with clients(port, opening() + BOARD) as [client]:
        is_open = client.recv(100).startswith(b"HTTP/1.1 201")
    return read == {200} and is_open and time.monotonic() - began < 10


def test_half_sent_forms_hold_up_nobody(port):
    with clients(port, *(opening() + BOARD[:9] for _ in range(MANY))):
        assert works_for_others(port)


def test_half_sent_headers_hold_up_nobody(port):
    with clients(port, *[opening()[:50]] * MANY):
        assert works_for_others(port)


def test_who_does_not_listen_holds_up_nobody(port):
    """They ask again and again for what the application makes, and take nothing of it."""
    asking = b"GET /en/lake/?q=tea HTTP/1.1\r\nHost: localhost\r\n\r\n" * 30
    with clients(port, *[asking] * MANY):
        assert works_for_others(port)


def test_half_sent_form_is_not_taken_for_the_whole(port, site):
    """What is sent is a whole board; only its length tells that more was to come."""
    before = site.boards()
    with clients(port, opening(len(BOARD) + 9) + BOARD) as [client]:
        client.shutdown(socket.SHUT_WR)
        # Nobody listens any more, so it does not matter what else is said.
        assert b" 201 " not in client.recv(1000)[:15]
    assert site.boards() == before


def test_slow_line_is_waited_for(port):
    with clients(port, opening()) as [client]:
        for place in range(0, len(BOARD), 10):
            # It is what is tried: a line on which this little comes at a time.
            time.sleep(0.3)
            client.sendall(BOARD[place : place + 10])
        assert client.recv(100).startswith(b"HTTP/1.1 201")
