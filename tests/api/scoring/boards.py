"""A board for tests, and people on it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.test import Client

NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
START = "/api/v1"


@dataclass(eq=False)
class Device:
    """What one person does through the API: a token, and an HTTP client without a cookie."""

    token: str = ""
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def send(self, method: str, path: str, body: dict | None = None, *, write: UUID | None = None, **headers):
        """Send a request, named anew unless `write` says otherwise, and give the response."""
        headers = {"Idempotency-Key": str(write or uuid4()), **headers}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        given = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(self.client, method)(f"{START}{path}", headers=headers, **given)

    def board(self) -> dict:
        response = self.send("get", "/board/")
        assert response.status_code == 200, response.content
        return response.json()

    def marks(self) -> list[str]:
        return [mark["id"] for mark in self.board()["marks"]]

    def mark(self, place: int = 0) -> dict:
        return self.board()["marks"][place]

    def answer(self, answer, place: int = 0, **more):
        return self.send("put", f"/board/answers/{self.marks()[place]}/", {"answer": answer}, **more)

    def show(self):
        return self.send("post", "/board/show/")

    def agree(self, answer, why: str = "", version: int = 0, place: int = 0):
        body = {"answer": answer, "why": why, "version": version}
        return self.send("put", f"/board/agreed/{self.marks()[place]}/", body)

    def write(self, kind: str, text: str, place: int = 0, note: str = "", version: int = 0):
        body = {"mark": self.marks()[place], "kind": kind, "text": text, "version": version}
        return self.send("put", f"/board/notes/{note or uuid4()}/", body)

    def joined(self, name: str = "", locale: str = "en") -> "Device":
        """Let somebody else join by this device's link."""
        token = self.board()["invitation"]["path"].rstrip("/").rpartition("/")[2]
        other = Device()
        response = other.send("post", "/boards/join/", {"token": token, "name": name, "locale": locale})
        assert response.status_code == 201, response.content
        return Device(response.json()["token"])


def opened(**more) -> tuple[Device, Device]:
    """Open a board, and give the device of somebody who takes part, and of the keeper."""
    body = {"locale": "en", "codes": ["listening", "sharing-power"], "title": "Hall", **more}
    response = Device().send("post", "/boards/", body)
    assert response.status_code == 201, response.content
    tokens = response.json()
    return Device(tokens["token"]), Device(tokens["keeper_token"])
