"""Who holds a token, and who found a board by its code."""

import re
from datetime import datetime

from api.scoring.models import Board, the_one
from api.scoring.state import Holder
from api.scoring.statements import person_with_board
from api.scoring.tokens import TOKEN, code_digest, digest_of, read_code


def holder_of(token: str) -> Holder | None:
    """Give whoever a token belongs to, None when it gives no power over any board."""
    digest = digest_of(token)
    if person := person_with_board(digest):
        return Holder(person.board, person)
    board = the_one(Board.objects.filter(keep_digest=digest))
    return board and Holder(board)


def board_to_join(token: str) -> Board | None:
    """Give the board that a join link leads to, None when there is none."""
    return the_one(Board.objects.filter(join_digest=digest_of(token)))


def board_with_code(text: str, now: datetime) -> Board | None:
    """Give the board that a code leads to, as somebody typed it, None when there is none."""
    code = read_code(text)
    if not code:
        return None
    return the_one(Board.objects.filter(code_digest=code_digest(code), code_until__gt=now, is_open=True))


def board_of_link(link: str) -> Board | None:
    """Give the board that any of its links, or a token by itself, belongs to, None when there is none."""
    found = re.findall(TOKEN, link)
    holders = filter(None, (holder_of(token) for token in found))
    return next((holder.board for holder in holders), None) or next(filter(None, map(board_to_join, found)), None)
