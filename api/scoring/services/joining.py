"""Joining a board, and leaving it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from api.scoring.models import Board, Dissent, Note, Participant, Score
from api.scoring.rules import LONGEST_NAME, MOST_PEOPLE, Answer, Unable, check_room, check_text
from api.scoring.services.changes import begin, current_round, in_round, saw, still_there
from api.scoring.tokens import digest_of, token_for


@transaction.atomic
def join(*, board: Board, write: UUID, name: str = "", locale: str, now: datetime) -> str:
    """Let somebody take part in a board, and give their token. Sent again, it is the same person.

    Raises Unable("closed"), ("too-many-people"), ("name") or ("gone").
    """
    is_new = begin(board.pk, write=write, now=now)
    if is_new and not is_new.is_open:
        raise Unable("closed")
    return add_person(is_new or board, write=write, name=name, locale=locale, now=now)


def add_person(board: Board, *, write: UUID, name: str, locale: str, now: datetime) -> str:
    """Add somebody with a link of their own to a board, once for each `write`, and give their token."""
    token = token_for("person", board.pk, write)
    if not Participant.objects.filter(digest=digest_of(token)).exists():
        _new_person(board, name, locale, now, digest=digest_of(token))
        saw(board, now)
    return token


def _new_person(board: Board, name: str, locale: str, now: datetime, digest: str | None) -> Participant:
    name = check_text(" ".join(name.split()), LONGEST_NAME, code="name", may_be_empty=True)
    check_room(board.participants.count(), MOST_PEOPLE, "too-many-people")
    return Participant.objects.create(board=board, digest=digest, name=name, locale=locale, joined_at=now)


@transaction.atomic
def hand_over(
    *, person: Participant, takes_link: bool, name: str = "", locale: str, write: UUID, now: datetime
) -> tuple[str, str]:
    """Let the next person answer on the same device. Gives the next person's token, and the first one's new token.

    The first one's old token works no more, so that nobody who goes back on the device sees their answers. The new
    one is "" unless they want to take it along on a device of their own.
    Raises Unable("too-many-people"), ("name") or ("gone").
    """
    board = begin(person.board_id, write=write, now=now)
    taken = token_for("taken", person.board_id, write) if takes_link else ""
    if board:
        Participant.objects.filter(pk=still_there(person).pk).update(digest=digest_of(taken) if taken else None)
    return add_person(board or person.board, write=write, name=name, locale=locale, now=now), taken


@transaction.atomic
def key_in(
    *, person: Participant, answers: dict[UUID, Answer], name: str = "", locale: str, write: UUID, now: datetime
):
    """Add the answers of somebody who wrote them on paper, by mark.

    Raises Unable("nothing-written"), ("shown"), ("no-such-mark"), ("too-many-people"), ("name") or ("gone").
    """
    board = begin(person.board_id, write=write, now=now)
    if board is None:
        return
    if not answers:
        raise Unable("nothing-written")
    round_ = current_round(board)
    marks = {mark_id: in_round(round_, mark_id) for mark_id in answers}
    if any(mark.forgotten_at for mark in marks.values()):
        raise Unable("forgotten")
    new = _new_person(board, name, locale, now, digest=None)
    Score.objects.bulk_create(
        Score(round_mark=marks[mark_id], participant=new, **Score.fields(answer))
        for mark_id, answer in answers.items()
    )
    saw(board, now)


@transaction.atomic
def rename(*, person: Participant, name: str, locale: str, write: UUID, now: datetime):
    """Change how somebody is named, and the language that they read in. Raises Unable("name") or ("gone")."""
    if board := begin(person.board_id, write=write, now=now):
        name = check_text(" ".join(name.split()), LONGEST_NAME, code="name", may_be_empty=True)
        Participant.objects.filter(pk=still_there(person).pk).update(name=name, locale=locale)
        saw(board, now)


@transaction.atomic
def leave(*, person: Participant, write: UUID, now: datetime):
    """Delete all that somebody answered and wrote, and them. What was agreed stays. Raises Unable("gone")."""
    if board := begin(person.board_id, write=write, now=now):
        forget(Participant.objects.filter(pk=still_there(person).pk))
        saw(board, now)


def forget(people: QuerySet[Participant]):
    """Delete people with what they answered and wrote."""
    Note.objects.filter(participant__in=people).delete()
    Dissent.objects.filter(participant__in=people).delete()
    people.delete()
