"""How many requests of each kind a server has answered, and how fast: counted by each process, told by any of them.

Each process has a place of its own, a number, in a folder that all processes of a server share. It holds the lock of
that place as long as it lives, so that nobody tells what a process that is gone had counted, and another may have the
place. So a place can begin again at 0, as Prometheus expects of a counter.
"""

import fcntl
import json
import logging
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from threading import Lock, Thread
from time import sleep, time
from typing import TextIO

from api.releases.files import write_named

logger = logging.getLogger(__name__)

# In seconds. The first is what the release takes, the last what a load balancer waits for.
BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
OTHER = "other"
# In seconds. What others tell of this process is so old at most.
PAUSE = 1


@dataclass
class Told:
    """What one process has counted: `requests` by class, method and status, `times` by class.

    Of times: how many fell into each bucket and above all of them, and how long all took together, in seconds.
    """

    process: str
    started_at: float
    requests: dict[tuple[str, str, str], int] = field(default_factory=lambda: defaultdict(int))
    times: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * (len(BUCKETS) + 1)))
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass
class Counts:
    """What this process counts, and tells all others through a folder."""

    folder: Path
    started_at: float = field(default_factory=time)

    def __post_init__(self):
        self.lock = Lock()
        # Of each class, method and status: how many fell into each bucket and above them, and how long all took.
        self.cells: dict[tuple[str, str, str], list[float]] = {}
        self.place, self.held = take_place(self.folder)
        self.told_of = None
        self.tell()

    def note(self, kind: str, method: str, status: str, seconds: float):
        """Count a request. It is done for every one of them, and takes half a millionth of a second."""
        try:
            cell = self.cells[kind, method, status]
        except KeyError:
            cell = self._cell(kind, method, status)
        with self.lock:
            cell[bisect_left(BUCKETS, seconds)] += 1
            cell[-1] += seconds

    def _cell(self, kind: str, method: str, status: str) -> list[float]:
        # Anybody can make up methods: they all count as one.
        key = (kind, method if method in METHODS else OTHER, status)
        with self.lock:
            return self.cells.setdefault(key, [0] * (len(BUCKETS) + 2))

    def tell(self):
        """Write down what was counted, where that is news."""
        with self.lock:
            cells = [[kind, method, status[:3], *cell] for (kind, method, status), cell in self.cells.items()]
        if cells != self.told_of:
            said = {"started_at": self.started_at, "cells": cells}
            write_named(self.folder / f"{self.place}.json", json.dumps(said).encode())
            self.told_of = cells

    def start(self) -> "Counts":
        """Tell it again and again, in a thread of its own."""
        Thread(target=self._run, name="tell-counts", daemon=True).start()
        return self

    def _run(self):
        while True:
            sleep(PAUSE)
            try:
                self.tell()
            except OSError:
                logger.exception("What this process has counted cannot be told")


@cache
def counts_of(folder: Path) -> Counts:
    """Give what this process counts and tells in a folder."""
    return Counts(folder).start()


def take_place(folder: Path) -> tuple[int, TextIO]:
    """Take the first place that nobody has, and give it with what keeps it."""
    folder.mkdir(parents=True, exist_ok=True)
    return next((place, held) for place in count(1) if (held := _try_place(folder / f"{place}.lock")))


def _try_place(path: Path) -> TextIO | None:
    # Whoever gets it keeps it open for as long as the process lives: the lock is what keeps the place.
    held = open(path, "a")  # noqa: SIM115
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    return held


def all_counts(folder: Path) -> list[Told]:
    """Give what all living processes of this server have counted."""
    places = sorted(int(path.stem) for path in folder.glob("*.lock"))
    return [told for place in places if is_held(folder, place) and (told := read(folder, place))]


def is_held(folder: Path, place: int) -> bool:
    """Tell whether the process of a place still lives."""
    with open(folder / f"{place}.lock") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def read(folder: Path, place: int) -> Told | None:
    """Read what the process of a place has told, None where it has not told anything yet."""
    try:
        said = json.loads((folder / f"{place}.json").read_bytes())
    except FileNotFoundError:
        return None
    told = Told(str(place), said["started_at"])
    for kind, method, status, *times, seconds in said["cells"]:
        told.requests[kind, method, status] += sum(times)
        told.times[kind] = [one + more for one, more in zip(told.times[kind], times, strict=True)]
        told.seconds[kind] += seconds
    return told
