"""A board as a table: a line for each mark in each round that was shown. Its words are in the reader's language."""

from django.utils.translation import gettext as _

from api.scoring.models import Board, RoundMark
from api.scoring.rules import Kind, Result, result
from api.scoring.state import worded
from api.scoring.templatetags.scoring import answer_words
from api.scoring.toolkit_marks import marks as toolkit_marks
from toolkit.documents.canonical import utc_time
from toolkit.templatetags.document import day

Cell = str | int | None


def heads() -> list[str]:
    """Give the heads of the columns."""
    return [
        _("Round"),
        _("Shown on"),
        _("Mark"),
        _("Lowest score"),
        _("Highest score"),
        _("All scores"),
        _("Not yet"),
        _("Not relevant to us"),
        _("Agreed"),
        _("Why"),
        _("Some would say"),
        _("Ladders"),
        _("Snakes"),
        _("To do"),
    ]


def lines(board: Board, locale: str) -> list[list[Cell]]:
    """Give the lines under the heads: numbers as numbers, texts as they were written."""
    known = toolkit_marks(locale)
    shown = RoundMark.objects.filter(round__board=board, round__shown_at__isnull=False)
    found = shown.select_related("round", "mark", "agreed").prefetch_related("scores", "notes", "dissents")
    return [_line(at, locale, known) for at in found.order_by("round__number", "mark__place", "mark__id")]


def _line(at: RoundMark, locale: str, known: dict) -> list[Cell]:
    own = result([score.answer for score in at.scores.all()], at.kept)
    agreed = getattr(at, "agreed", None)
    return [
        at.round.number,
        day(utc_time(at.round.shown_at)),
        worded(at.mark, at.wording, locale, known)["title"],
        own.lowest,
        own.highest,
        _scores(own),
        own.not_yet,
        own.not_relevant,
        agreed and (agreed.score or answer_words(agreed.without)),
        agreed and agreed.why,
        "\n".join(f"{one.score}: {one.text}" if one.score else one.text for one in at.dissents.all()),
        *(_notes(at, kind) for kind in (Kind.LADDER, Kind.SNAKE, Kind.ACTION)),
    ]


def _notes(at: RoundMark, kind: Kind) -> str:
    return "\n".join(note.text for note in at.notes.all() if note.kind == kind)


def _scores(own: Result) -> str:
    return ", ".join(map(str, own.scores)) if len(own.scores) == own.count else _("deleted")
