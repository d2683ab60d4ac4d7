"""A new version changes the database while the old one serves: nobody notices. And two deployments at once."""

import fcntl
import json
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from uuid import uuid4

import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families

from cms.deployments import LOCK, SAID
from tests.e2e.conftest import Served, copy_data, free_port, granian, running, wait_until
from tests.e2e.crash.conftest import numbers
from tests.e2e.crash.devices import Device
from tests.e2e.crash.places import Place
from tests.programs import ROOT, environment

TOKEN = "0123456789abcdef0123"
GROWN = {"DJANGO_SETTINGS_MODULE": "tests.e2e.crash.grown.settings"}
PAGE = "/en/process/listening/"
COLUMNS = "select weight, count(*) from scoring_score group by weight"


@dataclass
class Group:
    """People on a board, who score and look and read without a pause; none of them tries anything twice."""

    site: Served
    ended: Event = field(default_factory=Event)
    statuses: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    last: int | None = None

    def __post_init__(self):
        body = {"locale": "en", "codes": ["listening"]}
        _status, opened = self.device().try_once("POST", "/boards/", body, uuid4())
        self.token = opened["token"]
        self.mark = self.device().board()["marks"][0]["id"]

    def device(self) -> Device:
        return Device(self.site.address, getattr(self, "token", ""), dropped=0)

    def run(self, name: str):
        ask = getattr(self, name)(self.device())
        while not self.ended.is_set():
            try:
                self.statuses.setdefault(name, []).append(next(ask))
            except Exception as error:
                self.errors.append(repr(error))
                return

    def writes(self, device: Device):
        number = 0
        while True:
            number = number % 10 + 1
            status, _said = device.try_once("PUT", f"/board/answers/{self.mark}/", {"answer": number}, uuid4())
            self.last = number
            yield status

    def looks(self, device: Device):
        while True:
            yield device.try_once("GET", "/board/", None, uuid4())[0]

    def reads(self, device: Device):
        while True:
            yield from (self.site.get(path).status for path in (PAGE, "/api/v1/en/search/?q=zqneedle"))

    @contextmanager
    def at_work(self):
        threads = [Thread(target=self.run, args=[name]) for name in ("writes", "looks", "reads")]
        for thread in threads:
            thread.start()
        try:
            wait_until(lambda: len(self.statuses) == 3 and all(self.statuses.values()), "group to begin")
            yield
        finally:
            self.ended.set()
            for thread in threads:
                thread.join()


def migrating(place, *, command: str = "migrate", **settings: str) -> subprocess.Popen:
    """Begin to bring a database up to the next version."""
    words = command.split()
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(place.data, **place.settings, **GROWN, **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def lines_until(process: subprocess.Popen, words: str) -> str:
    """Read what a process says until it says something."""
    read = ""
    for line in process.stdout:
        read += line
        if words in line:
            return read
    raise AssertionError(read)


@contextmanager
def table_in_use(place):
    """Somebody is about to write a score, and takes their time."""
    with psycopg.connect(place.url) as slow:
        slow.execute("lock table scoring_score in row exclusive mode")
        yield


@pytest.fixture
def place(base, request, tmp_path) -> Place:
    """A site of the test's own, for it changes the tables."""
    if base == "sqlite":
        copy_data(request.getfixturevalue("served").data, tmp_path / "data")
        return Place(tmp_path / "data")
    seed, cluster = map(request.getfixturevalue, ("seed_on_postgres", "cluster"))
    copy_data(seed.data, tmp_path / "data")
    return Place(tmp_path / "data", cluster.copy("seed", f"grown_{next(numbers)}"))


@pytest.fixture
def site(place):
    """The version before, as two processes, which log and count."""
    port = free_port()
    options = {"METRICS_TOKEN": TOKEN, "LOG_FORMAT": "json", "ACCESS_LOG": "true", "API_REQUESTS_PER_MINUTE": "0"}
    command = [*granian(port), "--workers", "2", "--blocking-threads", "4", "--log-level", "error"]
    with running(place.data, port=port, command=command, **options, **place.settings) as site:
        yield site


def counted(site: Served, **labels: str) -> float:
    """Give how many requests of a kind all processes have counted."""
    answer = site.get("/metrics", authorization=f"Bearer {TOKEN}")
    families = text_string_to_metric_families(answer.text)
    samples = [sample for family in families for sample in family.samples if sample.name == "mark_requests_total"]
    return sum(sample.value for sample in samples if labels.items() <= sample.labels.items())


def test_nobody_notices_a_migration(place, site, figures):
    group = Group(site)
    assert site.get("/readyz").status == 200
    with group.at_work():
        before = {name: len(done) for name, done in group.statuses.items()}
        with ExitStack() as held:
            if place.url:
                held.enter_context(table_in_use(place))
            process = migrating(place)
            if place.url:
                # It does not hold up those who come after it: it lets go, and tries again.
                lines_until(process, "trying again")
        assert "9002_weight_index... OK" in lines_until(process, "9002_weight_index")
        assert process.wait(60) == 0
        after = {name: len(done) for name, done in group.statuses.items()}
        wait_until(lambda: len(group.statuses["writes"]) > after["writes"] + 5 or group.errors, "writes to go on")
    figures(f"from {before} to {after}, in the end { ({name: len(done) for name, done in group.statuses.items()}) }")
    assert group.errors == []
    assert {status for done in group.statuses.values() for status in done} == {200, 204}
    assert all(after[name] > before[name] for name in before)
    assert group.device().board()["marks"][0]["mine"] == group.last
    assert place.ask(COLUMNS) == [(1, 1)]
    look_at_figures_and_log(site, group)
    look_at_ending(site)


def look_at_figures_and_log(site: Served, group: Group):
    """All that was asked of both processes is counted and logged, and nothing of what it was about."""
    written = len(group.statuses["writes"])
    wait_until(
        lambda: counted(site, route="scoring_api", method="PUT", status="204") == written, "count of all writes"
    )
    # A process tells the others now and then, so what it answered last may come a moment later.
    wait_until(lambda: counted(site, route="released") >= len(group.statuses["reads"]) // 2, "count of all reads")
    lines = [json.loads(line) for line in site.printed.splitlines()]
    access = [line for line in lines if line["logger"] == "cms.access"]
    assert sum(line["method"] == "PUT" for line in access) == written
    assert {line["level"] for line in lines} == {"INFO"}
    assert not re.search(rf"zqneedle|{group.token}|{group.mark}|{PAGE}", site.printed)


def look_at_ending(site: Served):
    """A server that is to end says so in all of its processes, and answers as before."""
    (site.data / "draining").touch()
    assert {site.get("/readyz").status for _ in range(20)} == {503}
    assert (site.get(PAGE).status, site.get("/livez").status, site.get("/healthz").status) == (200, 200, 200)


@contextmanager
def deployment_held(place):
    """Somebody deploys just now."""
    if place.url:
        with psycopg.connect(place.url, autocommit=True) as other:
            other.execute("select pg_advisory_lock(%s)", [LOCK])
            yield
    else:
        folder = place.data / "deployment"
        folder.mkdir(exist_ok=True)
        with open(folder / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def test_two_deployments_follow_each_other(place):
    # Files are the same on both; on SQLite it would only take longer.
    first = "serve --prepare-only" if place.url else "migrate"
    with deployment_held(place):
        both = [migrating(place, command=first), migrating(place)]
        for process in both:
            lines_until(process, SAID)
    said = [process.communicate(timeout=240)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert place.ask("select count(*) from django_migrations where app = 'scoring' and name like '9%'") == [(2,)]
