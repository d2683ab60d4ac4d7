"""A worker is killed in a publish, or was away at the time of a date: the next one ends it, on both databases."""

import signal

import pytest

from api.releases.manifest import blob_path
from tests.e2e.conftest import released_entries, wait_until
from tests.e2e.crash.places import Place
from tests.e2e.working import GOES_LIVE, GOOD_ENDINGS, TASKS, WAITING, edit, start_worker, working

OVERDUE = "select count(*) from wagtailcore_revision where approved_go_live_at < current_timestamp"


def shown(place: Place) -> str:
    """What readers see of the page."""
    return blob_path(place.releases, released_entries(place.data)[GOOD_ENDINGS].sha256).read_text()


def test_date_missed_while_away_is_kept_at_once(place):
    edit(place.data, "Planned while nobody was there.", GOES_LIVE, **place.settings)
    wait_until(lambda: place.ask(OVERDUE) == [(1,)], "date to pass")
    assert "Planned while" not in shown(place)
    with working(place.data, **place.settings):
        wait_until(lambda: "Planned while nobody was there." in shown(place), "page to go live")
        wait_until(lambda: place.ask(WAITING) == [(False,)], "change to wait no more")
    assert place.ask(OVERDUE) == [(0,)]


@pytest.mark.parametrize("point", ["blobs-flushed", "pointer-written"])
def test_killed_worker_is_followed_by_another(place, point):
    words = f"Killed at {point}."
    edit(place.data, words, **place.settings)
    killed = start_worker(place.data, FAIL_AT=point, **place.settings)
    assert killed.wait(60) == -signal.SIGKILL
    assert (place.ask(WAITING), place.ask(TASKS)) == ([(True,)], [(0,)])
    with working(place.data, **place.settings):
        wait_until(lambda: place.ask(WAITING) == [(False,)], "change to wait no more")
    assert words in shown(place)
