"""Publishing what has been left waiting: by a publisher that was killed, or by a publish that failed."""

from django.conf import settings
from django.db.models import Min
from django.db.models.functions import Now

from cms.models import Change, Failure, Publisher
from cms.publishing.lease import somebody_publishes
from cms.publishing.publish import publish
from cms.worker.retries import Waiting, is_due


def publish_what_is_left():
    """Publish, when something has waited too long and nobody is at work on it.

    Raises what `publish` raises; the failure is written down by then, and the pause after it grows.
    """
    waiting = what_waits()
    if waiting and is_due(waiting) and not somebody_publishes(settings.RELEASES_DIR):
        publish()


def what_waits() -> Waiting | None:
    """Read what is not published yet, None in a database that was never published."""
    publisher = Publisher.objects.annotate(now=Now()).filter(pk=1).first()
    return publisher and Waiting(
        now=publisher.now,
        since=Change.objects.aggregate(since=Min("made_at"))["since"],
        failures=publisher.failures,
        failed_at=publisher.failed_at,
        parts=list(Failure.objects.values_list("tries", "tried_at")),
    )
