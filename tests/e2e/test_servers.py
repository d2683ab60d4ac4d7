"""Three servers on one shared storage: each brings itself up to what is published, soon, and mixes no releases."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event, Thread

import pytest

from tests.e2e.conftest import Served, free_port, granian, running
from tests.programs import ROOT, environment, manage

TIMES, PAUSE = 5, 4
SECONDS = 5
MARK = "/api/v1/en/marks/good-endings/"
# Out of the index, which each server makes for itself.
LIST = "/api/v1/en/marks/?stage=completing"
PAGE = "/en/completing/good-endings/"
STAGE = "/en/completing/"
TITLE = re.compile(r"Good endings \d+")


@dataclass
class Watcher:
    """Asks a server over and over again: when it first showed each release, what it showed of it, what was odd."""

    site: Served
    ended: Event = field(default_factory=Event)
    first_seen: dict[int, float] = field(default_factory=dict)
    titles: dict[int, set] = field(default_factory=lambda: defaultdict(set))
    odd: list[str] = field(default_factory=list)
    looks: int = 0

    def run(self):
        while not self.ended.is_set():
            try:
                self.look()
            except Exception as error:
                self.odd.append(repr(error))

    def look(self):
        before = self.release()
        self.first_seen.setdefault(before, time.time())
        answers = [self.site.get(path) for path in (MARK, LIST, PAGE, STAGE)]
        self.odd += [f"{answer.status}" for answer in answers if answer.status != 200]
        if self.release() == before:
            self.looks += 1
            self.titles[before] |= {tuple(sorted(set(TITLE.findall(answer.text)))) for answer in answers}

    def release(self) -> int:
        return json.loads(self.site.get("/api/v1/").body)["release"]


@pytest.fixture(scope="module")
def storage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared") / "releases"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def publisher(served, storage, tmp_path_factory):
    """The data folder of the server on which editors work; its release is in the storage."""
    data = tmp_path_factory.mktemp("publisher") / "data"
    shutil.copytree(served.data, data)
    publish_often(data, storage, 1, 0).communicate()
    return data


def publish_often(data, storage, times: int, pause: float) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.e2e.publish_often", str(times), str(pause)]
    settings = environment(data, RELEASES_URL=storage.as_uri())
    return subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def servers(publisher, served, storage, tmp_path_factory, monkeypatch_module):
    """Three serving processes without a database: one has nothing, one an older release, one the storage's."""
    monkeypatch_module.setenv("RELEASES_URL", storage.as_uri())
    with ExitStack() as stack:
        sites = []
        for name, had in (("nothing", None), ("older", served.data), ("same", publisher)):
            data = tmp_path_factory.mktemp(name) / "data"
            data.mkdir()
            if had:
                shutil.copytree(had / "releases", data / "releases")
            port = free_port()
            sites.append(
                stack.enter_context(running(data, port=port, command=granian(port), API_REQUESTS_PER_MINUTE="0"))
            )
        yield sites


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def watched(servers, publisher, storage):
    """What three watchers saw while releases were published, and when each was: by id, as seconds since 1970."""
    watchers = [Watcher(site) for site in servers]
    threads = [Thread(target=watcher.run) for watcher in watchers]
    for thread in threads:
        thread.start()
    process = publish_often(publisher, storage, TIMES, PAUSE)
    printed, _errors = process.communicate(timeout=200)
    published = {int(line.split()[0]): float(line.split()[1]) for line in printed.splitlines()}
    deadline = time.monotonic() + 2 * SECONDS
    while time.monotonic() < deadline and not all(max(published) in one.first_seen for one in watchers):
        Event().wait(0.1)
    for watcher in watchers:
        watcher.ended.set()
    for thread in threads:
        thread.join()
    return watchers, published


def test_all_servers_switch_soon(watched):
    watchers, published = watched
    assert len(published) == TIMES
    lags = [[watcher.first_seen[release] - when for watcher in watchers] for release, when in published.items()]
    # Shown by pytest -s, and in what a failure prints.
    sys.stdout.write(
        f"\nseconds from publishing to showing: {lags}, spread {[max(lag) - min(lag) for lag in lags]}\n"
    )
    assert max(max(lag) for lag in lags) < SECONDS
    assert max(max(lag) - min(lag) for lag in lags) < SECONDS


def test_no_server_ever_mixed_releases(watched):
    watchers, published = watched
    assert [watcher.odd for watcher in watchers] == [[], [], []]
    for watcher in watchers:
        assert watcher.looks > 3 * TIMES
        for release, number in zip(sorted(published), range(TIMES), strict=True):
            assert watcher.titles[release] == {(f"Good endings {number}",)}


def test_servers_have_no_database(servers, watched):
    for site in servers:
        assert not (site.data / "db.sqlite3").exists()


def test_pull_command_says_that_all_is_here(servers, watched, published_last):
    said = manage(servers[0].data, "pull_release")
    assert said == f"This server has release {published_last} already.\n"


@pytest.fixture
def published_last(watched):
    return max(watched[1])


def test_servers_go_on_while_the_storage_is_away(servers, storage, watched):
    before = [site.get(PAGE).body for site in servers]
    away = storage.with_name("away")
    storage.rename(away)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not all("there is no folder" in site.printed for site in servers):
            Event().wait(0.1)
        assert all(site.printed.count("there is no folder") == 1 for site in servers)
        assert [site.get(PAGE).body for site in servers] == before
    finally:
        away.rename(storage)
