"""Devices of people on a board, on a bad network: replies get lost, servers go away, and all is sent again."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from urllib.parse import urlsplit
from uuid import UUID, uuid4

# So often a reply is lost on its way.
DROPPED = 0.15
# In seconds.
PATIENCE, TOO_LONG = 10, 300
PAUSE, LONGEST_PAUSE = 0.05, 2


@dataclass
class Device:
    """A device that holds somebody's token."""

    address: str
    token: str = ""
    random: Random = field(default_factory=lambda: Random(1))
    dropped: float = DROPPED
    connection: HTTPConnection | None = None
    sent_again: int = 0

    def send(self, method: str, path: str, body: dict | None = None, *, write: UUID | None = None):
        """Send a request again until the device is told what became of it; give the status and what was said."""
        write, deadline, pause = write or uuid4(), time.monotonic() + TOO_LONG, PAUSE
        while time.monotonic() < deadline:
            with suppress(OSError, HTTPException):
                status, said = self.try_once(method, path, body, write)
                if status < 500:
                    return status, said
            self.connection, self.sent_again = None, self.sent_again + 1
            # As a phone does: ever longer, and not all at the same moment, so that a server can start.
            time.sleep(pause * self.random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST_PAUSE)
        raise TimeoutError(f"{method} {path}")

    def try_once(self, method: str, path: str, body: dict | None, write: UUID):
        """Send a request once. Raises OSError or HTTPException."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(write)}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        self.connection = self.connection or HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        self.connection.request(method, f"/api/v1{path}", json.dumps(body) if body is not None else None, headers)
        if self.random.random() < self.dropped:
            # Whatever the server does with it, nobody is there to hear.
            self.connection.close()
            raise ConnectionError
        answer = self.connection.getresponse()
        said = answer.read()
        return answer.status, json.loads(said) if said else None

    def board(self) -> dict:
        status, board = self.send("GET", "/board/")
        assert status == 200, board
        return board

    def open_board(self, codes: list[str], own_marks: list[str] = ()):
        """Open a board, and take part in it."""
        _status, said = self.send("POST", "/boards/", {"locale": "en", "codes": codes, "own_marks": list(own_marks)})
        self.token = said["token"]

    def link(self) -> str:
        """Give the token of the link by which others join."""
        return self.board()["invitation"]["path"].rstrip("/").rpartition("/")[2]

    def joined(self, link: str, *, name: str = "", write: UUID | None = None) -> "Device":
        """Let somebody else join by a link, on another device."""
        other = Device(self.address, random=Random(self.random.random()), dropped=self.dropped)
        status, said = other.send("POST", "/boards/join/", {"token": link, "name": name, "locale": "en"}, write=write)
        assert status == 201, said
        other.token = said["token"]
        return other

    def same_person(self) -> "Device":
        """Give another device of the same person."""
        return Device(self.address, self.token, Random(self.random.random()), self.dropped)
