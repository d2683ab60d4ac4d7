"""All that a board may tell, round by round: what every export is made of."""

from collections.abc import Iterator

from django.db.models import Prefetch

from api.scoring.models import Board, Note, RoundMark, Score
from api.scoring.rules import Answer, Without, result
from toolkit.documents.canonical import utc_time

FORMAT = "mark-of-co-production-board"
VERSION = 1


def report(board: Board) -> dict:
    """Give a board as plain data: in the shape of `bring_back.BoardFile`."""
    rounds = list(board.rounds.all())
    places = {mark.pk: place for place, mark in enumerate(board.marks.all())}
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": board.title,
        "locale": board.locale,
        "marks": [{"code": mark.code, "title": mark.title, "locale": mark.locale} for mark in board.marks.all()],
        "rounds": [
            {
                "started_at": utc_time(round_.started_at),
                "shown_at": utc_time(round_.shown_at),
                "marks": [_mark(at, places, is_shown=bool(round_.shown_at)) for at in _marks(round_)],
            }
            for round_ in rounds
        ],
    }


def _marks(round_) -> Iterator[RoundMark]:
    shown = Score.objects.filter(round_mark__round__shown_at__isnull=False)
    notes = Note.objects.filter(round_mark__round__shown_at__isnull=False)
    prefetched = (Prefetch("scores", shown), Prefetch("notes", notes), "dissents")
    return round_.marks.select_related("agreed").prefetch_related(*prefetched)


def _mark(at: RoundMark, places: dict, *, is_shown: bool) -> dict:
    answers = [score.answer for score in at.scores.all()] if is_shown else []
    own, agreed = result(answers), getattr(at, "agreed", None)
    return {
        "mark": places[at.mark_id],
        "wording": at.wording,
        "scores": list(own.scores),
        "not_yet": own.not_yet,
        "not_relevant": own.not_relevant,
        "forgotten": _forgotten(at),
        "agreed": agreed and {"answer": plain(agreed.answer), "why": agreed.why, "locale": agreed.locale},
        "dissents": [{"score": one.score, "text": one.text, "locale": one.locale} for one in at.dissents.all()],
        "notes": [{"kind": one.kind, "text": one.text, "locale": one.locale} for one in at.notes.all()],
    }


def _forgotten(at: RoundMark) -> dict | None:
    """Give what is kept of answers that were deleted, None where none were."""
    return {name: getattr(at, name) for name in RoundMark.KEPT} if at.forgotten_at else None


def plain(answer: Answer) -> int | str:
    """Give an answer as JSON has it."""
    return str(answer) if isinstance(answer, Without) else answer
