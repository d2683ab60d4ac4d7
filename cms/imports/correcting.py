"""What follows when the owner of a document says what a paragraph is, or to which mark it belongs."""

from django.db.models import Q

from cms.imports.kinds import CREDIT, CREDITED, LEFT_OUT, MARK, QUOTE
from cms.imports.models import Paragraph
from toolkit.importing.rules.credits import read_credit, split_credit
from toolkit.importing.rules.signs import unwrap
from toolkit.models.voices import Kind


def words_of(kind: str, source: str) -> str:
    """Give the text of a paragraph as a draft has it: a quote without quotation marks, and without its credit."""
    if kind != QUOTE:
        return source
    words, _credit = split_credit(source)
    return unwrap(words) or words


def become(paragraph: Paragraph, kind: str):
    """Let a paragraph be of another kind, with what goes with that."""
    before, paragraph.kind = paragraph.kind, kind
    if kind == MARK:
        _move(paragraph, paragraph.source)
    elif before == MARK:
        _move(paragraph, _mark_above(paragraph))
    elif before == LEFT_OUT:
        paragraph.mark = _mark_above(paragraph)
    if kind == QUOTE:
        _become_quote(paragraph)
    elif kind == CREDIT:
        _become_credit(paragraph)


def belong(paragraph: Paragraph, mark: str, *, alone: bool = False):
    """Put a paragraph into a mark, "" for the stage itself, with those below it, up to the next mark or the end."""
    if alone:
        paragraph.mark = mark
    else:
        _move(paragraph, mark)


def _move(paragraph: Paragraph, mark: str):
    old, paragraph.mark = paragraph.mark, mark
    below = paragraph.document.paragraphs.filter(place__gt=paragraph.place)
    # What is left out belongs nowhere, and ends nothing.
    end = below.exclude(kind=LEFT_OUT).filter(Q(kind=MARK) | ~Q(mark=old)).first()
    moved = below.filter(place__lt=end.place) if end else below
    moved.filter(mark=old).update(mark=mark)


def _mark_above(paragraph: Paragraph) -> str:
    above = paragraph.document.paragraphs.filter(place__lt=paragraph.place).exclude(kind=LEFT_OUT).last()
    return above.mark if above else ""


def _become_quote(paragraph: Paragraph):
    paragraph.quote_kind = paragraph.quote_kind or Kind.OBSERVATION
    credit = split_credit(paragraph.source)[1]
    if credit and not paragraph.credit:
        paragraph.credit, paragraph.year = credit.name[:200], credit.year


def _become_credit(paragraph: Paragraph):
    credit = read_credit(paragraph.source)
    if not paragraph.credit:
        paragraph.credit = (credit.name if credit else paragraph.source.strip("()[] "))[:200]
        paragraph.year = credit.year if credit else None
    if paragraph.credits is None:
        above = paragraph.document.paragraphs.filter(place__lt=paragraph.place, kind__in=CREDITED).last()
        paragraph.credits = above.place if above else None
