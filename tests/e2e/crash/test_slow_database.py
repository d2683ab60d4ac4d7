"""PostgreSQL takes a second for each answer: readers notice nothing, others are asked to wait, no board is lost.

CRASH_OUTAGE_SECONDS is for how long the site is read meanwhile: 10 by default.
"""

import time
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from random import Random
from threading import Event

import pytest

from cms.spared import WORKING
from tests.e2e.conftest import SERVE, copy_data, free_port, running, wait_until
from tests.e2e.crash.devices import Device
from tests.e2e.crash.load import Client, answers, outage_seconds
from tests.e2e.crash.slow import slow_line
from tests.e2e.test_database_gone import BESIDE_THE_RELEASE

pytestmark = pytest.mark.needs("initdb")

# In seconds: how long each answer of the database takes, and a reader at most. A request asks it several times.
SLOW, SOON = 1, 5
# Three times as many as a process works for at once.
PEOPLE = 24
BOARD = {"locale": "en", "codes": ["listening"]}


@pytest.fixture(scope="module")
def line(cluster, seed_on_postgres):
    with slow_line(cluster.copy("seed", "slow")) as line:
        yield line


@pytest.fixture(scope="module")
def site(line, seed_on_postgres, tmp_path_factory):
    """One process, with the options that `serve` gives it, and nothing in front."""
    data, port = tmp_path_factory.mktemp("slow") / "data", free_port()
    copy_data(seed_on_postgres.data, data)
    settings = {"WEB_PROCESSES": "1", "BOARDS_PER_HOUR": "0", "DATABASE_URL": line.url}
    with running(data, port=port, command=[*SERVE, "--no-prepare", "--no-worker"], **settings) as server:
        yield server


@pytest.fixture
def slow(line):
    line.delay = SLOW
    yield
    line.delay = 0


@contextmanager
def asked_by_many(site):
    """Editors and devices, each of whom asks again as soon as they are answered; gives what they were told."""
    told, over = [], Event()

    def ask(number: int):
        path = ("/admin/login/", "/en/give/", "/api/v1/board/")[number % 3]
        while not over.is_set():
            answer = site.get(path, Authorization="Bearer nobody")
            told.append((path, answer))
            # Nobody asks again at once who was told to wait.
            over.wait(SLOW if answer.status == 503 else 0)

    with ThreadPoolExecutor(PEOPLE) as pool:
        asking = [pool.submit(ask, number) for number in range(PEOPLE)]
        try:
            yield told
        finally:
            over.set()
    for one in asking:
        one.result()


def test_readers_notice_nothing(site, line, figures):
    known = answers(site.address, [*site.released(), *BESIDE_THE_RELEASE])
    reader, waits, wrong = Client(site.address), [], []
    line.delay = SLOW
    try:
        with asked_by_many(site) as told:
            # By now they have all threads that they get; nothing outside the server tells when.
            time.sleep(3 * SLOW)
            deadline = time.monotonic() + outage_seconds()
            for path, answer in known.items():
                begun = time.monotonic()
                wrong += [path] if reader.get(path) != answer else []
                waits.append(time.monotonic() - begun)
                if time.monotonic() > deadline:
                    break
    finally:
        line.delay = 0
    refused = [path for path, answer in told if answer.status == 503]
    figures(f"{len(waits)} answers, the slowest after {max(waits):.2f} s; {len(refused)} of {len(told)} told to wait")
    assert wrong == []
    assert max(waits) < SOON
    # Were they to wait for the database as well, there would be a handful.
    assert len(waits) > len(known) / 4
    assert {answer.status for _path, answer in told} <= {200, 401, 503}
    assert refused


def test_database_that_hangs_holds_up_few(site, line, cluster):
    """What has asked it waits until it goes on, for there is a connection; whoever comes then is told at once."""
    reader, path = Client(site.address), "/admin/login/"
    known = answers(site.address, BESIDE_THE_RELEASE)
    with ThreadPoolExecutor(PEOPLE) as pool:
        assert {answer.status for answer in pool.map(site.get, [path] * PEOPLE)} <= {200, 503}
        with cluster.frozen():
            asked = [pool.submit(site.get, path) for _ in range(PEOPLE)]
            told = wait(asked, timeout=2 * SOON).done
            assert [name for name in known if reader.get(name) != known[name]] == []
            assert len(told) >= PEOPLE - WORKING
            assert {one.result().status for one in told} == {503}
        assert {one.result().status for one in set(asked) - told} == {200}


def test_no_board_is_lost(site, line):
    """Whoever is told to wait sends the same again, as devices do."""
    line.delay = SLOW / 4
    try:
        with ThreadPoolExecutor(PEOPLE) as pool:
            opened = list(pool.map(lambda seed: opened_board(site.address, seed), range(PEOPLE)))
    finally:
        line.delay = 0
    links = {Device(site.address, token=token, dropped=0).link() for token in opened}
    assert len(links) == PEOPLE


def opened_board(address: str, seed: int) -> str:
    status, said = Device(address, random=Random(seed), dropped=0).send("POST", "/boards/", BOARD)
    assert status == 201
    return said["token"]


@pytest.mark.parametrize(
    ("path", "content_type"), [("/admin/login/", "text/html"), ("/api/v1/board/", "application/problem+json")]
)
def test_who_has_to_wait_is_told_so(site, slow, path, content_type):
    def refusals() -> list:
        return [answer for asked, answer in told if asked == path and answer.status == 503]

    with asked_by_many(site) as told:
        wait_until(refusals, "server to ask somebody to wait")
    answer = refusals()[0]
    assert answer.content_type == content_type
    assert "wait" in answer.text.casefold() or "try again" in answer.text.casefold()
