"""How every change of a board begins and ends: one at a time, each once, counted where others can see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import wraps
from threading import RLock
from uuid import UUID

from django.db import connection, transaction

from api.scoring.models import Board, Mark, Participant, Round, RoundMark, the_one
from api.scoring.rules import Unable
from api.scoring.statements import locked_board, name_change, person_now

one_at_a_time = RLock()


def change(service: Callable) -> Callable:
    """Make a service that changes a board: in one transaction, while no other change is made, and once.

    Its callers name the change (`write`) and say whose it is: a person's who takes part, as `person`, or the keeper's
    of a `board`. The service gets both as they are now. A change that was made before is not made again.
    Raises Unable("gone").
    """

    @wraps(service)
    def made_once(
        *, write: UUID, now: datetime, person: Participant | None = None, board: Board | None = None, **given
    ):
        with in_turn():
            board = begin(person.board_id if person else board.pk, write=write, now=now)
            if board:
                whose = {"person": still_there(person)} if person else {}
                service(board=board, now=now, **whose, **given)

    return made_once


@contextmanager
def in_turn() -> Iterator[None]:
    """Begin a transaction; where the database has room for one at a time, after those that this process has begun.

    SQLite has those that wait look again now and then, and some look in vain for long.
    """
    with one_at_a_time if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


def begin(board_id: UUID, *, write: UUID, now: datetime) -> Board | None:
    """Lock a board for the rest of the transaction, and give it; None when this change was made before.

    Raises Unable("gone").
    """
    board = locked_board(board_id)
    if board is None:
        raise Unable("gone")
    return board if name_change(board.pk, write, now) else None


def still_there(person: Participant) -> Participant:
    """Give a person as they are now. Raises Unable("gone")."""
    now = person_now(person.pk)
    if now is None:
        raise Unable("gone")
    return now


def current_round(board: Board) -> Round:
    """Give the latest round of a board."""
    return board.rounds.latest("number")


def in_current_round(board: Board, mark_id: UUID) -> RoundMark:
    """Give a mark as it is in the latest round of a board, with the round. Raises Unable("no-such-mark")."""
    latest = current_round(board)
    found = the_one(latest.marks.filter(mark=mark_id))
    if found is None:
        raise Unable("no-such-mark")
    return found


def next_place(board: Board) -> int:
    """Give the place after a board's last mark."""
    last = Mark.objects.filter(board=board).order_by("place").last()
    return last.place + 1 if last else 1
