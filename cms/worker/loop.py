"""The worker: one loop that runs waiting tasks, keeps dates and publishes what was left, until it is told to end."""

import os
import socket
from time import sleep

from django.db import connection
from django.db.models.functions import Now
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult

from cms.models import Publisher
from cms.worker.dates import keep_dates
from cms.worker.housekeeping import HOOKS, Housekeeping
from cms.worker.jobs import Job
from cms.worker.left import publish_what_is_left

# Between two rounds, in seconds: an editor sees what they published within about a second.
PAUSE = 0.3
BEAT_EVERY = 10
LEFT_EVERY = 1
# Then dates are looked at, however many tasks wait.
TASKS_A_ROUND = 10
BACKEND = "publishing"
# A housekeeping hook may finish what it has begun, for so many seconds.
GRACE = 5


class Worker:
    """One worker. Any number may run at once, on any number of machines.

    `dates_every`: seconds between two looks at dates. `parent`: the id of the process without which it ends.
    """

    def __init__(self, *, dates_every: float, parent: int | None = None):
        self.parent = parent
        self.is_told_to_end = False
        self.jobs = [
            Job(BEAT_EVERY, beat),
            Job(dates_every, keep_dates),
            Job(0, run_tasks),
            Job(LEFT_EVERY, publish_what_is_left),
        ]

    def end(self, *signal_and_frame):
        """End when what is at work is done. It only sets a flag, so that the handler of a signal may call it."""
        self.is_told_to_end = True

    def is_over(self) -> bool:
        """Tell whether it is time to end: somebody said so, or the process that it belongs to is gone."""
        return self.is_told_to_end or (self.parent is not None and os.getppid() != self.parent)

    def run(self):
        """Work until it is over."""
        housekeeping = Housekeeping(is_over=self.is_over, hooks=HOOKS)
        housekeeping.start()
        while not self.is_over():
            for job in self.jobs:
                if not self.is_over():
                    job.run_if_due()
            let_go()
            sleep(PAUSE)
        housekeeping.join(timeout=GRACE)


def let_go():
    """Close SQLite's file between two looks at it: somebody may put another in its place. Others stay connected."""
    if connection.vendor == "sqlite":
        connection.close()


def beat():
    """Write down that a worker is there."""
    if not Publisher.objects.filter(pk=1).update(worker_seen_at=Now()):
        Publisher.objects.get_or_create(pk=1, defaults={"worker_seen_at": Now()})


def run_tasks():
    """Run the tasks that wait for publishing, a few of them."""
    # Taking one locks all of SQLite for a moment, so look first.
    if DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists():
        TaskRunner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=PAUSE,
            batch=True,
            backend_name=BACKEND,
            startup_delay=False,
            max_tasks=TASKS_A_ROUND,
            worker_id=f"{socket.gethostname()[:40]} {os.getpid()}",
        ).run()
