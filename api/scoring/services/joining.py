"""Joining a board, and leaving it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from api.scoring.models import Board, Participant, Score
from api.scoring.rules import LONGEST_NAME, MOST_PEOPLE, Answer, Unable, check_room, check_text
from api.scoring.services.changes import begin, change, current_round, in_turn
from api.scoring.statements import count_seen
from api.scoring.tokens import digest_of, token_for
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import remember_erased

# So long a code works after somebody last joined.
CODE_LASTS = timedelta(hours=48)


@in_turn()
def join(*, board: Board, write: UUID, name: str = "", locale: str, now: datetime) -> str:
    """Let somebody take part in a board, and give their token. Sent again, it is the same person.

    Raises Unable("closed"), ("too-many-people"), ("name") or ("gone").
    """
    is_new = begin(board.pk, write=write, now=now)
    if is_new and not is_new.is_open:
        raise Unable("closed")
    token = add_person(is_new or board, write=write, name=name, locale=locale, now=now)
    if is_new:
        # One that has ended stays so: it may stand on a sheet that was left behind.
        Board.objects.filter(pk=board.pk, code_until__gt=now).update(code_until=now + CODE_LASTS)
    return token


def add_person(board: Board, *, write: UUID, name: str, locale: str, now: datetime) -> str:
    """Add somebody with a link of their own to a board, once for each `write`, and give their token."""
    token = token_for("person", board.pk, write)
    if not Participant.objects.filter(digest=digest_of(token)).exists():
        _new_person(board, name, locale, now, digest=digest_of(token))
        count_seen(board.pk, now)
    return token


def _new_person(board: Board, name: str, locale: str, now: datetime, digest: str | None) -> Participant:
    name = check_name(name)
    check_room(board.participants.count(), MOST_PEOPLE, "too-many-people")
    return Participant.objects.create(board=board, digest=digest, name=name, locale=locale, joined_at=now)


def check_name(name: str) -> str:
    """Give a name as it is kept. Raises Unable("name")."""
    return check_text(" ".join(name.split()), LONGEST_NAME, code="name", may_be_empty=True)


@dataclass(frozen=True)
class Handed:
    """The tokens for handing a device over: the next person's, and that which the first one may take along."""

    following: str
    taken: str


def tokens_to_hand_over(token: str, write: UUID) -> Handed:
    """Give the tokens for a change by whoever holds a token, the same each time."""
    return Handed(token_for("next", token, write), token_for("taken", token, write))


@change
def hand_over(
    *, board: Board, person: Participant, takes_link: bool, name: str = "", locale: str, tokens: Handed, now: datetime
):
    """Let the next person answer on the same device.

    The first one's old token works no more, so that nobody who goes back on the device sees their answers. They get
    a new one only where they want to take it along to a device of their own.
    Raises Unable("too-many-people") or ("name").
    """
    Participant.objects.filter(pk=person.pk).update(digest=digest_of(tokens.taken) if takes_link else None)
    _new_person(board, name, locale, now, digest=digest_of(tokens.following))
    count_seen(board.pk, now)


@change
def key_in(
    *, board: Board, person: Participant, answers: dict[UUID, Answer], name: str = "", locale: str, now: datetime
):
    """Add the answers of somebody who wrote them on paper, by mark.

    Raises Unable("nothing-written"), ("forgotten"), ("no-such-mark"), ("too-many-people") or ("name").
    """
    if not answers:
        raise Unable("nothing-written")
    round_ = current_round(board)
    marks = {mark.mark_id: mark for mark in round_.marks.filter(mark__in=answers)}
    if marks.keys() != answers.keys():
        raise Unable("no-such-mark")
    if any(mark.forgotten_at for mark in marks.values()):
        raise Unable("forgotten")
    new = _new_person(board, name, locale, now, digest=None)
    Score.objects.bulk_create(
        Score(round_mark=marks[mark_id], participant=new, **Score.fields(answer))
        for mark_id, answer in answers.items()
    )
    count_seen(board.pk, now)


@change
def rename(*, board: Board, person: Participant, name: str, locale: str, now: datetime):
    """Change how somebody is named, and the language that they read in. Raises Unable("name")."""
    Participant.objects.filter(pk=person.pk).update(name=check_name(name), locale=locale)
    count_seen(board.pk, now)


@change
def leave(*, board: Board, person: Participant, now: datetime):
    """Delete all that somebody answered and wrote, and them. What was agreed stays. No backup brings it back."""
    remember_erased(Erasure.What.PERSON, [person.pk], until=board.ends_on)
    delete_all_of(person)
    count_seen(board.pk, now)


def delete_all_of(person: Participant):
    """Delete all that somebody answered and wrote, and them."""
    person.notes.all().delete()
    person.dissents.all().delete()
    person.delete()
