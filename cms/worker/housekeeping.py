"""What else is done now and then, in a thread of its own: however slow it is, publishing does not wait for it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Thread
from time import sleep, time

from django.db import connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from api.feedback.services import forget_old as forget_feedback
from api.limits import shared_counter
from api.offers.ending import forget_decided
from api.scoring.services.ending import end_boards, forget_writes
from cms.accounts import invitations, lockout, sessions
from cms.backups.daily import back_up_daily
from cms.consent.dates import end_consents, remind
from cms.consent.withdrawal.burying import keep_record
from cms.consent.withdrawal.withdraw import finish_what_is_left, keep_out
from cms.data_protection import leftovers
from cms.data_protection.again import erase_again
from cms.drafts.sharing import forget_ended
from cms.imports.forgetting import forget_old as forget_imports
from cms.plain_language.refreshing import refresh
from cms.reports.outside import check_outside_links
from cms.webhooks.delivery import forget_old, send_due
from cms.worker.jobs import Job
from toolkit.withdrawal.erasures import forget_erased

# Between two looks at the list, in seconds.
PAUSE = 0.5
# What is known of a task.
TASKS_KEPT = timedelta(days=1)


def forget_old_tasks():
    """Delete what is known of tasks that began a day ago: they are done, or their worker was killed."""
    DBTaskResult.objects.filter(started_at__lt=timezone.now() - TASKS_KEPT).delete()


def send_webhooks():
    """Send the messages that are due to subscribers."""
    send_due(now=timezone.now())


def forget_old_webhooks():
    """Delete the log of messages that ended a month ago."""
    forget_old(now=timezone.now())


def forget_old_draft_links():
    """Delete the links to drafts that ended a month ago, and the copies of drafts that they showed."""
    forget_ended(now=timezone.now())


def forget_old_imports():
    """Delete the documents that somebody brought in and nobody has touched for 90 days."""
    forget_imports(now=timezone.now())


def end_scoring_boards():
    """Delete the boards whose time is over, and what is known of changes that nobody will send again."""
    end_boards(now=timezone.now())
    forget_writes(now=timezone.now())


def keep_consent():
    """Remind of consents that run out, and take down what has run out."""
    remind(today=timezone.localdate())
    end_consents(today=timezone.localdate())


def end_withdrawals():
    """End what somebody began to take back and could not end."""
    finish_what_is_left(now=timezone.now())


def keep_what_was_deleted():
    """Write down beside the releases what people deleted for good, and forget what would be over by now."""
    keep_record()
    forget_erased(today=timezone.localdate())


def forget_decided_offers():
    """Delete the offers that were declined or taken back a month ago, and those whose page is gone."""
    forget_decided(now=timezone.now())


def forget_old_feedback():
    """Delete what readers said of pages a year ago."""
    forget_feedback(today=timezone.localdate())


def look_at_outside_links():
    """Ask one other site whether a page that ours lead to is still there, if that is switched on."""
    check_outside_links(now=timezone.now())


def look_at_language():
    """Look at the pages that have changed, so that the report on plain language is there at once."""
    refresh(seconds=20)


def forget_old_invitations():
    """Delete the invitations that were taken up, taken back or left a month ago."""
    invitations.forget_old(now=timezone.now())


def forget_wrong_passwords():
    """Delete who gave wrong passwords, and from where, once nobody is locked out for it any more."""
    lockout.forget_old(now=timezone.now())


def forget_leftovers():
    """Delete who had an editor open, what a preview showed, and uploads that nobody has finished."""
    leftovers.forget_leftovers(now=timezone.now())


def forget_counted_networks():
    """Delete of which networks it was counted how often they ask, once they have their whole share again."""
    shared_counter().forget(now=time())


# Seconds between two calls, and what to call.
HOOKS: list[tuple[float, Callable[[], object]]] = [
    (1, send_webhooks),
    (3600, forget_old_webhooks),
    (3600, forget_old_tasks),
    (3600, forget_old_draft_links),
    (3600, forget_old_imports),
    (3600, end_scoring_boards),
    (3600, keep_consent),
    (3600, keep_out),
    (60, end_withdrawals),
    (600, keep_what_was_deleted),
    (60, back_up_daily),
    (3600, forget_decided_offers),
    (3600, forget_old_feedback),
    (2, look_at_outside_links),
    (60, look_at_language),
    (3600, forget_old_invitations),
    (600, forget_wrong_passwords),
    (3600, sessions.forget_ended),
    (3600, erase_again),
    (3600, forget_counted_networks),
    (3600, forget_leftovers),
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
