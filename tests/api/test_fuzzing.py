"""Thousands of questions, right and wrong, at random and along the links: each answer keeps to the contract.

By default about 4,000; `make fuzz` asks some 40,000. And bytes that are no question at all.
"""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import ROOT, environment
from tests.fuzz import LONGEST, figures_of

# The starter content is made a release of.
pytestmark = pytest.mark.django_db

# How many questions each operation is asked at random; others come from its examples, limits and links.
EACH = int(os.environ.get("FUZZ_EACH", 40))
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
)
ODD_WORDS += (b"HTTP/9.9", b"HTTP/1.0", b"/en/\t", b"/?" + b"a=1&" * 3000, b"/en/../../etc/passwd", b"/en/#x", b"/\\")
ODD_HEADERS = (
    b"Content-Length: -1",
    b"Content-Length: 99999999999999999999",
    b"Content-Length: 5",
    b"Content-Length: x",
)
ODD_HEADERS += (
    b"Content-Length: 3\r\nContent-Length: 4",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: nonsense",
)
ODD_HEADERS += (
    b"Host: elsewhere.example",
    b"Host:",
    b"X: \xff\xfe",
    b"\xff: x",
    b"X" * 9000 + b": x",
    b"X: " + b"x" * 9000,
)
ODD_HEADERS += (
    b"no colon",
    b": no name",
    b" folded",
    b"X: a\x00b",
    b"Expect: 100-continue",
    b"Cookie: \xff=\x00; =;;",
)
ODD_HEADERS += (
    b"Range: bytes=5-1,,",
    b"Accept-Encoding: \xff",
    b"Upgrade: h2c\r\nConnection: Upgrade",
    b"Accept: \xff",
)
SETTINGS = Path(__file__).with_name("fuzzing.toml")


def test_every_answer_keeps_to_the_contract(served_starter, tmp_path, record_property):
    report, figures = tmp_path / "report.json", tmp_path / "figures.json"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run"]
    command += [f"{served_starter.address}api/v1/openapi.json", "--max-examples", str(EACH), "--seed", "1"]
    command += ["--report-json-path", str(report)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(served_starter.data, FUZZ_FIGURES=str(figures)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # Shown where the test fails, and by `make fuzz`.
    sys.stdout.write(done.stdout)
    told = json.loads(figures.read_text())
    record_property("fuzz", figures_of("API", told["statuses"], told["routes"], tuple(told["slowest"])))
    assert done.returncode == 0
    assert json.loads(report.read_text())["test_cases"]["generated"] >= 20 * EACH


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
            there.shutdown(socket.SHUT_WR)
        try:
            return there.makefile("rb").readline(1000)
        except ConnectionError:
            return b""


def test_bytes_that_are_no_request_break_nothing(served_starter, record_property):
    statuses, slowest = {}, (0.0, "")
    for number in range(10 * EACH):
        request = any_bytes(Random(f"{number}"))
        began = perf_counter()
        line = first_line(served_starter.address, request)
        seconds = perf_counter() - began
        if seconds > LONGEST:
            line, seconds = first_line(served_starter.address, request), 0
        status = line.split()[1].decode() if line.startswith(b"HTTP/1.") else "none"
        statuses[status] = statuses.get(status, 0) + 1
        slowest = max(slowest, (seconds, "raw bytes"))
        assert not status.startswith("5"), (number, request)
    record_property("fuzz", figures_of("raw bytes", statuses, 1, slowest))
    assert served_starter.get("/api/v1/").status == 200
