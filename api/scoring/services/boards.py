"""Making a board, and the ways into it: its links, its code, until when it is kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from api.scoring.models import Board, Mark, Round
from api.scoring.rules import LONGEST_TITLE, MOST_MARKS, Unable, check_room, check_text
from api.scoring.services.changes import change, in_turn
from api.scoring.services.joining import CODE_LASTS, add_person
from api.scoring.services.rounds import add_to_round
from api.scoring.statements import count_seen
from api.scoring.tokens import code_digest, code_for, digest_of, spells, token_for
from api.scoring.toolkit_marks import marks as toolkit_marks

# For how many months a board may be kept without anybody saying so again.
MONTHS = (3, 12, 24)
MONTH = timedelta(days=30.4375)
# From so long before its end a board says so.
WARNING = timedelta(days=30)


@dataclass(frozen=True)
class Opened:
    """A board, with the tokens of whoever made it."""

    board: Board
    keep: str
    take_part: str


@in_turn()
def open_board(
    *,
    write: UUID,
    locale: str,
    codes: list[str],
    own_marks: list[str] = (),
    title: str = "",
    name: str = "",
    months: int = MONTHS[1],
    now: datetime,
) -> Opened:
    """Make a board of marks of the toolkit, by their codes, and of the group's own, by their titles.

    Whoever makes it keeps it and takes part. Made again with the same `write`, it is the same board.
    Raises Unable("no-marks"), ("no-such-mark"), ("too-many-marks"), ("title"), ("name") or ("months").
    """
    board, keep, is_new = new_board(write=write, locale=locale, title=title, months=months, now=now)
    if is_new:
        _add_marks(board, list(dict.fromkeys(codes)), own_marks, locale, now)
    return Opened(board, keep, add_person(board, write=write, name=name, locale=locale, now=now))


def new_board(*, write: UUID, locale: str, title: str, months: int, now: datetime) -> tuple[Board, str, bool]:
    """Make a board without marks, once for each `write`. Gives it, its keeper's token, and whether it is new.

    Raises Unable("title") or ("months").
    """
    keep = token_for("keep", write)
    board = Board(
        keep_digest=digest_of(keep),
        title=check_text(title, LONGEST_TITLE, code="title", may_be_empty=True),
        locale=locale,
        made_at=now,
        changed_at=now,
        ends_on=end_after(months, now),
    )
    board.join_digest = digest_of(join_token(board))
    _set_code(board, now)
    made = {field.name: getattr(board, field.name) for field in Board._meta.concrete_fields}
    # Of two requests at the same time, one makes it, and the other waits for it.
    board, is_new = Board.objects.get_or_create(keep_digest=made.pop("keep_digest"), defaults=made)
    return board, keep, is_new


def _add_marks(board: Board, codes: list[str], own_marks: list[str], locale: str, now: datetime):
    known = toolkit_marks(locale)
    own = [check_text(one, LONGEST_TITLE, code="mark-title") for one in own_marks]
    if not codes and not own:
        raise Unable("no-marks")
    if not set(codes) <= set(known):
        raise Unable("no-such-mark")
    check_room(len(codes) + len(own) - 1, MOST_MARKS, "too-many-marks")
    of_toolkit = [Mark(board=board, place=place, code=code) for place, code in enumerate(codes, 1)]
    of_group = [
        Mark(board=board, place=place, title=one, locale=locale) for place, one in enumerate(own, len(codes) + 1)
    ]
    made = Mark.objects.bulk_create(of_toolkit + of_group)
    first = Round.objects.create(board=board, number=1, started_at=now)
    add_to_round(first, made)


def end_after(months: int, now: datetime) -> date:
    """Give the day on which a board ends that is kept for some months from now. Raises Unable("months")."""
    if months not in MONTHS:
        raise Unable("months")
    return (now + months * MONTH).date()


def join_token(board: Board) -> str:
    """Give the token that lets people join a board."""
    return token_for("join", board.pk, board.join_number)


def join_code(board: Board, now: datetime) -> str:
    """Give the code that lets people join a board, "" when it has none that works."""
    works = board.is_open and board.code_until and board.code_until > now
    return code_for("code", board.pk, board.code_number) if works else ""


def _set_code(board: Board, now: datetime):
    """Give a board a code that no other board has, and that spells no word."""
    while True:
        board.code_number += 1
        code = code_for("code", board.pk, board.code_number)
        board.code_digest = code_digest(code)
        if not spells(code) and not Board.objects.filter(code_digest=board.code_digest).exists():
            break
    board.code_until = now + CODE_LASTS


@change
def new_code(*, board: Board, now: datetime):
    """Give a board a new code, for 48 hours. The old one works no more."""
    _set_code(board, now)
    board.save()
    count_seen(board.pk, now)


@change
def new_link(*, board: Board, now: datetime):
    """Give a board a new link and a new code to join with. The old ones work no more; who has joined stays."""
    board.join_number += 1
    board.join_digest = digest_of(join_token(board))
    _set_code(board, now)
    board.save()
    count_seen(board.pk, now)


@change
def set_joining(*, board: Board, is_open: bool, now: datetime):
    """Let people join a board, or no more people."""
    Board.objects.filter(pk=board.pk).update(is_open=is_open)
    count_seen(board.pk, now)


@change
def keep_for(*, board: Board, months: int, now: datetime):
    """Keep a board for some months from now, if that is longer than it is kept. Raises Unable("months")."""
    until = end_after(months, now)
    Board.objects.filter(pk=board.pk, ends_on__lt=until).update(ends_on=until)
    count_seen(board.pk, now)
