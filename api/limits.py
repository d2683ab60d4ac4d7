"""How often one reader may ask for what is worked out for them: a limit that all processes of a server share.

It is the generic cell rate algorithm (ITU-T I.371): of each reader it is kept until when they have used up their
share. One statement asks and counts, so that however many come at once, no more get through than may. It needs no
database: SQLite keeps it in a file of its own, which anybody may delete.
"""

import hmac
import sqlite3
from contextlib import suppress
from functools import cache
from ipaddress import ip_address, ip_network
from math import ceil
from pathlib import Path
from threading import Lock, local
from time import time

from django.conf import settings
from rest_framework.throttling import BaseThrottle

FILE = "limits.sqlite3"
MINUTE = 60
# Whoever asks from a network of IPv6 has all addresses that begin alike.
IPV6_PREFIX = 64
# In seconds. A reader who cannot be counted in time is let through.
PATIENCE = 0.2
# Readers who have their whole share again are forgotten after so many questions.
FORGET_AFTER = 1000
# They come back after a power cut, and that is no harm: so nothing waits for the disk.
SET_UP = """
pragma journal_mode = memory;
pragma synchronous = off;
create table if not exists reader (name blob primary key, until real not null) without rowid;
"""
ASK = """
insert into reader (name, until) values (:name, :now + :cost)
on conflict (name) do update set until = max(until, :now) + :cost
where max(until, :now) + :cost <= :now + :seconds
returning until
"""


class Limited(BaseThrottle):
    """Django REST framework's door to the limit: `settings.API_REQUESTS_PER_MINUTE`, 0 for none."""

    def allow_request(self, request, view) -> bool:
        self.seconds = seconds_to_wait(request.META)
        return not self.seconds

    def wait(self) -> int:
        return self.seconds


def seconds_to_wait(meta: dict) -> int:
    """Count a request, and give 0; when its reader has asked too often, how many seconds they must wait."""
    per_minute = settings.API_REQUESTS_PER_MINUTE
    if per_minute < 1:
        return 0
    return shared_counter().ask(reader(meta), most=per_minute, now=time())


def shared_counter() -> "Counter":
    """Give the counter that all processes of this server share."""
    return counter(settings.DATA_DIR / FILE)


def reader(meta: dict) -> bytes:
    """Give the name of whoever asks: nobody can tell the address from it. `meta` is that of a request."""
    return hmac.digest(settings.SECRET_KEY.encode(), network(address_of(meta)).encode(), "sha256")[:16]


def address_of(meta: dict) -> str:
    """Give the address of whoever asks, as far as it is known."""
    address = meta.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # What stands last was put there by our own proxy; what stands before it, by whoever asks.
        address = meta.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return address


def network(address: str) -> str:
    """Give what is one reader's of an address."""
    try:
        is_long = ip_address(address).version == 6
    except ValueError:
        return address
    return str(ip_network(f"{address}/{IPV6_PREFIX}", strict=False)) if is_long else address


@cache
def counter(file: Path) -> "Counter":
    """Give the one counter of a file in this process."""
    return Counter(file)


class Counter:
    """Counts what readers ask, in a file."""

    def __init__(self, file: Path):
        self.file = file
        self._own = local()
        self._asked = 0
        # Threads that find the file locked would look again now and then, and some in vain.
        self._turn = Lock()

    def ask(self, name: bytes, *, most: int, seconds: int = MINUTE, now: float, unsure: int = 0) -> int:
        """Count a question at a time (in seconds); give 0, or how many seconds too early it is.

        So many in so many seconds are let through, all at once or one after the other. `unsure` is given where it
        cannot be counted: a file that is full, locked or gone must keep nobody from reading, nor let anybody guess.
        """
        try:
            with self._turn:
                return self._ask(name, seconds / most, seconds, now)
        except sqlite3.Error:
            self._own.connection = None
            return unsure

    def give_back(self, name: bytes, *, most: int, seconds: int = MINUTE):
        """Take a question back: it was not of the kind that is counted."""
        try:
            with self._turn:
                self._connection.execute("update reader set until = until - ? where name = ?", [seconds / most, name])
        except sqlite3.Error:
            self._own.connection = None

    def forget(self, *, now: float):
        """Forget readers who have their whole share again."""
        try:
            with self._turn:
                self._forget(now)
        except sqlite3.Error:
            self._own.connection = None

    def _forget(self, now: float):
        self._connection.execute("delete from reader where until < ?", [now])

    def _ask(self, name: bytes, cost: float, seconds: int, now: float) -> int:
        self._asked += 1
        if self._asked % FORGET_AFTER == 0:
            self._forget(now)
        values = {"name": name, "now": now, "cost": cost, "seconds": seconds}
        if self._connection.execute(ASK, values).fetchone():
            return 0
        [until] = self._connection.execute("select until from reader where name = ?", [name]).fetchone() or [now]
        return max(1, ceil(until + cost - seconds - now))

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection, each statement of which is a transaction."""
        if getattr(self._own, "connection", None) is None:
            with suppress(OSError):
                # Nobody else on this computer need know how often who asks: nginx comes to this folder.
                self.file.touch(mode=0o600)
            self._own.connection = sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None)
            self._own.connection.executescript(SET_UP)
        return self._own.connection
