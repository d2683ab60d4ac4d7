"""Ten minutes of everything at once, on PostgreSQL: a town scores, people read, an editor keeps publishing."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from time import perf_counter
from unittest.mock import patch

from django.conf import settings

from api.releases.manifest import current_id
from tests.bench import hall
from tests.bench.boards import meet_again, on_client_core, on_postgres, quantiles
from tests.bench.hall import Answer, Timed, answer_from
from tests.bench.servers import SERVER_CORE, granian
from tests.bench.table import show
from tests.programs import ROOT, manage
from tests.releases import released
from toolkit.models import Mark

# In seconds.
LASTS, BETWEEN_PUBLISHES = 600, 10
# That of the unit of systemd.
NICENESS = "10"
READERS, READS_PER_SECOND = 20, 100


def measure():
    """Measure them together, and print how each was answered."""
    codes = list(Mark.objects.filter(locale__language_code="en").values_list("code", flat=True))
    with on_postgres() as url, patch.dict(os.environ, DATABASE_URL=url):
        manage(settings.DATA_DIR, "load_starter", "--language", "en", DATABASE_URL=url)
        with granian() as server, on_client_core():
            phones = asyncio.run(hall.fill(server.port, codes))
            before = current_id(settings.RELEASES_DIR)
            with publishing():
                polls, writes, reads = asyncio.run(all_of_them(phones, server.port))
            releases = current_id(settings.RELEASES_DIR) - before
    kinds = {"questions of devices": polls, "answers of people": writes, "pages and documents": reads}
    rows = [[name, f"{len(timed.statuses) / LASTS:.0f}", *quantiles(timed)] for name, timed in kinds.items()]
    title = f"All together for {LASTS} s on PostgreSQL, while {releases} releases were published"
    show(title, ["", "a second", "median", "p95", "p99", "worst (ms)", "errors"], rows)


@contextmanager
def publishing() -> Iterator[None]:
    """Let somebody edit again and again, and the worker publish that, on the core of the server.

    The worker gives way to the others as far as `deploy/systemd/` says.
    """
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings", "DATA_DIR": str(settings.DATA_DIR)}
    environ["PUBLISH_IN_WORKER"] = "true"
    edits = [sys.executable, "-m", "tests.e2e.publish_often", str(LASTS), str(BETWEEN_PUBLISHES)]
    worker = ["nice", "-n", NICENESS, sys.executable, "manage.py", "worker"]
    started = [
        subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *arguments],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.DEVNULL,
        )
        for arguments in (edits, worker)
    ]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
            process.wait()


async def all_of_them(phones: list[hall.Phone], port: int) -> tuple[Timed, Timed, Timed]:
    """Let people score and others read; give how the questions, the answers and the reading went."""
    paths = [path for path, entry in released(settings.RELEASES_DIR).items() if path.startswith("/") and entry.sha256]
    reads = Timed()
    town, *_readers = await asyncio.gather(
        meet_again(phones, LASTS), *(read(number, port, paths, reads) for number in range(READERS))
    )
    return *town, reads


async def read(number: int, port: int, paths: list[str], reads: Timed):
    """Read one page or document after the other, on a connection that is kept."""
    random, streams = Random(number), None
    between = READERS / READS_PER_SECOND
    start = perf_counter() + between * number / READERS
    for turn in range(int(LASTS / between)):
        due, path = start + turn * between, random.choice(paths)
        await asyncio.sleep(due - perf_counter())
        if streams is None or streams[0].at_eof():
            streams = await asyncio.open_connection("127.0.0.1", port)
        await reads.note(due, lambda path=path, streams=streams: get(path, *streams))


async def get(path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
    """Ask for a path. Raises OSError."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    return await answer_from(reader)
