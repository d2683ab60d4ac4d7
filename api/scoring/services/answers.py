"""What people say of a mark: their answer, and snakes, ladders and actions; and marks of the group's own."""

from datetime import datetime
from uuid import UUID

from api.scoring.models import Board, Mark, Note, Participant, Round, Score, the_one
from api.scoring.rules import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MARKS,
    MOST_NOTES,
    Answer,
    Kind,
    Unable,
    check_may_answer,
    check_room,
    check_text,
)
from api.scoring.services.changes import change, current_round, in_current_round, next_place
from api.scoring.services.rounds import add_to_round
from api.scoring.statements import count_answer_seen, count_own, count_seen, place_of


@change
def answer(*, board: Board, person: Participant, mark: UUID, answer: Answer, now: datetime):
    """Put down what somebody answers for a mark in the current round, in the place of what they answered before.

    Raises Unable("no-such-mark"), ("shown"), ("forgotten").
    """
    place = place_of(mark, board.pk, person.pk)
    if place is None:
        raise Unable("no-such-mark")
    has_answered = place.score_id is not None
    if has_answered and place.answer == answer:
        return
    check_may_answer(is_shown=place.is_shown, has_answered=has_answered, is_forgotten=place.is_forgotten)
    count_own(person.pk)
    if has_answered:
        # That somebody thought again is theirs alone to know: others see that there is an answer.
        Score.objects.filter(pk=place.score_id).update(**Score.fields(answer))
        return
    Score.objects.create(round_mark_id=place.round_mark_id, participant=person, **Score.fields(answer))
    count_seen(board.pk, now) if place.is_shown else count_answer_seen(board.pk, now)


@change
def take_back(*, board: Board, person: Participant, mark: UUID, now: datetime):
    """Delete somebody's answer for a mark in the current round, before it is shown.

    Raises Unable("no-such-mark"), ("shown").
    """
    at = in_current_round(board, mark)
    own = Score.objects.filter(round_mark=at, participant=person)
    check_may_answer(is_shown=bool(at.round.shown_at), has_answered=own.exists(), is_forgotten=False)
    if own.delete()[0]:
        count_own(person.pk)
        count_answer_seen(board.pk, now)


@change
def write_note(
    *,
    board: Board,
    person: Participant,
    mark: UUID,
    note: UUID,
    kind: Kind,
    text: str,
    version: int = 0,
    now: datetime,
):
    """Write down a snake, a ladder or an action beside a mark, or change one of the same id at its version.

    Until the scores are shown, people see only their own. Afterwards anybody may change what is the group's.
    Raises Unable("no-such-mark"), ("note"), ("too-many-notes"), ("not-yours"), ("conflict").
    """
    text, at = check_text(text, LONGEST_TEXT, code="note"), in_current_round(board, mark)
    before = the_one(Note.objects.filter(pk=note).select_related("round_mark"))
    values = {"kind": kind, "text": text, "locale": person.locale}
    if before is None:
        check_room(Note.objects.filter(round_mark__round__board=board).count(), MOST_NOTES, "too-many-notes")
        Note.objects.create(pk=note, round_mark=at, participant=person, made_at=now, **values)
    else:
        check_may_change(before, person, at.round)
        if (before.kind, before.text, before.round_mark_id) == (kind, text, at.pk):
            return
        if before.version != version:
            raise Unable("conflict", before)
        Note.objects.filter(pk=note).update(round_mark=at, **values, version=version + 1)
    _count(board, at.round, person, now)


@change
def delete_note(*, board: Board, person: Participant, note: UUID, now: datetime):
    """Delete a snake, ladder or action of the current round. One that is gone stays gone.

    Raises Unable("not-yours").
    """
    round_, before = current_round(board), the_one(Note.objects.filter(pk=note).select_related("round_mark"))
    if before:
        check_may_change(before, person, round_)
        before.delete()
        _count(board, round_, person, now)


def check_may_change(note: Note, person: Participant, round_: Round):
    """Tell whether somebody may change a note of the current round: their own, or any once the scores are shown.

    Raises Unable("not-yours"): also for what is not there at all, so that nobody learns that it is.
    """
    is_own = note.participant_id == person.pk
    if note.round_mark.round_id != round_.pk or not (is_own or round_.shown_at):
        raise Unable("not-yours")


def _count(board: Board, round_: Round, person: Participant, now: datetime):
    count_seen(board.pk, now) if round_.shown_at else count_own(person.pk)


@change
def add_mark(*, board: Board, person: Participant, mark: UUID, title: str, now: datetime):
    """Add a mark of the group's own to a board, for the current round, which is not shown yet, and those that follow.

    Raises Unable("mark-title"), ("shown"), ("too-many-marks").
    """
    title, round_ = check_text(" ".join(title.split()), LONGEST_TITLE, code="mark-title"), current_round(board)
    if round_.shown_at:
        raise Unable("shown")
    check_room(board.marks.count(), MOST_MARKS, "too-many-marks")
    if Mark.objects.filter(pk=mark).exists():
        raise Unable("not-yours")
    values = {"title": title, "locale": person.locale, "place": next_place(board)}
    add_to_round(round_, [Mark.objects.create(pk=mark, board=board, **values)])
    count_seen(board.pk, now)


@change
def take_mark_off(*, board: Board, person: Participant, mark: UUID, now: datetime):
    """Take one of the group's own marks off the board while nobody has answered for it or written anything beside it.

    Raises Unable("no-such-mark"), ("mark-in-use").
    """
    own = the_one(board.marks.filter(pk=mark, code=""))
    if own is None:
        raise Unable("no-such-mark")
    if own.rounds.exclude(scores=None, notes=None, forgotten_at=None).exists():
        raise Unable("mark-in-use")
    own.delete()
    count_seen(board.pk, now)
