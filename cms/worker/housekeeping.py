"""What else is done now and then, in a thread of its own: however slow it is, publishing does not wait for it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Thread
from time import sleep

from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cms.worker.jobs import Job

# Between two looks at the list, in seconds.
PAUSE = 0.5


def forget_old_tasks():
    """Delete what is known of tasks that began a day ago: they are done, or their worker was killed."""
    DBTaskResult.objects.filter(started_at__lt=timezone.now() - timedelta(days=1)).delete()


# Seconds between two calls, and what to call.
HOOKS: list[tuple[float, Callable[[], object]]] = [
    (3600, forget_old_tasks),
]


class Housekeeping(Thread):
    """Calls each of the hooks again and again until it is over."""

    def __init__(self, *, is_over: Callable[[], bool], hooks: Iterable[tuple[float, Callable[[], object]]]):
        super().__init__(name="housekeeping", daemon=True)
        self.is_over = is_over
        self.jobs = [Job(every, hook) for every, hook in hooks]

    def run(self):
        while not self.is_over():
            for job in self.jobs:
                job.run_if_due()
            connections.close_all()
            sleep(PAUSE)
