"""How fast released pages and documents are served, against nginx and against an answer that costs nothing."""

import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from api.releases.server import reader_of
from tests.bench.servers import CLIENT_CORE, Server, find_nginx, granian, nginx
from tests.bench.table import ratios, rounds, show, spread
from tests.releases import released_by

SECONDS = 1
CONNECTIONS = 32
INSTALL = "Not compared, because {} is missing: apt-get install wrk nginx-light (on Linux)."
ACCEPT = {"Accept-Encoding": "gzip"}
CASES = PAGE, DOCUMENT, UNCHANGED = "site page", "API document", "page not changed (304)"
OURS, NGINX, CONSTANT = "ours", "nginx", "constant answer"


@dataclass(frozen=True)
class Request:
    """What one server is asked, once or many times."""

    server: Server
    path: str
    headers: dict

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}{self.path}"

    def answer(self) -> tuple[int, bytes, str | None]:
        """Ask once, and give status, bytes as they came, and ETag."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            connection.request("GET", self.path, headers=self.headers)
            response = connection.getresponse()
            return response.status, response.read(), response.headers["ETag"]
        finally:
            connection.close()

    def repeated(self) -> "Request":
        """Give the request of somebody who has the answer already."""
        return replace(self, headers={**self.headers, "If-None-Match": self.answer()[2] or "none"})

    def per_second(self) -> float:
        """Ask as often as the server can, and give how often that is in a second of its processor time.

        So it does not count when other work holds the core. Raises RuntimeError when answers fail.
        """
        headers = [f"-H{name}: {value}" for name, value in self.headers.items()]
        load = ["taskset", "-c", CLIENT_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers]
        return answered([*load, self.address], self.server)


def answered(load: list[str], server: Server) -> float:
    """Run wrk, and give how many requests a server answers in a second of its processor time. Raises RuntimeError."""
    before = server.processor_seconds()
    run = subprocess.run(load, capture_output=True, text=True, check=True)
    if "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        raise RuntimeError(f"Not every request was answered: {load}\n{run.stdout}")
    answers = int(re.search(r"(\d+) requests in", run.stdout)[1])
    return answers / (server.processor_seconds() - before)


def measure():
    """Start the servers, ask each in turn for a page, a document and a 304, and print how they compare."""
    for program in ("taskset", "wrk"):
        if not shutil.which(program):
            print(f"\n{INSTALL.format(program)}")
            return
    page, document = typical_mark()
    with ExitStack() as stack:
        servers = start_servers(stack, [page, document])
        speeds = speeds_of(servers, page, document, seconds=40)
    print_table(list(servers), speeds)


def speeds_of(servers: dict[str, Server], page: str, document: str, *, seconds: int) -> dict[tuple, list[float]]:
    """Ask each in turn for a page, a document and a 304, and give how fast each was, by its name and the case.

    Raises RuntimeError where they do not answer alike.
    """
    requests = {}
    for name, server in servers.items():
        requests[name, PAGE] = Request(server, page, ACCEPT)
        requests[name, DOCUMENT] = Request(server, document, ACCEPT)
        requests[name, UNCHANGED] = requests[name, PAGE].repeated()
    check_same(requests)
    speeds = defaultdict(list)
    for _round in rounds(seconds=seconds):
        # Case by case, so that what is divided by each other was measured within three seconds.
        for case in CASES:
            for name in servers:
                speeds[name, case].append(requests[name, case].per_second())
    return speeds


def typical_mark() -> tuple[str, str]:
    """Give the addresses of the page and the document of the mark whose document is of middle size."""
    reader = reader_of(settings.RELEASES_DIR)
    entries = released_by(reader)
    marks = sorted(
        (path for path in entries if re.fullmatch(r"/api/v1/en/marks/[^/]+/", path)),
        key=lambda path: entries[path].size,
    )
    document = marks[len(marks) // 2]
    return reader.document(document)["path"], document


def start_servers(stack: ExitStack, paths: list[str]) -> dict[str, Server]:
    """Start what is compared: ours, nginx where it is installed, and the constant answer."""
    servers = {OURS: stack.enter_context(granian())}
    if find_nginx():
        entries = released_by(reader_of(settings.RELEASES_DIR))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers[NGINX] = stack.enter_context(nginx(folder, {path: entries[path] for path in paths}))
    else:
        print(f"\n{INSTALL.format('nginx')}")
    servers[CONSTANT] = stack.enter_context(granian("tests.bench.constant:application"))
    return servers


def check_same(requests: dict[tuple[str, str], Request]):
    """Raise RuntimeError unless all servers of released things answer a case alike, byte for byte."""
    for case in CASES:
        compared = [one for (name, its_case), one in requests.items() if case == its_case and name != CONSTANT]
        answers = {one.answer()[:2] for one in compared}
        status = 304 if case == UNCHANGED else 200
        if len(answers) != 1 or next(iter(answers))[0] != status:
            raise RuntimeError(f"The servers do not answer alike: {case}")


def print_table(names: list[str], speeds: dict[tuple[str, str], list[float]]):
    """Print our requests per second, and the ratio to each of the others."""
    others = [name for name in names if name != OURS]
    rows = []
    for case in CASES:
        ours = speeds[OURS, case]
        against = [spread(ratios(ours, speeds[other, case])) for other in others]
        rows.append([case, spread(ours, ".0f"), *against])
    title = f"Serving from one core, {CONNECTIONS} connections ({len(ours)} rounds of {SECONDS} s)"
    show(title, ["", "ours, requests a second", *(f"{OURS} / {other}" for other in others)], rows)
