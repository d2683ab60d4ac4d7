"""The worker as a process of its own: it keeps dates, finishes what was begun, and leaves with its server."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from api.releases.manifest import blob_path, current_id, manifest_path
from tests.e2e.conftest import SERVE, copy_data, released_entries, running, wait_until
from tests.e2e.working import GOES_LIVE, GOOD_ENDINGS, IN_A_MOMENT, TASKS, WAITING, edit, log_of, working
from tests.programs import children_of

FAILURES = "select failures from cms_publisher"
KEPT = "select count(*) from wagtailcore_pagelogentry where action = 'wagtail.publish.scheduled'"
KEPT_IN_TIME = (
    "select last_published_at between go_live_at and strftime('%Y-%m-%d %H:%M:%f', go_live_at, '+60 seconds') "
    "from wagtailcore_page where url_path like '%/completing/good-endings/' and live"
)


@pytest.fixture
def data(served, tmp_path) -> Path:
    """A data folder of the test's own, with the starter content published."""
    folder = tmp_path / "data"
    copy_data(served.data, folder)
    return folder


def plan(data: Path, words: str):
    """Change a page so that it goes live in a moment."""
    edit(data, words, GOES_LIVE)


def number(data: Path, question: str) -> int:
    """Ask the database of the data folder for a number."""
    with closing(sqlite3.connect(data / "db.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchone()[0]


def shown(data: Path) -> str:
    """What readers see of the page, "" when it is not there."""
    entry = released_entries(data).get(GOOD_ENDINGS)
    return blob_path(data / "releases", entry.sha256).read_text() if entry else ""


def wait_for(data: Path, words: str):
    wait_until(lambda: words in shown(data), f"page to say: {words}")


def test_planned_page_goes_live_by_itself(data):
    with working(data) as worker:
        plan(data, "Planned for later.")
        wait_for(data, "Planned for later.")
        assert number(data, KEPT_IN_TIME) == 1
        worker.send_signal(signal.SIGINT)
        assert worker.wait(60) == 0
    assert log_of(data).read_text().splitlines()[-1] == "The worker has ended."


def test_page_comes_down_by_itself(data):
    edit(data, "Only for a while.", f"mark.expire_at = {IN_A_MOMENT}")
    with working(data):
        wait_until(lambda: shown(data) == "", "page to come down")


def test_edit_is_published_by_the_worker(data):
    before = current_id(data / "releases")
    edit(data, "Published by the worker.")
    assert (number(data, WAITING), number(data, TASKS)) == (1, 1)
    assert current_id(data / "releases") == before
    with working(data):
        wait_for(data, "Published by the worker.")
    assert (number(data, WAITING), number(data, TASKS)) == (0, 0)


def test_failing_publish_is_tried_again(data):
    """A file cannot be written for a while: nobody has to press anything after that."""
    with working(data):
        obstacle = manifest_path(data / "releases", current_id(data / "releases") + 1)
        obstacle.mkdir()
        edit(data, "Tried until it worked.")
        wait_until(lambda: number(data, FAILURES) == 2, "publish to fail twice")
        assert "Tried until it worked." not in shown(data)
        obstacle.rmdir()
        wait_for(data, "Tried until it worked.")
        wait_until(lambda: number(data, FAILURES) == 0, "failures to be forgotten")


def test_two_workers_do_things_once(data):
    before = current_id(data / "releases")
    plan(data, "Done once.")
    with working(data), working(data):
        wait_for(data, "Done once.")
        edit(data, "Done once more.")
        wait_for(data, "Done once more.")
    assert number(data, KEPT) == 1
    assert current_id(data / "releases") == before + 2


def test_worker_makes_no_database_in_place_of_one_that_is_away(data):
    database = data / "db.sqlite3"
    database.rename(data / "away.sqlite3")
    with working(data):
        wait_until(lambda: "unable to open database file" in log_of(data).read_text(), "worker to notice")
    assert not database.exists()


def test_database_may_go_and_come_back(data):
    database, away = data / "db.sqlite3", data / "away.sqlite3"
    with working(data) as worker:
        wait_until(lambda: "is running" in log_of(data).read_text(), "worker")
        database.rename(away)
        wait_until(lambda: "unable to open database file" in log_of(data).read_text(), "worker to notice")
        # SQLite would make an empty file for whoever asks.
        assert not database.exists()
        away.rename(database)
        edit(data, "Back again.")
        wait_for(data, "Back again.")
        assert worker.poll() is None
    assert "Traceback" not in log_of(data).read_text()


def state_of(pid: int) -> str:
    """Give the state of a process as the kernel names it: R, S, Z, "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_worker(pid: int) -> bool:
    return b"--with-parent" in Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_worker_leaves_with_its_server(data, how):
    with running(data) as site:
        children = children_of(site.process.pid)
        [worker] = filter(is_worker, children)
        # It must not write between what the server says.
        assert "worker" not in site.printed
        wait_until(lambda: "is running" in (data / "worker.log").read_text(), "worker")
        wait_until(lambda: site.get("/healthz").text.startswith('{\n  "status": "ok"'), "health to be well")
        os.kill(site.process.pid, how)
        site.process.wait()
        wait_until(lambda: state_of(worker) in ("", "Z"), "worker to end")
    assert "The worker has ended." in (data / "worker.log").read_text()
    for child in set(children) - {worker}:
        # Killed like this, the server leaves its own.
        if state_of(child):
            os.kill(child, signal.SIGKILL)


def test_server_can_do_without_worker(data):
    with running(data, command=[*SERVE, "--no-worker"]) as site:
        assert not any(map(is_worker, children_of(site.process.pid)))
