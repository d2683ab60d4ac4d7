"""A line to a database on which each of its answers takes its time."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from urllib.parse import urlsplit

from tests.e2e.conftest import free_port

MOST = 1 << 16


class SlowLine:
    """Hands on what a database and those who ask it say to each other; each answer `delay` seconds late."""

    def __init__(self, url: str):
        asked = urlsplit(url)
        self.behind, self.port, self.delay = (asked.hostname, asked.port), free_port(), 0.0
        self.url = url.replace(f":{asked.port}/", f":{self.port}/")
        self.door = socket.create_server(("127.0.0.1", int(self.port)))

    def take_all(self):
        """Take everybody who connects, until the door is shut."""
        with suppress(OSError):
            while True:
                asking, _address = self.door.accept()
                answering = socket.create_connection(self.behind)
                Thread(target=self._hand_on, args=(asking, answering, False), daemon=True).start()
                Thread(target=self._hand_on, args=(answering, asking, True), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, is_answer: bool):
        with suppress(OSError):
            while some := source.recv(MOST):
                if is_answer:
                    # It is what is tried: a database that takes this long.
                    time.sleep(self.delay)
                target.sendall(some)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def slow_line(url: str) -> Iterator[SlowLine]:
    """Open a line to a database, and shut it at the end."""
    line = SlowLine(url)
    Thread(target=line.take_all, daemon=True).start()
    try:
        yield line
    finally:
        line.door.close()
