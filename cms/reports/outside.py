"""The addresses of other sites that our pages lead to: the worker asks for each of them, once a week, if it may.

One after the other, in a thread of its own: no site is asked twice at once, and nothing else of the worker waits.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings

from cms.reports.asking import Found, ask
from cms.reports.contents import live_contents
from cms.reports.models import OutsideLink
from cms.reports.reach import is_outside

# An address is asked for again after so long.
FRESH = timedelta(days=7)
# How many are asked for in a run, and how long it is between the beginnings of two.
A_RUN = 100
RUN_EVERY = timedelta(hours=1)
# One site is not asked for two addresses within this time.
PAUSE = timedelta(seconds=10)


def digest_of(address: str) -> str:
    return sha256(address.encode()).hexdigest()


def outside_addresses() -> list[str]:
    """Give every address of another site that a live page leads to, each once."""
    links = (link for one in live_contents() for link in one.links)
    return list(dict.fromkeys(whole(link.target) for link in links if is_outside(link)))


def whole(address: str) -> str:
    """Give an address with its scheme, and without the place on the page: the server never hears of that."""
    address = address.partition("#")[0]
    return f"https:{address}" if address.startswith("//") else address


class Checker:
    """The checking of this process: what waits, and what is being asked.

    Only the calling thread asks the database anything.
    """

    def __init__(self, *, allow_private: bool = False):
        self.allow_private = allow_private
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="outside-links")
        self.asking: tuple[Future, str] | None = None
        self.waiting: list[str] = []
        self.next_run: datetime | None = None
        self.asked_at: dict[str, datetime] = {}

    def turn(self, *, now: datetime, patience: float = 0):
        """Write down what has been answered, and ask for the next address; wait for answers `patience` seconds."""
        if self.asking:
            future, address = self.asking
            if not wait_for([future], timeout=patience).done:
                return
            record(address, future.result())
            self.asking = None
        if not settings.CHECK_OUTSIDE_LINKS:
            self.waiting = []
            return
        if not self.waiting and (self.next_run is None or now >= self.next_run):
            self.waiting, self.next_run, self.asked_at = due(now=now), now + RUN_EVERY, {}
        self._ask_next(now)

    def _ask_next(self, now: datetime):
        for address in self.waiting:
            host = urlsplit(address).hostname or ""
            if now - self.asked_at.get(host, now - PAUSE) >= PAUSE:
                self.waiting.remove(address)
                self.asked_at[host] = now
                if claim(address, now=now):
                    self.asking = (self.thread.submit(ask, address, allow_private=self.allow_private), address)
                return


def due(*, now: datetime) -> list[str]:
    """Give the addresses to ask for, those that were never asked for first; forget those that no page leads to."""
    addresses = outside_addresses()
    known = dict(OutsideLink.objects.values_list("address", "checked_at"))
    OutsideLink.objects.filter(address__in=known.keys() - set(addresses)).delete()
    old = sorted((address for address in addresses if address in known), key=known.get)
    new = [address for address in addresses if address not in known]
    return [*new, *(address for address in old if known[address] <= now - FRESH)][:A_RUN]


def claim(address: str, *, now: datetime) -> bool:
    """Take an address for this process, unless another one has asked for it within the week."""
    digest = digest_of(address)
    fields = {"address": address, "checked_at": now}
    _row, is_new = OutsideLink.objects.get_or_create(digest=digest, defaults=fields)
    old = OutsideLink.objects.filter(digest=digest, checked_at__lte=now - FRESH)
    return is_new or bool(old.update(checked_at=now))


def record(address: str, found: Found):
    """Write down what came of asking for an address."""
    fields = {"status": found.status, "trouble": found.trouble or ""}
    OutsideLink.objects.filter(digest=digest_of(address)).update(**fields)


_checker = Checker()


def check_outside_links(*, now: datetime):
    """Ask for one more address, if it is time to. Call it every second or so; it never waits for an answer."""
    _checker.turn(now=now)
