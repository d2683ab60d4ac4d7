"""One call, as bytes and in words; and what came of it: how long it took, what was answered, what went wrong."""

import re
from dataclasses import dataclass, field, fields
from io import BytesIO
from time import perf_counter, thread_time
from traceback import format_exception

from django.db import transaction
from django.test import Client

from tests.fuzz import LONGEST

# How often a slow call is asked once more. A machine has other things to do: what took less of a processor's time is
# slow only when it took this many times as long.
TIMES, WAITED = 2, 5
# Texts that stand in an error page of a developer's.
TELLING = (b"Traceback (most recent call last)", b"Exception Value", b"DEBUG = True")
REPEATED = re.compile(r"((?:\\x..|.){1,6}?)\1{30,}")
CODE = re.compile(r'File "[^"]*?(?:site-packages/|/(?=(?:api|cms|toolkit)/))([^"]+)", line (\d+), in (\S+)')


@dataclass(frozen=True)
class Call:
    """A call: who asks what. `route` is what it is about; the path is without escapes, as WSGI has it."""

    number: int
    who: str
    route: str
    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    type: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    # Whether the token in the form is looked at.
    is_guarded: bool = False

    def __str__(self) -> str:
        """Give all that it takes to ask it again; what repeats itself is counted."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        text = ", ".join(f"{name}={value!r}" for name, value in said.items() if value)
        return REPEATED.sub(lambda found: f"{found[1]}…×{len(found[0]) // len(found[1])}", f"Call({text})")

    def environ(self, client: Client) -> dict:
        """Give the call as WSGI has it; somebody's own cookies stand before those that are sent beside them."""
        environ = {
            "REQUEST_METHOD": self.method,
            "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": self.query.decode("latin-1"),
            "CONTENT_TYPE": self.type,
            "CONTENT_LENGTH": str(len(self.body)),
            "wsgi.input": BytesIO(self.body),
            **self.headers,
        }
        if "HTTP_COOKIE" in environ:
            own = [f"{one.key}={one.value}" for one in client.cookies.values()]
            environ["HTTP_COOKIE"] = "; ".join([*own, environ["HTTP_COOKIE"]])
        return environ


@dataclass(frozen=True)
class Asked:
    """What came of a call: the status, how long it took, the page, and what was wrong about it, if anything."""

    call: Call
    status: int
    seconds: float
    type: str
    content: bytes
    wrong: str


def ask(client: Client, call: Call, by_design: frozenset[str] = frozenset()) -> Asked:
    """Ask, and take back what it has done. Of routes that break `by_design`, nothing is wrong."""
    asked = _ask(client, call, by_design)
    for _ in range(TIMES):
        if asked.seconds > LONGEST:
            asked = min(asked, _ask(client, call, by_design), key=lambda one: one.seconds)
    return asked


def _ask(client: Client, call: Call, by_design: frozenset[str]) -> Asked:
    cookies = client.cookies.copy()
    began, worked = perf_counter(), thread_time()
    with transaction.atomic():
        answer = client.request(**call.environ(client))
        content = answer.getvalue()
        transaction.set_rollback(True)
    seconds, worked = perf_counter() - began, thread_time() - worked
    # Whoever logged out is back.
    client.cookies = cookies
    wrong = "" if call.route in by_design else wrong_about(call, answer, content, max(worked, seconds / WAITED))
    return Asked(call, answer.status_code, seconds, answer.get("Content-Type", ""), content, wrong)


def wrong_about(call: Call, answer, content: bytes, seconds: float) -> str:
    """Say what is wrong about an answer: a server error with the place it came from, a page that tells too much."""
    if answer.status_code >= 500:
        return f"{answer.status_code}: {where(answer)}"
    if any(words in content for words in TELLING):
        return f"tells what goes on inside: {call.route}"
    return f"slow: {call.route}" if seconds > LONGEST else ""


def where(answer) -> str:
    """Say in one line what was raised, and by which lines: the last one, and the last three that are not Django's."""
    kind, error, _trace = getattr(answer, "exc_info", None) or (None, None, None)
    if error is None:
        return "answered by a view"
    places = [f"{path}:{line} {name}" for path, line, name in CODE.findall("".join(format_exception(error)))]
    others = [place for place in places[:-1] if not place.startswith(("django/", "asgiref/"))]
    return f"{kind.__name__} < {' < '.join([*places[-1:], *reversed(others[-3:])])}"
