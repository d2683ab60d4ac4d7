"""Lines of the log: in plain words for a person, as JSON for a program, and never with what a request was about."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest

from api.releases.manifest import Release
from cms.observing.current import current
from cms.observing.failures import Told, name_of, told
from cms.observing.masking import masked, without_quoted
from cms.observing.routes import REQUEST_ID, ROUTE, route_of

# What these say may hold what a visitor sent: an invented host name, a wrong path.
QUOTING = "django.security"


_shown: list[Callable[[], Release | None]] = []


def know_release(shown: Callable[[], Release | None]):
    """Have somebody to ask which release this process shows: the log begins before there can be one."""
    _shown[:] = [shown]


def release_id() -> int | None:
    """Give the number of the release that this process shows, None where it shows none."""
    release = _shown[0]() if _shown else None
    return release and release.id


class MaskedFormatter(logging.Formatter):
    """Formats a record in plain words: without values of exceptions, with a route in the place of an address."""

    def format(self, record):
        record.message = message_of(record)
        line = self.formatMessage(record)
        request = request_of(record)
        if request is not None:
            line += f" [{facts_of(request)['request']}]"
        error = error_of(record)
        return f"{line}\n{told(error)}" if error else line


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record):
        request, error = request_of(record), error_of(record)
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            **(facts_of(request) if request is not None else {}),
            "status": getattr(record, "status_code", None),
            "release": release_id(),
            **getattr(record, "facts", {}),
            "error": error and name_of(error),
            "traceback": error and told(error),
        }
        said = {name: value for name, value in fields.items() if value not in (None, "")}
        return json.dumps(said | {"time": fields["time"].replace("+00:00", "Z")}, ensure_ascii=False, default=str)


def message_of(record: logging.LogRecord) -> str:
    """Give what a record says, with nothing that tells who somebody is or what they asked for."""
    request = getattr(record, "request", None)
    arguments = record.args
    if isinstance(arguments, tuple):
        arguments = tuple(_named(one, request) for one in arguments)
    said = str(record.msg) % arguments if arguments else str(record.msg)
    return masked(without_quoted(said) if record.name.startswith(QUOTING) else said)


def _named(argument, request):
    if isinstance(argument, BaseException):
        return Told(argument)
    is_address = isinstance(request, HttpRequest) and isinstance(argument, str) and argument.startswith("/")
    return route_of(request) if is_address else argument


def request_of(record: logging.LogRecord) -> HttpRequest | None:
    """Give the request that a record is about, if it is about one."""
    request = getattr(record, "request", None)
    return request if isinstance(request, HttpRequest) else current.get()


def facts_of(request: HttpRequest) -> dict[str, str]:
    """Give what the log may know of a request."""
    route = request.META.get(ROUTE) or route_of(request)
    return {"request": request.META.get(REQUEST_ID, "-"), "method": request.method, "route": route}


def error_of(record: logging.LogRecord) -> BaseException | None:
    """Give the exception that comes with a record."""
    return record.exc_info[1] if record.exc_info else None
