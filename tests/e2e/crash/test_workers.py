"""A worker is killed in a publish, or was away at the time of a date: the next one ends it, on both databases."""

import signal
import sys

import pytest

from api.releases.manifest import blob_path
from tests.e2e.conftest import released_entries, wait_until
from tests.e2e.crash.places import Place
from tests.e2e.working import start_worker, working
from tests.programs import run

GOOD_ENDINGS = "/en/completing/good-endings/"
EDIT = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from toolkit.models import Mark
mark = Mark.objects.get(code="good-endings", locale__language_code="en")
mark.summary = {words!r}
mark.go_live_at = {date}
with transaction.atomic():
    mark.save_revision().publish()
"""
IN_A_MOMENT = "timezone.now() + timedelta(seconds=3)"
WAITING = "select count(*) > 0 from cms_change"
TASKS = "select count(*) from django_tasks_database_dbtaskresult where status = 'READY'"
OVERDUE = "select count(*) from wagtailcore_revision where approved_go_live_at < current_timestamp"


def edit(place: Place, words: str, date: str = "None"):
    """Change a page, for at once or for a date, and leave it to a worker to publish that."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", EDIT.format(words=words, date=date)]
    done = run(command, place.data, PUBLISH_IN_WORKER="true", **place.settings)
    assert done.returncode == 0, done.stderr


def shown(place: Place) -> str:
    """What readers see of the page."""
    return blob_path(place.releases, released_entries(place.data)[GOOD_ENDINGS].sha256).read_text()


def test_date_missed_while_away_is_kept_at_once(place):
    edit(place, "Planned while nobody was there.", IN_A_MOMENT)
    wait_until(lambda: place.ask(OVERDUE) == [(1,)], "date to pass")
    assert "Planned while" not in shown(place)
    with working(place.data, **place.settings):
        wait_until(lambda: "Planned while nobody was there." in shown(place), "page to go live")
        wait_until(lambda: place.ask(WAITING) == [(False,)], "change to wait no more")
    assert place.ask(OVERDUE) == [(0,)]


@pytest.mark.parametrize("point", ["blobs-flushed", "pointer-written"])
def test_killed_worker_is_followed_by_another(place, point):
    words = f"Killed at {point}."
    edit(place, words)
    killed = start_worker(place.data, FAIL_AT=point, **place.settings)
    assert killed.wait(60) == -signal.SIGKILL
    assert (place.ask(WAITING), place.ask(TASKS)) == ([(True,)], [(0,)])
    with working(place.data, **place.settings):
        wait_until(lambda: place.ask(WAITING) == [(False,)], "change to wait no more")
    assert words in shown(place)
