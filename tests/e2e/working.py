"""A worker as a process of its own, beside a test, and what it is given to do."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import stop
from tests.programs import ROOT, environment, run

GOOD_ENDINGS = "/en/completing/good-endings/"
FIND = """
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from toolkit.models import Mark
mark = Mark.objects.get(code="good-endings", locale__language_code="en")
mark.summary = {words!r}
"""
# Saved together, as a request of the admin is published together.
PUBLISH = """
with transaction.atomic():
    mark.save_revision().publish()
"""
IN_A_MOMENT = "timezone.now() + timedelta(seconds=3)"
GOES_LIVE = f"mark.go_live_at = {IN_A_MOMENT}"
WAITING = "select count(*) > 0 from cms_change"
TASKS = "select count(*) from django_tasks_database_dbtaskresult where status = 'READY'"


def edit(data: Path, words: str, dates: str = "", **settings: str):
    """Change a page's summary, and leave it to a worker to publish that; `dates` sets when, as a line of Python."""
    script = FIND.format(words=words) + dates + PUBLISH
    done = run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script], data, PUBLISH_IN_WORKER="true", **settings
    )
    assert done.returncode == 0, done.stderr


def log_of(data: Path) -> Path:
    """Where what the workers of a data folder print stands."""
    return data.with_name("worker.log")


def start_worker(data: Path, **settings: str) -> subprocess.Popen:
    """Start a worker that looks at dates twice a second."""
    with open(log_of(data), "a") as output:
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--every", "0.5"],
            cwd=ROOT,
            env=environment(data, PUBLISH_IN_WORKER="true", **settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def working(data: Path, **settings: str) -> Iterator[subprocess.Popen]:
    """Run a worker until the block ends."""
    process = start_worker(data, **settings)
    try:
        yield process
    finally:
        stop(process)
