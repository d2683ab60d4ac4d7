"""Bytes that no browser sends, right to the server of a whole site: it answers or hangs up, and goes on.

By default 1,000 times; `make fuzz` does so 12,500 times.
"""

import os
import socket
from contextlib import suppress
from random import Random
from select import select
from time import perf_counter
from urllib.parse import urlsplit

from tests.fuzz import LONGEST, figures_of

TIMES = 25 * int(os.environ.get("FUZZ_EACH", 40))
# In seconds: who announced more than was sent waits so long for an answer before the line is closed.
PATIENCE = 0.2
# How often what was slow is asked once more: a machine has other things to do.
AGAIN = 2
STARTS = [
    (method, path, b"HTTP/1.1")
    for method in (b"GET", b"HEAD", b"POST", b"PUT", b"OPTIONS", b"TRACE", b"CONNECT", b"BREW")
    for path in (b"/", b"/en/", b"/api/v1/en/marks/?page=2", b"/admin/login/", b"/en/score/", b"/healthz")
]
ODD_WORDS = (
    b"",
    b"\x00",
    b"/%",
    b"/%ff%00",
    b"//",
    b"*",
    b"http://elsewhere.example/en/",
    b"/" + b"a" * 9000,
    b"/\xff\xfe",
    b"HTTP/9.9",
    b"HTTP/1.0",
    b"/en/\t",
    b"/?" + b"a=1&" * 3000,
    b"/en/../../etc/passwd",
    b"/en/#x",
    b"/\\",
)
ODD_HEADERS = (
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Content-Length: 5",
    b"Content-Length: x",
    b"Content-Length: 3\r\nContent-Length: 4",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: nonsense",
    b"Host: elsewhere.example",
    b"Host:",
    b"X: \xff\xfe",
    b"\xff: x",
    b"X" * 9000 + b": x",
    b"X: " + b"x" * 9000,
    b"no colon",
    b": no name",
    b" folded",
    b"X: a\x00b",
    b"Expect: 100-continue",
    b"Cookie: \xff=\x00; =;;",
    b"Range: bytes=5-1,,",
    b"Accept-Encoding: \xff",
    b"Upgrade: h2c\r\nConnection: Upgrade",
    b"Accept: \xff",
)


def any_bytes(random: Random) -> bytes:
    """Make a request with something in it that no browser sends: in its first line, its headers, or its length."""
    start, headers = list(random.choice(STARTS)), [b"Host: localhost", b"Connection: close"]
    for _ in range(random.randrange(3)):
        headers.insert(random.randrange(3), random.choice(ODD_HEADERS))
    if random.random() < 0.4:
        start[random.randrange(len(start))] = random.choice(ODD_WORDS)
    request = b"\r\n".join([b" ".join(start), *headers, b"", b""])
    if random.random() < 0.3:
        place = random.randrange(len(request))
        request = request[:place] + random.randbytes(random.choice((1, 2, 20))) + request[place + 1 :]
    return request


def first_line(address: str, request: bytes) -> bytes:
    """Send bytes to a server, and no more; give the first line of its answer, or nothing where it hangs up."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=3 * LONGEST) as there:
        # It may hang up before all is sent, or before anything is answered.
        with suppress(OSError):
            there.sendall(request)
            if not select([there], [], [], PATIENCE)[0]:
                there.shutdown(socket.SHUT_WR)
        try:
            return there.makefile("rb").readline(1000)
        except ConnectionError:
            return b""


def timed(address: str, request: bytes) -> tuple[bytes, float]:
    """Give the first line of the answer to some bytes, and after how many seconds it came."""
    began = perf_counter()
    return first_line(address, request), perf_counter() - began


def test_bytes_that_are_no_request_break_nothing(served, record_property):
    statuses, slowest = {}, (0.0, "")
    for number in range(TIMES):
        request = any_bytes(Random(f"{number}"))
        line, seconds = timed(served.address, request)
        for _ in range(AGAIN):
            if seconds > LONGEST:
                line, seconds = timed(served.address, request)
        status = line.split()[1].decode() if line.startswith(b"HTTP/1.") else "none"
        statuses[status] = statuses.get(status, 0) + 1
        slowest = max(slowest, (seconds, "raw bytes"))
        assert not status.startswith("5"), (number, request)
        assert seconds <= LONGEST, (number, request)
    # Some of it is understood, and some is not.
    assert {"200", "400"} <= set(statuses)
    record_property("fuzz", figures_of("raw bytes", statuses, 1, slowest))
    assert served.get("/api/v1/").status == 200
