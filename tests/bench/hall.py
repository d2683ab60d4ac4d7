"""2,000 people on boards: each asks every five seconds what is new, and 50 times a second somebody answers."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from uuid import uuid4

PEOPLE, A_BOARD, MARKS = 2_000, 8, 10
# In seconds.
BETWEEN = 5
WRITES_PER_SECOND = 50
# So many devices at a time are made ready.
AT_ONCE = 8


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Phone:
    """Somebody's device, with a connection that it keeps."""

    port: int
    token: str = ""
    etag: str = ""
    marks: list[str] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    streams: tuple | None = None

    async def ask(self, method: str, path: str, body: dict | None = None, **headers: str) -> Answer:
        """Send a request, one at a time. Raises OSError."""
        content = json.dumps(body).encode() if body is not None else b""
        given = {"Host": "localhost", "Content-Length": str(len(content)), "Content-Type": "application/json"}
        given |= {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid4()), **headers}
        lines = [f"{method} /api/v1{path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        async with self.lock:
            if self.streams is None or self.streams[0].at_eof():
                self.streams = await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.streams
            writer.write("\r\n".join(lines).encode() + content)
            return await answer_from(reader)

    async def look(self) -> Answer:
        """Ask for the board, as somebody who has what they were told last."""
        known = {"If-None-Match": self.etag} if self.etag else {}
        answer = await self.ask("GET", "/board/", **known)
        if answer.status == 200:
            self.etag = answer.headers["etag"]
            self.marks = [mark["id"] for mark in json.loads(answer.body)["marks"]]
        return answer


async def answer_from(reader: asyncio.StreamReader) -> Answer:
    """Read an answer to its end. Raises OSError."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        length = int(headers.get("content-length", 0))
        return Answer(int(head[0].split()[1]), headers, await reader.readexactly(length))
    except asyncio.IncompleteReadError as error:
        raise ConnectionError("The server hung up.") from error


async def fill(port: int, codes: list[str]) -> list[Phone]:
    """Open boards and let people join them, through the API; all have looked once."""
    ready = asyncio.Semaphore(AT_ONCE)

    async def board() -> list[Phone]:
        async with ready:
            first = Phone(port)
            opened = await first.ask("POST", "/boards/", {"locale": "en", "codes": codes[:MARKS], "name": "First"})
            first.token = json.loads(opened.body)["token"]
            link = json.loads((await first.ask("GET", "/board/")).body)["invitation"]["path"]
            phones = [first] + [Phone(port) for _other in range(A_BOARD - 1)]
            for other in phones[1:]:
                joining = {"token": link.split("/")[-2], "locale": "en", "name": "Another"}
                other.token = json.loads((await other.ask("POST", "/boards/join/", joining)).body)["token"]
            for phone in phones:
                await phone.look()
            return phones

    boards = await asyncio.gather(*(board() for _board in range(PEOPLE // A_BOARD)))
    return [phone for phones in boards for phone in phones]


@dataclass
class Timed:
    """How long requests of a kind took, in milliseconds from when they were due, and what was answered."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    async def note(self, due: float, ask: Callable[[], Awaitable[Answer]]):
        try:
            status = (await ask()).status
        except OSError:
            status = 0
        self.milliseconds.append((perf_counter() - due) * 1000)
        self.statuses.append(status)

    def share(self, quantile: float) -> float:
        return sorted(self.milliseconds)[int(len(self.milliseconds) * quantile)]

    @property
    def errors(self) -> int:
        return sum(status not in (200, 204, 304) for status in self.statuses)


async def meet(phones: list[Phone], seconds: float) -> tuple[Timed, Timed]:
    """Let everybody ask and answer for so long; give how the questions went, and the answers."""
    random, polls, writes = Random(1), Timed(), Timed()
    start = perf_counter()

    async def poll(place: int, phone: Phone):
        due = start + BETWEEN * place / len(phones)
        while due < start + seconds:
            await asyncio.sleep(due - perf_counter())
            await polls.note(due, phone.look)
            due += BETWEEN

    async def write(number: int):
        due, phone = start + number / WRITES_PER_SECOND, random.choice(phones)
        path, body = f"/board/answers/{random.choice(phone.marks)}/", {"answer": random.randint(1, 10)}
        await asyncio.sleep(due - perf_counter())
        await writes.note(due, lambda: phone.ask("PUT", path, body))

    await asyncio.gather(
        *(poll(place, phone) for place, phone in enumerate(phones)),
        *(write(number) for number in range(int(seconds * WRITES_PER_SECOND))),
    )
    return polls, writes
