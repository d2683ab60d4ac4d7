"""What the tests of webhooks share: receivers, a name server, a sender."""

import socket

import pytest

from cms.webhooks import addresses
from tests.cms.webhooks.receivers import Receiver


@pytest.fixture
def receiver():
    """Starts receivers, and stops them after the test."""
    started = []

    def start(answer=200, *, tls=False) -> Receiver:
        started.append(Receiver(answer, tls=tls))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture
def names(monkeypatch):
    """A name server of the test's own: host name → addresses. `asked` lists the names that were looked up in it."""
    known, real = Names(), socket.getaddrinfo

    def looked_up(host, port, *rest, **options):
        if host not in known:
            return real(host, port, *rest, **options)
        known.asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", looked_up)
    return known


class Names(dict):
    def __init__(self):
        super().__init__()
        self.asked: list[str] = []


@pytest.fixture
def closed_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
