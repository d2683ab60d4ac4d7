"""The answer to a device that asks for its board. It comes before Django's own stack, of which it needs nothing.

One read by an index tells whether anything has changed: the version of the board, and that of whoever asks.
"""

import json
import logging
from datetime import UTC, datetime
from time import monotonic

from django.db import Error, connection
from django.utils import timezone

from api.content.negotiation import accepts_json, is_known
from api.scoring.holders import holder_of
from api.scoring.rules import seconds_until_next
from api.scoring.state import board_state
from api.scoring.tokens import digest_of
from api.scoring.toolkit_marks import release_id

logger = logging.getLogger(__name__)

BOARD = "/api/v1/board/"
BEARER = "Bearer "
VERSIONS = """
select board.version, person.version, board.changed_at, person.locale
from scoring_participant person join scoring_board board on board.id = person.board_id where person.digest = %s
"""
# In seconds: over so long a time a process counts how often it is asked.
WINDOW = 5
EXPOSED = "ETag, Retry-After, Content-Disposition"
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": EXPOSED,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def bearer(environ: dict) -> str:
    """Give the token that a request carries in its header, "" when there is none."""
    given = environ.get("HTTP_AUTHORIZATION", "")
    return given[len(BEARER) :].strip() if given.startswith(BEARER) else ""


def etag(board_version: int, own_version: int, locale: str) -> str:
    """Give the ETag of a board as one person sees it.

    It tells no more than the answer does: what others do before the scores are shown moves it only where it can be
    seen, and what somebody does alone moves their own.
    """
    return f'"{board_version}-{own_version}-{locale}-{release_id()}"'


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


class Polling:
    """A WSGI application that shows people their boards, and leaves everything else to the one behind it.

    To that it also leaves whatever it can't answer at once: strangers, the keeper, a database that is away.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") == BOARD and environ["REQUEST_METHOD"] == "GET":
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
        token, known = bearer(environ), environ.get("HTTP_IF_NONE_MATCH", "")
        if known and (found := versions(token)):
            board_version, own_version, changed_at, locale = found
            tag = etag(board_version, own_version, locale)
            if is_known(known, tag):
                return "304 Not Modified", hints(tag, changed_at), b""
        holder = holder_of(token)
        if not holder or not holder.person or not accepts_json(environ.get("HTTP_ACCEPT", "")):
            return None
        board, person = holder.board, holder.person
        state = board_state(holder, locale=person.locale, now=timezone.now())
        body = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
        content = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        tag = etag(board.version, person.version, person.locale)
        return "200 OK", [*content, *hints(tag, board.changed_at)], body


def versions(token: str) -> tuple[int, int, datetime, str] | None:
    """Give a board's version, that of whoever has a token, when the board changed, and their locale: in one read."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS, [digest_of(token)])
        row = cursor.fetchone()
    return row and (row[0], row[1], as_moment(row[2]), row[3])


def hints(tag: str, changed_at: datetime) -> list[tuple[str, str]]:
    """Give the headers that name what is answered, and say when to ask again."""
    return [("ETag", tag), ("Retry-After", hint(changed_at))]


def close_old_connection():
    """Close a connection whose time is over, as Django does at each of its own requests."""
    if connection.close_at is not None and not connection.in_atomic_block and monotonic() >= connection.close_at:
        connection.close()


def as_moment(value: datetime | str) -> datetime:
    """Give a moment as a database tells it without Django: SQLite as text, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
