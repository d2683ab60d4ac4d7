"""How fast devices on boards are answered: when nothing has changed, and when a whole town scores at once."""

import asyncio
import os
import shutil
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.conf import settings

from tests.bench import hall
from tests.bench.hall import Timed
from tests.bench.servers import CLIENT_CORE, Server, granian
from tests.bench.serving import INSTALL, Request
from tests.bench.table import ratios, rounds, show, spread
from tests.e2e.crash.cluster import cluster_running
from tests.programs import manage
from toolkit.models import Mark

OURS, PLAIN, KEPT = "ours", "a plain DRF view", "the same, keeping its connections"
SECONDS = 60


def measure():
    """Measure both, and print what came out."""
    for program in ("taskset", "wrk"):
        if not shutil.which(program):
            print(f"\n{INSTALL.format(program)}")
            return
    codes = list(Mark.objects.filter(locale__language_code="en").values_list("code", flat=True))
    measure_unchanged(codes)
    measure_town(codes)


def measure_unchanged(codes: list[str]):
    """Ask for a board that has not changed, and compare with a plain view that tells so by the same read."""
    with ExitStack() as stack:
        servers = {OURS: stack.enter_context(granian())}
        servers[PLAIN] = stack.enter_context(granian("tests.bench.plain_view:application"))
        with patch.dict(os.environ, BENCH_CONN_MAX_AGE="60"):
            servers[KEPT] = stack.enter_context(granian("tests.bench.plain_view:application"))
        phone = asyncio.run(one_phone(servers[OURS], codes))
        known = {"Authorization": f"Bearer {phone.token}", "If-None-Match": phone.etag}
        speeds = defaultdict(list)
        for _round in rounds(seconds=40):
            for name, server in servers.items():
                request = Request(server, "/api/v1/board/", known)
                if request.answer()[0] != 304:
                    raise RuntimeError(f"The board has changed: {name}")
                speeds[name].append(request.per_second())
    others = PLAIN, KEPT
    ours = speeds[OURS]
    rows = [[OURS, spread(ours, ".0f"), ""]]
    rows += [[other, spread(speeds[other], ".0f"), spread(ratios(ours, speeds[other]))] for other in others]
    show("A board that has not changed, on SQLite", ["", "requests a second", "ours / this"], rows)


async def one_phone(server: Server, codes: list[str]) -> hall.Phone:
    """Give a device on a board of a group."""
    with patch.object(hall, "PEOPLE", hall.A_BOARD):
        return (await hall.fill(server.port, codes))[0]


def measure_town(codes: list[str]):
    """Let 2,000 people score on 250 boards, on each database: our server on one core, all else on the other."""
    rows = []
    for name, database in (("SQLite", on_sqlite), ("PostgreSQL", on_postgres)):
        with database() as url, patch.dict(os.environ, DATABASE_URL=url), granian() as server, on_client_core():
            phones = asyncio.run(hall.fill(server.port, codes))
            busy = server.processor_seconds()
            polls, writes = asyncio.run(meet_again(phones, SECONDS))
            busy = (server.processor_seconds() - busy) / SECONDS
        unchanged = polls.statuses.count(304) / len(polls.statuses)
        rows += [
            [name, "questions", *figures(polls), f"{unchanged:.0%} unchanged"],
            ["", "answers", *figures(writes), f"core {busy:.0%} busy"],
            [
                "",
                "both",
                *figures(Timed(polls.milliseconds + writes.milliseconds, polls.statuses + writes.statuses)),
                "",
            ],
        ]
    head = ["", "", "a second", "median", "p95", "p99", "worst (ms)", "errors", ""]
    show(f"{hall.PEOPLE:,} people on boards of {hall.A_BOARD}, {SECONDS} s", head, rows)


async def meet_again(phones: list[hall.Phone], seconds: float) -> tuple[Timed, Timed]:
    """Let people meet who have nothing but their tokens: each begins with a new connection."""
    for phone in phones:
        phone.streams, phone.lock = None, asyncio.Lock()
    return await hall.meet(phones, seconds)


def figures(timed: Timed) -> list[str]:
    return [f"{len(timed.statuses) / SECONDS:.0f}", *quantiles(timed)]


def quantiles(timed: Timed) -> list[str]:
    """Give median, p95, p99 and the worst, in milliseconds, and how many errors there were."""
    shares = [f"{timed.share(quantile):.0f}" for quantile in (0.5, 0.95, 0.99)]
    return [*shares, f"{max(timed.milliseconds):.0f}", str(timed.errors)]


@contextmanager
def on_client_core():
    """Keep this process away from the server's core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {int(CLIENT_CORE)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def on_sqlite():
    yield os.environ["DATABASE_URL"]


@contextmanager
def on_postgres():
    """Give the address of a database on a PostgreSQL server of its own, which runs beside the people."""
    listening = ["-c", "listen_addresses=127.0.0.1"]
    with cluster_running(options=listening, cores=CLIENT_CORE) as cluster:
        cluster.run("create database town")
        manage(settings.DATA_DIR, "migrate", "-v", "0", DATABASE_URL=cluster.url("town"))
        yield cluster.url("town")
