"""From a document as its owner has corrected it to drafts, and to a list of all that is not in them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cms.imports.correcting import words_of
from cms.imports.kinds import CREDIT, CREDITED, EXPLANATION, JOIN, LEFT_OUT, MARK, QUOTE, TITLE
from cms.imports.models import Import, Paragraph
from toolkit.importing.drafts import import_drafts
from toolkit.importing.rules.lines import Classified


@dataclass
class Piece:
    """What becomes one thing: a paragraph, and those below that go on from it."""

    first: Paragraph
    more: list[Paragraph] = field(default_factory=list)

    @property
    def kind(self) -> str:
        # What goes on from nothing begins something.
        return EXPLANATION if self.first.kind == JOIN else self.first.kind

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [self.first, *self.more]

    @property
    def source(self) -> str:
        return " ".join(paragraph.source for paragraph in self.paragraphs)

    def classified(self) -> Classified:
        paragraph = self.first
        return Classified(
            line=paragraph.place,
            kind=self.kind,
            mark=self.source if self.kind == MARK else paragraph.mark or None,
            text=words_of(self.kind, self.source),
            bullet=paragraph.bullet,
            credit=paragraph.credit or None,
            year=paragraph.year,
            credits=paragraph.credits if self.kind == CREDIT else None,
            quote_kind=paragraph.quote_kind if self.kind == QUOTE else "",
        )


@dataclass(frozen=True)
class Sorted:
    """A document ready to become drafts: what goes in, and what does not, with the reason for each."""

    used: list[Piece]
    left_out: list[tuple[Paragraph, str]]

    @property
    def lines(self) -> list[Classified]:
        return [piece.classified() for piece in self.used]

    @property
    def title(self) -> str:
        return next((piece.source for piece in self.used if piece.kind == TITLE), "")

    @property
    def counts(self) -> Counter:
        """How many there are of each kind."""
        return Counter(piece.kind for piece in self.used)

    @property
    def marks(self) -> list[tuple[str, Counter]]:
        """The titles of the marks in their order, "" for the stage itself, with how many of each kind are in it."""
        found: dict[str, Counter] = {"": Counter()}
        for line in self.lines:
            counts = found.setdefault(line.mark or "", Counter())
            counts.update([line.kind] if line.kind not in (MARK, TITLE) else [])
        return list(found.items())


def sort(document: Import) -> Sorted:
    """Sort a document into what becomes drafts and what is left out: every paragraph is in one of the two."""
    pieces = list(_pieces(document.paragraphs.all()))
    reasons = dict(_reasons(pieces, has_stage=bool(document.stage)))
    used = [piece for index, piece in enumerate(pieces) if index not in reasons]
    left_out = [
        (paragraph, reason if paragraph is pieces[index].first else LEFT_OUT)
        for index, reason in reasons.items()
        for paragraph in pieces[index].paragraphs
    ]
    return Sorted(used, sorted(left_out, key=lambda one: one[0].place))


def _pieces(paragraphs: Iterable[Paragraph]) -> Iterator[Piece]:
    piece = None
    for paragraph in paragraphs:
        if piece and paragraph.kind == JOIN:
            piece.more.append(paragraph)
        else:
            if piece:
                yield piece
            piece = Piece(paragraph)
    if piece:
        yield piece


def _reasons(pieces: Sequence[Piece], *, has_stage: bool) -> Iterator[tuple[int, str]]:
    """Give the place in the list of each piece that is left out, and why."""
    said = {piece.first.place for piece in pieces if piece.kind in CREDITED}
    # Of two credits for one passage, a draft has the last.
    last = {piece.first.credits: index for index, piece in enumerate(pieces) if piece.kind == CREDIT}
    titles = [index for index, piece in enumerate(pieces) if piece.kind == TITLE]
    for index, piece in enumerate(pieces):
        if piece.kind == LEFT_OUT:
            yield index, _why_left_out(piece.first)
        elif piece.kind == TITLE and (has_stage or index != titles[0]):
            yield index, "title"
        elif piece.kind == CREDIT and (piece.first.credits not in said or last[piece.first.credits] != index):
            yield index, "credit"


def _why_left_out(paragraph: Paragraph) -> str:
    return paragraph.guessed if paragraph.guessed in ("furniture", "prompt", TITLE) else LEFT_OUT


def make_drafts(document: Import, *, user, now: datetime):
    """Make the drafts, and note on the document what was made. Raises UnableToImport with nothing changed.

    Once is enough: whoever presses twice makes no second ones.
    """
    with transaction.atomic():
        if Import.objects.select_for_update().get(pk=document.pk).finished_at:
            return
        report = import_drafts(sort(document).lines, locale=document.locale, stage=document.stage or None, user=user)
        document.report = {
            "drafted": [{"page": one.page.pk, "is_new": one.is_new} for one in report.drafted],
            "there": len(report.there),
        }
        document.finished_at = document.changed_at = now
        document.save(update_fields=["report", "finished_at", "changed_at"])
