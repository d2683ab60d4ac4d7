"""How every change of a board begins and ends: one at a time, each once, counted where others can see it."""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from api.scoring.models import Board, Mark, Participant, Round, RoundMark, Write
from api.scoring.rules import Unable


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
