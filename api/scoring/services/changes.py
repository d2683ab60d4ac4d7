"""How every change of a board begins and ends: one at a time, each once, counted where others can see it."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.db.models import F

from api.scoring.models import Board, Mark, Participant, Round, RoundMark, Write
from api.scoring.rules import Unable


def change(service: Callable) -> Callable:
    """Make a service that changes a board: in one transaction, while no other change is made, and once.

    Its callers name the change (`write`) and say whose it is: a person's who takes part, as `person`, or the keeper's
    of a `board`. The service gets both as they are now. A change that was made before is not made again.
    Raises Unable("gone").
    """

    @wraps(service)
    @transaction.atomic
    def made_once(
        *, write: UUID, now: datetime, person: Participant | None = None, board: Board | None = None, **given
    ):
        board = begin(person.board_id if person else board.pk, write=write, now=now)
        if board:
            whose = {"person": still_there(person)} if person else {}
            service(board=board, now=now, **whose, **given)

    return made_once


def begin(board_id: UUID, *, write: UUID, now: datetime) -> Board | None:
    """Lock a board for the rest of the transaction, and give it; None when this change was made before.

    Raises Unable("gone").
    """
    board = Board.objects.select_for_update().filter(pk=board_id).first()
    if board is None:
        raise Unable("gone")
    _write, is_new = Write.objects.get_or_create(board=board, name=write, defaults={"made_at": now})
    return board if is_new else None


def saw(board: Board, now: datetime):
    """Count a change that others can see."""
    Board.objects.filter(pk=board.pk).update(version=F("version") + 1, changed_at=now)


def only_they_see(person: Participant):
    """Count a change that nobody else can see: that it was made is not to be told either."""
    Participant.objects.filter(pk=person.pk).update(version=F("version") + 1)


def still_there(person: Participant) -> Participant:
    """Give a person as they are now. Raises Unable("gone")."""
    now = Participant.objects.filter(pk=person.pk).first()
    if now is None:
        raise Unable("gone")
    return now


def current_round(board: Board) -> Round:
    """Give the latest round of a board."""
    return board.rounds.latest("number")


def in_round(round_: Round, mark_id: UUID) -> RoundMark:
    """Give a mark as it is in a round. Raises Unable("no-such-mark")."""
    found = round_.marks.filter(mark_id=mark_id).select_related("mark").first()
    if found is None:
        raise Unable("no-such-mark")
    return found


def next_place(board: Board) -> int:
    """Give the place after a board's last mark."""
    last = Mark.objects.filter(board=board).order_by("place").last()
    return last.place + 1 if last else 1
