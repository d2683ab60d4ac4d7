"""Publishers on two hosts, each with its own folder, share only the database: its lease keeps them apart."""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from pathlib import Path

import pytest

from tests.e2e.crash.places import copy_of, publishers_on
from tests.e2e.crash.sound import chain, damage, titles
from tests.e2e.crash.test_races import MARKS, RACES, race

# How long to watch that a publisher waits, and how long one may take once nothing keeps it, in seconds.
WATCHED = 1
ENOUGH = 50


@pytest.fixture
def elsewhere(place, tmp_path) -> dict:
    """A job's part that puts it on another host, with a copy of the release folder."""
    return {"host": "elsewhere", "releases": str(copy_of(place.data, tmp_path) / "releases")}


@pytest.fixture
def more_publishers(place):
    """Publishers that can be asked while the others wait."""
    with publishers_on(place) as others:
        yield others


def test_lease_alone_keeps_hosts_apart(place, publishers, elsewhere):
    for number in range(RACES // 3):
        race(publishers, number, {}, elsewhere)
        for part in ({}, elsewhere):
            assert publishers.one(**part)["status"] == 0
        for folder in (place.releases, Path(elsewhere["releases"])):
            assert damage(folder) == []
            assert titles(folder) >= {f"{code} {number}" for code in MARKS}
            assert all(one.parent < one.id for one in chain(folder)[:-1])
    assert "locked" not in publishers.log


def test_host_that_died_is_followed_when_its_lease_ends(place, publishers, more_publishers, elsewhere):
    title = f"Said elsewhere, on {place.data}"
    dead = publishers.one(edits={"listening": title}, fail_at="built", **elsewhere)
    assert dead["status"] < 0
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(more_publishers.one)
        with pytest.raises(StillRunning):
            waiting.result(timeout=WATCHED)
        assert publishers.one(look=True)["said"]["owner"].startswith("elsewhere:")
        assert publishers.one(expire=True)["status"] == 0
        after = waiting.result(timeout=ENOUGH)
    assert (after["status"], after["said"]["changes"], after["said"]["owner"]) == (0, 0, "")
    assert title in titles(place.releases)
