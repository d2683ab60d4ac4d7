"""One publisher at a time: on this machine by a lock on the folder, across machines by a lease in the database."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread, local
from time import monotonic
from uuid import uuid4

from django import db
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from api.releases.files import locked
from cms.models import Publisher

logger = logging.getLogger(__name__)

# A publisher that has died on another machine holds the others up for so long.
LEASE = timedelta(seconds=60)
RENEWED_AFTER = LEASE.total_seconds() / 4
# Between two looks at a lease that somebody else holds, in seconds.
PAUSE = 0.05
at_work = local()


class LeaseLost(Exception):
    """Somebody else has become the publisher: this one must not write any more."""


@contextmanager
def only_publisher(folder: Path) -> Iterator["Lease"]:
    """Wait until nobody else publishes, and be the one who does.

    Whoever dies on this machine is followed at once: its lock dies with it.
    """
    with locked(folder) as name:
        lease = Lease(place_of(name))
        with lease.held():
            at_work.publishing = True
            try:
                yield lease
            finally:
                at_work.publishing = False


def publishes_here() -> bool:
    """Tell whether this very thread is the publisher: it would wait for itself."""
    return getattr(at_work, "publishing", False)


def somebody_publishes(folder: Path) -> bool:
    """Tell whether a publisher is at work: on this machine by the lock, on others by the lease."""
    try:
        with locked(folder, wait=False) as name:
            return Lease(place_of(name)).is_held_elsewhere()
    except BlockingIOError:
        return True


def place_of(name: str) -> str:
    """Name the machine and the folder, whose lock only one publisher has."""
    return f"{socket.gethostname()}:{name}"


class Lease:
    """The one row in the database that says who publishes, by the database's own clock."""

    def __init__(self, place: str):
        self.place = place
        self.owner = f"{place} {os.getpid()} {uuid4().hex}"
        self.is_held = False
        self.taken_at = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Take the lease, renew it while the block runs, and give it back."""
        ended = Event()
        while not self._take():
            ended.wait(PAUSE)
        renewing = Thread(target=self._renew, args=[ended], daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()
            self._give_back_quietly()

    def _take(self) -> bool:
        # Who holds this folder's lock knows that the last owner in this place is gone.
        free = Q(owner="") | Q(expires_at__lt=Now()) | Q(owner__startswith=f"{self.place} ")
        taken = Publisher.objects.filter(free, pk=1).update(owner=self.owner, expires_at=Now() + LEASE)
        self.is_held, self.taken_at = bool(taken), monotonic()
        if not taken and not Publisher.objects.exists():
            # The first publisher of all. Whoever makes the row, somebody takes it with the next look.
            Publisher.objects.get_or_create(pk=1)
        return self.is_held

    def is_held_elsewhere(self) -> bool:
        """Tell whether a publisher of another place holds it."""
        held = Publisher.objects.filter(pk=1, expires_at__gte=Now()).exclude(owner="")
        return held.exclude(owner__startswith=f"{self.place} ").exists()

    def _renew(self, ended: Event):
        while not ended.wait(RENEWED_AFTER):
            try:
                self._mine().update(expires_at=Now() + LEASE)
            except db.Error:
                logger.exception("The lease cannot be renewed: it is tried again")
            finally:
                connection.close()

    def give_back(self, **fields):
        """Stop being the publisher, and write down fields of the publisher's row with that."""
        self._mine().update(owner="", expires_at=None, **fields)
        self.is_held = False

    def _give_back_quietly(self):
        try:
            if self.is_held:
                replace_broken_connection()
                self.give_back()
        except db.Error:
            logger.exception("The lease cannot be given back: it ends by itself")

    def _mine(self):
        return Publisher.objects.filter(pk=1, owner=self.owner)

    def seconds(self) -> float:
        """Give for how long it has been held, by the clock of this process."""
        return monotonic() - self.taken_at

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Be the publisher until the block ends, in a transaction. Raises LeaseLost when somebody else has become it.

        Whoever wants to take over waits for its end, so it is to be short.
        """
        with transaction.atomic():
            if not self._mine().update(expires_at=Now() + LEASE):
                raise LeaseLost("Somebody else has begun to publish. Nothing was changed; they publish what waits.")
            yield


def replace_broken_connection():
    """Let go of a connection that has broken, so that the next question opens another one."""
    # Inside a transaction, whoever began it has to hear that it is lost.
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
