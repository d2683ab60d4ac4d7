"""What else is done now and then, in a thread of its own: however slow it is, publishing does not wait for it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Thread
from time import sleep

from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from api.scoring.services.ending import end_boards, forget_writes
from cms.drafts.sharing import forget_ended
from cms.webhooks.delivery import forget_old, send_due
from cms.worker.jobs import Job

# Between two looks at the list, in seconds.
PAUSE = 0.5


def forget_old_tasks():
    """Delete what is known of tasks that began a day ago: they are done, or their worker was killed."""
    DBTaskResult.objects.filter(started_at__lt=timezone.now() - timedelta(days=1)).delete()


def send_webhooks():
    """Send the messages that are due to subscribers."""
    send_due(now=timezone.now())


def forget_old_webhooks():
    """Delete the log of messages that ended a month ago."""
    forget_old(now=timezone.now())


def forget_old_draft_links():
    """Delete the links to drafts that ended a month ago, and the copies of drafts that they showed."""
    forget_ended(now=timezone.now())


def end_scoring_boards():
    """Delete the boards whose time is over, and what is known of changes that nobody will send again."""
    end_boards(now=timezone.now())
    forget_writes(now=timezone.now())


# Seconds between two calls, and what to call.
HOOKS: list[tuple[float, Callable[[], object]]] = [
    (1, send_webhooks),
    (3600, forget_old_webhooks),
    (3600, forget_old_tasks),
    (3600, forget_old_draft_links),
    (3600, end_scoring_boards),
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
