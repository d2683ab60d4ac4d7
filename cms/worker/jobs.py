"""A job of the worker: something to do again and again, which a failure delays but does not end."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.db import Error as DatabaseTrouble
from django.db import connections

logger = logging.getLogger(__name__)

# After failures in a row a job waits 1, 2, 4 seconds, and so on, at most this many: so that a date is at most a
# minute late, also when the database has come back.
LONGEST_PAUSE = 20


@dataclass
class Job:
    """What to do, and how many seconds to wait between two times; `due` is a moment of the process's own clock."""

    every: float
    act: Callable[[], object]
    due: float = 0.0
    failures: int = 0

    def run_if_due(self):
        """Do it when it is time to. Whatever goes wrong, there is a next time."""
        if monotonic() < self.due:
            return
        try:
            self.act()
            self.failures = 0
        except Exception as error:
            self.failures += 1
            self._report(error)
            connections.close_all()
        self.due = monotonic() + max(self.every, self._pause())

    def _pause(self) -> float:
        return min(2 ** min(self.failures - 1, 10), LONGEST_PAUSE) if self.failures else 0

    def _report(self, error: Exception):
        if self.failures == 1:
            is_known = isinstance(error, DatabaseTrouble | OSError)
            text = "%s failed, and is tried again: %s"
            logger.error(text, self.act.__name__, error, exc_info=None if is_known else error)
