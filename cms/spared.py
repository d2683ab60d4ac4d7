"""Threads that are kept free for readers, however slow the database is."""

import re
from threading import BoundedSemaphore, get_ident
from time import monotonic

# So many requests that need the database are at work at once, in each process, and so many threads are left for
# readers. Enough for the site while some editors' publishes wait for each other. More of them mostly wait for Python:
# with 16, the slowest answers of `make bench boards` took up to three times as long.
WORKING, SPARE = 8, 2
# In seconds. What is usual has been answered by then, but for an editor's publish; for how long the database is taken
# for slow, once it was; and how often whoever waits looks whether it is.
LONG, SLOW_FOR, LOOK = 1, 10, 0.2
# Whatever else is asked for is in the release, or is found beside it.
NEEDS_DATABASE = re.compile(r"/(?:admin|draft|media)/|/api/v1/(?:boards?|drafts)/|/[\w-]+/(?:score|give|feedback)/")
# Of a request: the others have all threads that it could have.
CROWDED = "mark.crowded"


class Spared:
    """A WSGI application that lets no more than some requests at once wait for the database behind another one.

    Whoever finds all their places taken waits for one. But where half of those have been at work for long, as when
    the database is slow, the request says so, and the application asks at once to come again: see `CROWDED`.
    """

    def __init__(self, application, *, places: int = WORKING):
        self.application = application
        self._places = BoundedSemaphore(places)
        self._many = places / 2
        # When those that are at work began, by their threads.
        self._began: dict[int, float] = {}
        self._slow_until = 0.0

    def __call__(self, environ, start_response):
        if not NEEDS_DATABASE.match(environ.get("PATH_INFO", "")):
            return self.application(environ, start_response)
        if not self._enter():
            environ[CROWDED] = True
            return self.application(environ, start_response)
        self._began[get_ident()] = monotonic()
        try:
            return self.application(environ, start_response)
        finally:
            del self._began[get_ident()]
            self._places.release()

    def _enter(self) -> bool:
        """Take a place, and tell whether there was one."""
        while not self._places.acquire(timeout=0 if (is_slow := self._is_slow()) else LOOK):
            if is_slow:
                return False
        return True

    def _is_slow(self) -> bool:
        now = monotonic()
        if sum(now - began > LONG for began in list(self._began.values())) >= self._many:
            # They may all end, and others begin, at the same time.
            self._slow_until = now + SLOW_FOR
        return now < self._slow_until
