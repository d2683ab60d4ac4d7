"""The request that is at work: its name, by which all lines about it are found, and where the log looks for it."""

import re
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest

from cms.observing.routes import CLASS, REQUEST_ID, ROUTE, class_of, route_of

HEADER = "X-Request-ID"
# Digits, and letters of no name: what proxies make, and nothing that a visitor could be known by.
WELL_FORMED = re.compile(r"(?=.*\d)[0-9A-Fa-f-]{16,64}")
current: ContextVar[HttpRequest | None] = ContextVar("current", default=None)


def name_request(get_response):
    """Middleware: gives a request its name, and says which route it took to whoever counts it."""

    def middleware(request):
        name = name_in(request.META)
        begun = current.set(request)
        try:
            response = get_response(request)
        finally:
            current.reset(begun)
        request.META[CLASS], request.META[ROUTE] = class_of(request), route_of(request)
        response[HEADER] = name
        return response

    return middleware


def name_in(environ: dict) -> str:
    """Give the name of a request, from now on the same: that which a proxy gave it, if it looks like one."""
    if REQUEST_ID not in environ:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        environ[REQUEST_ID] = given if WELL_FORMED.fullmatch(given) else uuid4().hex
    return environ[REQUEST_ID]
