"""The answer to a device that asks for its board. It comes before Django's own stack, of which it needs nothing.

One read by an index tells whether anything has changed: the version of the board, and that of whoever asks.
"""

import json
import logging
from datetime import datetime
from time import monotonic

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from api.content.negotiation import accepts_json, is_known
from api.headers import Kind, headers_of
from api.releases.server import needs_redirect
from api.scoring.models import Participant
from api.scoring.rules import seconds_until_next
from api.scoring.state import Holder, board_at, board_state, wording_of
from api.scoring.statements import versions_of
from api.scoring.tokens import digest_of

logger = logging.getLogger(__name__)

BOARD = "/api/v1/board/"
BEARER = "Bearer "
# In seconds: over so long a time a process counts how often it is asked.
WINDOW = 5
EXPOSED = "ETag, Retry-After, Content-Disposition"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}


def bearer(environ: dict) -> str:
    """Give the token that a request carries in its header, "" when there is none."""
    given = environ.get("HTTP_AUTHORIZATION", "")
    return given[len(BEARER) :].strip() if given.startswith(BEARER) else ""


def etag(board_version: int, own_version: int, locale: str, wording: str) -> str:
    """Give the ETag of a board as one person sees it, its marks worded as `wording_of` tells.

    It tells no more than the answer does: what others do before the scores are shown moves it only where it can be
    seen, and what somebody does alone moves their own. A release moves it where a mark of the board is worded anew.
    """
    return f'"{board_version}-{own_version}-{locale}-{wording}"'


class Asked:
    """Counts how many devices ask this process."""

    def __init__(self):
        self.since, self.count, self.per_second = monotonic(), 0, 0.0

    def note(self) -> float:
        """Count a question, and give how many there were in a second of late."""
        self.count += 1
        passed = monotonic() - self.since
        if passed > WINDOW:
            self.per_second, self.count, self.since = self.count / passed, 0, monotonic()
        return self.per_second


asked = Asked()


def hint(changed_at: datetime) -> str:
    """Give in how many seconds a device should ask again, of a board that changed at a moment."""
    return str(seconds_until_next((timezone.now() - changed_at).total_seconds(), asked.note()))


def hints_of(tag: str, changed_at: datetime) -> dict[str, str]:
    """Give the headers by which a device asks again: only for what is new, and not too soon."""
    return {"ETag": tag, "Retry-After": hint(changed_at)}


class Polling:
    """A WSGI application that shows people their boards, and leaves everything else to the one behind it.

    To that it also leaves whatever it can't answer at once: strangers, the keeper, a database that is away.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        is_poll = environ.get("PATH_INFO") == BOARD and environ["REQUEST_METHOD"] == "GET"
        if is_poll and not needs_redirect(environ):
            try:
                answer = self.answer(environ)
            except Error:
                logger.warning("A board could not be read for a device that asked", exc_info=True)
                connection.close()
                answer = None
            if answer:
                status, headers, body = answer
                start_response(status, [*HEADERS.items(), *headers])
                return [body]
        return self.application(environ, start_response)

    def answer(self, environ: dict) -> tuple[str, list[tuple[str, str]], bytes] | None:
        """Give status, headers and body for somebody who takes part in a board, None for others. Raises Error."""
        close_old_connection()
        at = versions_of(digest_of(bearer(environ)))
        if at is None:
            return None
        tag = etag(at.board, at.own, at.locale, wording_of(at.board_id, at.shape, at.locale))
        hints = list(hints_of(tag, at.changed_at).items())
        if is_known(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            return "304 Not Modified", hints, b""
        board = board_at(at.board_id, at.shape)
        if board is None or not accepts_json(environ.get("HTTP_ACCEPT", "")):
            return None
        person = Participant(at.person_id, version=at.own, locale=at.locale)
        state = board_state(Holder(board, person), version=at.board, locale=at.locale, now=timezone.now())
        body = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
        content = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        safety = headers_of(Kind.API, settings.SECURE_HSTS_SECONDS).items()
        return "200 OK", [*content, *safety, *hints], body


def close_old_connection():
    """Close a connection whose time is over, as Django does at each of its own requests."""
    if connection.close_at is not None and not connection.in_atomic_block and monotonic() >= connection.close_at:
        connection.close()
