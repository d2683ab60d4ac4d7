"""Clients that send half and then nothing, or ask and do not listen: behind nginx nobody notices them."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest

from tests.e2e.conftest import SERVE, copy_data, free_port, get, running
from tests.gates.needs import need
from tests.nginx import fronting

# Several times as many as our server works for at once.
MANY = 60
BOARD = json.dumps({"locale": "en", "codes": ["listening"]}).encode()


@pytest.fixture(scope="module")
def port(started, tmp_path_factory) -> Iterator[str]:
    """Where nginx is, in front of one process with the options that `serve` gives it."""
    need("nginx")
    folder = tmp_path_factory.mktemp("slow")
    copy_data(started / "data", folder / "data")
    own, port = free_port(), free_port()
    settings = {"FRONT_DIR": str(folder / "front"), "BEHIND_PROXY": "true", "WEB_PROCESSES": "1"}
    command = [*SERVE, "--no-prepare", "--no-worker"]
    with (
        running(folder / "data", port=own, command=command, **settings),
        fronting(folder / "nginx", folder / "data", folder / "front", port=port, upstreams=[own]),
    ):
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


def test_half_sent_form_is_not_taken_for_the_whole(port):
    with clients(port, opening(len(BOARD) + 9) + BOARD) as [client]:
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1000)[:12] in (b"", b"HTTP/1.1 400")


def test_slow_line_is_waited_for(port):
    with clients(port, opening()) as [client]:
        for place in range(0, len(BOARD), 10):
            # It is what is tried: a line on which this little comes at a time.
            time.sleep(0.3)
            client.sendall(BOARD[place : place + 10])
        assert client.recv(100).startswith(b"HTTP/1.1 201")
