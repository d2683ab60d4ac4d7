"""A publisher is killed, at every named place and at random moments: readers see whole releases, the next mends it.

CRASH_KILLS is how many are killed: 22 by default.
"""

import ast
import json
import os
import random
import signal
from itertools import count
from statistics import median

import pytest

from api.releases.manifest import current_id
from cms.publishing.failpoints import POINTS
from tests.e2e.conftest import free_port, granian, running
from tests.e2e.crash.sound import chain, damage
from tests.e2e.crash.watch import DOCUMENT, MARK, MENTIONS, disagreeing, watching
from tests.programs import ROOT

KILLS = int(os.environ.get("CRASH_KILLS", 22))
AT_EACH_POINT = KILLS // 20
AT_RANDOM = KILLS - AT_EACH_POINT * len(POINTS)
KILLED = -signal.SIGKILL
# Far below the 60 seconds of a lease: who died on this machine is followed at once.
AT_ONCE = 20
numbers = count(1)


@pytest.fixture(scope="module")
def site(on_sqlite):
    port = free_port()
    with running(on_sqlite.data, port=port, command=granian(port)) as server:
        yield server


@pytest.fixture(scope="module")
def watch(site):
    with watching(site) as readers:
        yield readers


@pytest.fixture(scope="module")
def seconds() -> list[float]:
    """How long each publish after a killed one took."""
    return []


@pytest.fixture
def killed(site, watch, on_sqlite, sqlite_publishers, seconds):
    """Kill a publisher that carries an edit; see that nothing broke, and that the next one completes."""

    def kill(**how) -> int:
        title = f"Listening {next(numbers)}"
        before = current_id(on_sqlite.releases)
        status = sqlite_publishers.one(edits={"listening": title}, **how)["status"]
        assert damage(on_sqlite.releases) == []
        watch.wait_for_readers()
        after = sqlite_publishers.one()
        seconds.append(after["seconds"])
        assert (after["status"], after["said"]["changes"], after["said"]["owner"]) == (0, 0, "")
        assert after["said"]["waited"] < AT_ONCE
        assert damage(on_sqlite.releases) == []
        assert current_id(on_sqlite.releases) > before
        assert json.loads(site.get(DOCUMENT).body)["title"] == title
        assert [path for path in [MARK, *MENTIONS] if title not in site.get(path).text] == []
        watch.wait_for_readers()
        assert watch.wrong() == []
        return status

    return kill


@pytest.mark.parametrize("point", POINTS)
def test_kill_at_a_point_breaks_nothing(point, killed):
    assert [killed(fail_at=point) for _number in range(AT_EACH_POINT)] == [KILLED] * AT_EACH_POINT


def test_kill_at_random_moments_breaks_nothing(killed, sqlite_publishers):
    usual = median(sqlite_publishers.one(edits={"listening": f"As usual {n}"})["seconds"] for n in range(3))
    statuses = [killed(kill_after=random.uniform(0, usual)) for _number in range(AT_RANDOM)]
    assert set(statuses) <= {KILLED, 0}
    # Some end before their time has come, on a busy machine many; all would say nothing.
    assert statuses.count(KILLED) >= AT_RANDOM // 4


def test_readers_saw_only_whole_releases(on_sqlite, watch, seconds, figures):
    assert watch.wrong() == []
    assert watch.count > KILLS
    releases = chain(on_sqlite.releases)
    assert disagreeing(on_sqlite.releases, releases) == []
    figures(f"{len(seconds)} kills, {watch.count} answers, {len(releases)} releases")
    figures(f"next publish: median {median(seconds):.2f} s, longest {max(seconds):.2f} s")


def test_points_are_those_that_are_reached():
    """`reach` and the functions that pass a point on to it name them all."""
    sources = [path.read_text() for path in (ROOT / "cms" / "publishing").glob("*.py") if path.stem != "failpoints"]
    named = {
        node.value
        for source in sources
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("reach", "partial")
        for node in call.args
        if isinstance(node, ast.Constant)
    }
    assert named == set(POINTS)
