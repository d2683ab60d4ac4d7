"""Sending what waits: each message once at a time, nobody held up by somebody else's slow server."""

import logging
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from random import random
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db.models import Q

from cms.webhooks.models import Delivery, State, Subscriber
from cms.webhooks.problems import Problem
from cms.webhooks.retries import wait_after
from cms.webhooks.sending import Answer, send
from cms.webhooks.signing import signed_headers

logger = logging.getLogger(__name__)

# How many messages are on their way at once, one for each subscriber at most.
THREADS = 16
# How long `send_due` waits for answers; what takes longer goes on, and is recorded by a later call. Whoever calls it
# may be the one who publishes, too, and should not notice a slow server.
PATIENCE_SECONDS = 0.1
# A message whose sender died is due again after this. Longer than any sending takes, slow name servers included.
CLAIM = timedelta(minutes=5)
KEPT = timedelta(days=30)


class Sender:
    """The messages that this process is sending. Only the calling thread asks the database anything."""

    def __init__(self):
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="webhooks")
        self.sending: dict[Future, Delivery] = {}
        self.lock = Lock()

    def send_due(self, *, now: datetime, patience: float = PATIENCE_SECONDS) -> int:
        """Send what is due at a moment, and give how many attempts ended while waiting for `patience` seconds."""
        ends = monotonic() + patience
        ended = 0
        with self.lock:
            self._start(now)
            while self.sending:
                done = self._done(ends - monotonic())
                for future in done:
                    record(delivery=self.sending.pop(future), answer=future.result(), now=now)
                ended += len(done)
                if not done or monotonic() > ends:
                    break
                self._start(now)
        return ended

    def _done(self, seconds: float) -> set[Future]:
        return wait(self.sending, timeout=max(0, seconds), return_when=FIRST_COMPLETED).done

    def _start(self, now: datetime):
        """Start sending as much as there are threads for."""
        while len(self.sending) < THREADS and (delivery := self._next_due(now)):
            if not delivery.subscriber.active:
                record(delivery=delivery, answer=Answer(problem=Problem.SWITCHED_OFF), now=now)
            elif claim(delivery=delivery, now=now):
                private = settings.WEBHOOK_ALLOW_PRIVATE
                self.sending[self.threads.submit(attempt, delivery, now, private)] = delivery

    def _next_due(self, now: datetime) -> Delivery | None:
        """Give what is due for somebody who is not being sent to: what is new before what failed already."""
        busy = [delivery.subscriber_id for delivery in self.sending.values()]
        due = Delivery.objects.filter(state=State.WAITING, next_at__lte=now).exclude(subscriber__in=busy)
        return due.select_related("subscriber").order_by("attempts", "next_at", "pk").first()


def claim(*, delivery: Delivery, now: datetime) -> bool:
    """Take a delivery for this process, unless another one was quicker.

    One statement, whose conditions are about the row alone: PostgreSQL checks those again once it holds the row. The
    number of attempts is the mark: whoever takes the delivery changes it.
    """
    as_seen = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, attempts=delivery.attempts)
    delivery.attempts += 1
    number = delivery.attempts
    return bool(as_seen.update(attempts=number, tried_at=now, next_at=now + CLAIM, status=None, problem=""))


def attempt(delivery: Delivery, now: datetime, allow_private: bool) -> Answer:
    """Send a delivery, in a thread of its own. Never raises."""
    try:
        subscriber, body = delivery.subscriber, delivery.body
        headers = signed_headers(secret=subscriber.secret, message=delivery.message, sent_at=now, body=body)
        return send(url=subscriber.url, headers=headers, body=body.encode(), allow_private=allow_private)
    except Exception:
        logger.exception("Message %s to subscriber %s could not be sent", delivery.message, delivery.subscriber_id)
        return Answer(problem=Problem.BROKEN)


def record(*, delivery: Delivery, answer: Answer, now: datetime):
    """Write down what came of an attempt, and when the next one is due."""
    logger.info(
        "Message %s to subscriber %s: %s %s",
        delivery.message,
        delivery.subscriber_id,
        answer.status or "no answer",
        answer.problem or "accepted",
    )
    # An attempt that was given up for dead must not write over the one that took its place.
    own = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, attempts=delivery.attempts)
    own.update(status=answer.status, problem=answer.problem or "", **_outcome(delivery, answer, now))
    if answer.problem == Problem.GONE:
        Subscriber.objects.filter(pk=delivery.subscriber_id).update(active=False)


def _outcome(delivery: Delivery, answer: Answer, now: datetime) -> dict:
    """Give the fields that say whether this is the end of it."""
    if answer.problem is None:
        return {"state": State.DELIVERED, "ended_at": now}
    pause = wait_after(attempt=delivery.attempts, chance=random())
    if pause is None or answer.problem in (Problem.GONE, Problem.SWITCHED_OFF):
        return {"state": State.FAILED, "ended_at": now}
    return {"next_at": now + pause}


def send_again(*, delivery: Delivery, now: datetime) -> bool:
    """Let a delivery start anew, unless it is being sent at this moment."""
    at_rest = ~Q(state=State.WAITING) | Q(tried_at__lt=now - CLAIM) | Q(problem__gt="")
    anew = {"state": State.WAITING, "attempts": 0, "next_at": now, "ended_at": None, "problem": "", "status": None}
    return bool(Delivery.objects.filter(at_rest, pk=delivery.pk).update(**anew))


def forget_old(*, now: datetime) -> int:
    """Delete what ended more than 30 days ago, and give how many."""
    return Delivery.objects.filter(ended_at__lt=now - KEPT).delete()[0]


_sender = Sender()


def send_due(*, now: datetime, patience: float = PATIENCE_SECONDS) -> int:
    """Send what is due at a moment, and give how many attempts ended.

    Call it every second or so. It waits for answers no longer than `patience` seconds; what a slow server answers
    later is recorded by the next call. Before the process ends, a last call with more patience records the rest;
    what is not recorded is sent again, under the same `webhook-id`.
    """
    return _sender.send_due(now=now, patience=patience)
