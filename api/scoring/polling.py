"""The cheap answer to a device that asks again: nothing has changed. It comes before Django's own stack.

One read by an index tells it: the version of the board, and that of whoever asks.
"""

import logging
from datetime import UTC, datetime
from time import monotonic

from django.db import Error, connection
from django.utils import timezone

from api.content.negotiation import is_known
from api.scoring.rules import seconds_until_next
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
    """A WSGI application that answers devices that ask again, and leaves everything else to the one behind it."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and environ.get("PATH_INFO") == BOARD and environ["REQUEST_METHOD"] == "GET":
            unchanged = self.unchanged(known, bearer(environ))
            if unchanged:
                start_response("304 Not Modified", unchanged)
                return [b""]
        return self.application(environ, start_response)

    @staticmethod
    def unchanged(known: str, token: str) -> list[tuple[str, str]] | None:
        """Give the headers of the answer that nothing has changed, None when something has, or nobody can tell."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(VERSIONS, [digest_of(token)])
                row = cursor.fetchone()
        except Error:
            logger.warning("A board could not be read for a device that asked again", exc_info=True)
            connection.close()
            return None
        if not row or not is_known(known, current := etag(row[0], row[1], row[3])):
            return None
        return [*HEADERS.items(), ("ETag", current), ("Retry-After", hint(as_moment(row[2])))]


def as_moment(value: datetime | str) -> datetime:
    """Give a moment as a database tells it without Django: SQLite as text, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
