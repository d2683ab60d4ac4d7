"""From scoring to showing, agreeing, forgetting, and the next round."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from api.scoring.models import AgreedScore, Board, Dissent, Mark, Participant, Round, RoundMark, Score, the_one
from api.scoring.rules import (
    LONGEST_TEXT,
    MOST_NOTES,
    MOST_ROUNDS,
    Answer,
    Showing,
    Unable,
    ask_to_show,
    check_room,
    check_shown,
    check_text,
    not_now,
    result,
)
from api.scoring.services.changes import change, current_round, in_current_round
from api.scoring.statements import count_seen
from api.scoring.toolkit_marks import wordings
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import remember_erased


def add_to_round(round_: Round, marks: Iterable[Mark]):
    """Add marks to a round, worded as they are now."""
    RoundMark.objects.bulk_create(
        RoundMark(round=round_, mark=mark, wording=wordings(mark.code) if mark.code else {}) for mark in marks
    )


@change
def show(*, board: Board, person: Participant, now: datetime):
    """Ask to show the scores of the current round, or say yes to somebody else who asked.

    They are shown at once where nobody else holds a link of their own. Raises Unable("nothing-to-show").
    """
    round_ = current_round(board)
    after = ask_to_show(
        _showing(round_),
        by=person.pk,
        others=board.participants.exclude(pk=person.pk).exclude(digest=None).count(),
        answers=Score.objects.filter(round_mark__round=round_).count(),
    )
    _take(round_, after, now)
    count_seen(board.pk, now)


@change
def wait(*, board: Board, person: Participant, now: datetime):
    """Say that it is too early to show the scores. Raises Unable("gone")."""
    round_ = current_round(board)
    _take(round_, not_now(_showing(round_)), now)
    count_seen(board.pk, now)


def _showing(round_: Round) -> Showing:
    return Showing(round_.asked_by_id, is_shown=bool(round_.shown_at))


def _take(round_: Round, showing: Showing, now: datetime):
    shown_at = (round_.shown_at or now) if showing.is_shown else None
    Round.objects.filter(pk=round_.pk).update(asked_by=showing.asked_by, shown_at=shown_at)


@change
def agree(
    *, board: Board, person: Participant, mark: UUID, answer: Answer, why: str = "", version: int = 0, now: datetime
):
    """Put down what the group agreed on for a mark in the current round, and why.

    `version` is that of the agreed score that they saw, 0 where there was none: Unable("conflict") when somebody else
    changed it since. Raises also Unable("no-such-mark"), ("not-shown"), ("why").
    """
    at, why = in_current_round(board, mark), check_text(why, LONGEST_TEXT, code="why", may_be_empty=True)
    check_shown(bool(at.round.shown_at))
    before = the_one(AgreedScore.objects.filter(round_mark=at))
    if before and (before.answer, before.why) == (answer, why):
        return
    if (before.version if before else 0) != version:
        raise Unable("conflict", before)
    values = {**AgreedScore.fields(answer), "why": why, "locale": person.locale, "version": version + 1}
    AgreedScore.objects.update_or_create(round_mark=at, defaults=values)
    count_seen(board.pk, now)


@change
def dissent(
    *,
    board: Board,
    person: Participant,
    mark: UUID,
    dissent: UUID,
    score: int | None,
    text: str,
    version: int = 0,
    now: datetime,
):
    """Keep beside the agreed score what some of the group would say, and why; or change it at its version.

    Raises Unable("no-such-mark"), ("not-shown"), ("dissent"), ("too-many-notes"), ("not-yours"),
    ("conflict").
    """
    at, text = in_current_round(board, mark), check_text(text, LONGEST_TEXT, code="dissent")
    check_shown(bool(at.round.shown_at))
    values = {"score": score, "text": text, "locale": person.locale}
    before = the_one(Dissent.objects.filter(pk=dissent))
    if before is None:
        check_room(Dissent.objects.filter(round_mark__round__board=board).count(), MOST_NOTES, "too-many-notes")
        Dissent.objects.create(pk=dissent, round_mark=at, participant=person, made_at=now, **values)
    else:
        if before.round_mark_id != at.pk:
            raise Unable("not-yours")
        if (before.score, before.text) == (score, text):
            return
        if before.version != version:
            raise Unable("conflict", before)
        Dissent.objects.filter(pk=dissent).update(**values, version=version + 1)
    count_seen(board.pk, now)


@change
def delete_dissent(*, board: Board, person: Participant, dissent: UUID, now: datetime):
    """Delete a dissent of the current round: whoever wrote it may, and nobody else. One that is gone stays gone.

    Raises Unable("not-yours").
    """
    before = the_one(Dissent.objects.filter(pk=dissent).select_related("round_mark"))
    if before:
        if before.round_mark.round_id != current_round(board).pk or before.participant_id != person.pk:
            raise Unable("not-yours")
        before.delete()
        count_seen(board.pk, now)


@change
def forget_scores(*, board: Board, person: Participant, now: datetime):
    """Delete the single scores of marks that the group agreed on, in rounds that were shown. The ranges stay.

    Raises Unable("nothing-to-forget").
    """
    agreed = RoundMark.objects.filter(round__board=board, round__shown_at__isnull=False, agreed__isnull=False)
    found = forget_scores_of(agreed, now=now)
    if not found:
        raise Unable("nothing-to-forget")
    keys = [f"{at.mark_id}/{at.round.number}" for at in found]
    remember_erased(Erasure.What.SCORES, keys, until=board.ends_on)
    board.participants.update(version=F("version") + 1)
    count_seen(board.pk, now)


def forget_scores_of(marks: QuerySet[RoundMark], *, now: datetime) -> list[RoundMark]:
    """Delete the single scores of marks in rounds, and give those that had any. The ranges stay."""
    scored = marks.filter(scores__isnull=False).distinct()
    found = list(scored.select_related("round").prefetch_related("scores"))
    for at in found:
        kept = result([score.answer for score in at.scores.all()], at.kept)
        RoundMark.objects.filter(pk=at.pk).update(
            forgotten_at=now, **{name: getattr(kept, name) for name in RoundMark.KEPT}
        )
    Score.objects.filter(round_mark__in=[at.pk for at in found]).delete()
    return found


@change
def start_round(*, board: Board, person: Participant, number: int, now: datetime):
    """Start the round with a number, with all marks of the board as they are worded now.

    Started by two people at once, it is one round. Raises Unable("no-such-round"), ("too-many-rounds"), and
    ("not-shown") while the last one is not shown.
    """
    last = current_round(board)
    if 1 <= number <= last.number:
        return
    if number != last.number + 1:
        raise Unable("no-such-round")
    check_shown(bool(last.shown_at))
    check_room(last.number, MOST_ROUNDS, "too-many-rounds")
    add_to_round(Round.objects.create(board=board, number=last.number + 1, started_at=now), board.marks.all())
    count_seen(board.pk, now)
