"""WSGI applications around all others, which count and log what those answer; only where that is wanted.

Of an answer that comes bit by bit, they are told when it begins: how long a phone takes to fetch it says nothing.
"""

import logging
from collections.abc import Callable
from time import perf_counter

from django.conf import settings

from api.scoring.polling import BOARD
from cms.observing.counts import Counts, counts_of
from cms.observing.current import HEADER, name_in
from cms.observing.routes import CLASS, POLL, RELEASED, ROUTE

logger = logging.getLogger("cms.access")
# What an application that fails answers, by its server.
FAILED = "500"


class Counted:
    """Counts each answer. It stands before pages that take some millionths of a second, so it takes few itself."""

    def __init__(self, application: Callable, counts: Counts):
        self.application, self.note = application, counts.note

    def __call__(self, environ, start_response):
        began, status = perf_counter(), FAILED

        def start(line, headers, exc_info=None):
            nonlocal status
            status = line
            return start_response(line, headers, exc_info)

        try:
            return self.application(environ, start)
        finally:
            kind = environ.get(CLASS) or before_django(environ)
            self.note(kind, environ["REQUEST_METHOD"], status, perf_counter() - began)


class Logged:
    """Writes a line about each answer, and gives its name back with it."""

    def __init__(self, application: Callable):
        self.application = application

    def __call__(self, environ, start_response):
        began, status, name = perf_counter(), FAILED, name_in(environ)

        def start(line, headers, exc_info=None):
            nonlocal status
            status = line
            # Django has said it already.
            named = headers if CLASS in environ else [*headers, (HEADER, name)]
            return start_response(line, named, exc_info)

        try:
            return self.application(environ, start)
        finally:
            log(environ, name, int(status[:3]), round((perf_counter() - began) * 1000))


def before_django(environ: dict) -> str:
    """Give the class of what was answered before Django was asked."""
    return POLL if environ["PATH_INFO"] == BOARD else RELEASED


def log(environ: dict, name: str, status: int, milliseconds: int):
    """Write a line about a request that was answered."""
    method, route = environ["REQUEST_METHOD"], environ.get(ROUTE) or before_django(environ)
    facts = {"request": name, "method": method, "route": route, "status": status, "milliseconds": milliseconds}
    logger.info("%s %s: %s in %s ms (%s)", method, route, status, milliseconds, name, extra={"facts": facts})


def observed(application: Callable) -> Callable:
    """Give a WSGI application that counts and logs as the settings say; where they say nothing, the same one."""
    if settings.METRICS_TOKEN:
        application = Counted(application, counts_of(settings.COUNTS_DIR))
    return Logged(application) if settings.ACCESS_LOG else application
