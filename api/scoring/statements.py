"""What nearly every question and every answer of a device reads and writes in the database, as plain SQL.

Django takes several times as long to write such a statement down as the database takes to answer it, and a town that
scores needs hundreds in a second. All else goes by Django's models.
"""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from api.scoring.models import Board, Note, Participant, answer_of
from api.scoring.rules import Answer

VERSIONS = """
select board.version, board.answered, person.version, board.changed_at, person.locale, board.id, person.id
from scoring_participant person join scoring_board board on board.id = person.board_id where person.digest = %s
"""
PERSON_WITH_BOARD = """
select board.*, person.id as person_id, person.name as person_name, person.locale as person_locale,
    person.version as person_version, person.joined_at as person_joined_at
from scoring_participant person join scoring_board board on board.id = person.board_id where person.digest = %s
"""
PERSON = "select * from scoring_participant where id = %s"
BOARD = "select * from scoring_board where id = %s"
SEEN = "update scoring_board set version = version + 1, changed_at = %s where id = %s"
ANSWER_SEEN = "update scoring_board set version = version + 1, answered = answered + 1, changed_at = %s where id = %s"
OWN_CHANGED = "update scoring_participant set version = version + 1 where id = %s"
NAME_CHANGE = """
insert into scoring_write (board_id, name, made_at) values (%s, %s, %s) on conflict (board_id, name) do nothing
"""
PLACE = """
select place.id, round.shown_at, place.forgotten_at, score.id, score.score, score.without
from scoring_roundmark place join scoring_round round on round.id = place.round_id
left join scoring_score score on score.round_mark_id = place.id and score.participant_id = %s
where place.mark_id = %s and round.board_id = %s
    and round.number = (select max(number) from scoring_round where board_id = %s)
"""
WHO_ANSWERED = """
select score.round_mark_id, score.participant_id
from scoring_score score join scoring_roundmark place on place.id = score.round_mark_id where place.round_id = %s
"""
OWN_ANSWERS = """
select score.round_mark_id, score.score, score.without
from scoring_score score join scoring_roundmark place on place.id = score.round_mark_id
where place.round_id = %s and score.participant_id = %s
"""
OWN_NOTES = """
select note.* from scoring_note note join scoring_roundmark place on place.id = note.round_mark_id
where place.round_id = %s and note.participant_id = %s order by note.made_at, note.id
"""


class Versions(NamedTuple):
    """How far a board and one person on it have come, and whose they are."""

    board: int
    answered: int
    own: int
    changed_at: datetime
    locale: str
    board_id: UUID
    person_id: UUID

    @property
    def shape(self) -> int:
        """As `Board.shape`."""
        return self.board - self.answered


class Place(NamedTuple):
    """A mark in the latest round of a board, and what one person answered for it."""

    round_mark_id: int
    is_shown: bool
    is_forgotten: bool
    score_id: int | None
    answer: Answer


def versions_of(digest: str) -> Versions | None:
    """Give the versions for somebody's token, None for whoever takes no part. Raises django.db.Error."""
    for board, answered, own, changed_at, locale, board_id, person_id in _rows(VERSIONS, digest):
        return Versions(board, answered, own, _moment(changed_at), locale, _uuid(board_id), _uuid(person_id))
    return None


def person_with_board(digest: str) -> Participant | None:
    """Give whose a token is, with their board; None for whoever takes no part."""
    for board in Board.objects.raw(PERSON_WITH_BOARD, [digest]):
        kept = {
            "id": _uuid(board.person_id),
            "board_id": board.pk,
            "digest": digest,
            "name": board.person_name,
            "locale": board.person_locale,
            "version": board.person_version,
            "joined_at": _moment(board.person_joined_at),
        }
        person = Participant.from_db(connection.alias, list(kept), list(kept.values()))
        person.board = board
        return person
    return None


def person_now(person_id: UUID) -> Participant | None:
    """Give somebody who takes part as they are now, None where they are gone."""
    return next(iter(Participant.objects.raw(PERSON, _kept(person_id))), None)


def locked_board(board_id: UUID) -> Board | None:
    """Lock a board for the rest of the transaction, and give it; None where it is gone."""
    lock = f" {connection.ops.for_update_sql()}" if connection.features.has_select_for_update else ""
    return next(iter(Board.objects.raw(BOARD + lock, _kept(board_id))), None)


def count_seen(board_id: UUID, now: datetime):
    """Count a change of a board that others can see."""
    _change(SEEN, now, board_id)


def count_answer_seen(board_id: UUID, now: datetime):
    """Count a change of a board by which there is just an answer more, or less."""
    _change(ANSWER_SEEN, now, board_id)


def count_own(person_id: UUID):
    """Count a change of what is somebody's own."""
    _change(OWN_CHANGED, person_id)


def name_change(board_id: UUID, name: UUID, now: datetime) -> bool:
    """Keep the name of a change of a board; tell whether it is new."""
    return _change(NAME_CHANGE, board_id, name, now) == 1


def place_of(mark_id: UUID, board_id: UUID, person_id: UUID) -> Place | None:
    """Give a mark as it is in the latest round of a board, None where it is not."""
    found = _rows(PLACE, person_id, mark_id, board_id, board_id)
    for place, shown_at, forgotten_at, score_id, score, without in found:
        return Place(place, shown_at is not None, forgotten_at is not None, score_id, answer_of(score, without or ""))
    return None


def who_answered(round_id: int) -> list[tuple[int, UUID | str | None]]:
    """Give for each answer in a round the mark's number in it, and whose it is, as the database names them."""
    return _rows(WHO_ANSWERED, round_id)


def own_answers(round_id: int, person_id: UUID) -> dict[int, Answer]:
    """Give what somebody answered in a round, by the mark's number in it."""
    return {place: answer_of(*said) for place, *said in _rows(OWN_ANSWERS, round_id, person_id)}


def own_notes(round_id: int, person_id: UUID) -> list[Note]:
    """Give what somebody wrote beside the marks of a round, the oldest first."""
    return list(Note.objects.raw(OWN_NOTES, _kept(round_id, person_id)))


def _rows(statement: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, _kept(*values))
        return cursor.fetchall()


def _change(statement: str, *values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, _kept(*values))
        return cursor.rowcount


def _kept(*values) -> list:
    """Give values as the database keeps them: SQLite has texts for what it does not know."""
    return [_kept_value(value) for value in values]


def _kept_value(value):
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | str) -> datetime:
    """Give a moment that the database tells: SQLite as text, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
