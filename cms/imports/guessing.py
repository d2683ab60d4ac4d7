"""What the toolkit takes each line of a document for, before a person has looked."""

from collections.abc import Iterator, Sequence

from cms.imports.kinds import EXPLANATION, LEFT_OUT, MARK, QUOTE, SUBHEADING, TITLE
from cms.imports.models import Paragraph
from toolkit.importing.rules import classify
from toolkit.importing.rules.lines import Classified, Line
from toolkit.importing.rules.parts import MARKS, OPENING, VOICES, is_called
from toolkit.importing.rules.signs import plain_signs
from toolkit.models.voices import Kind

# What a mark is made of has one order: its text, then people's words. Where text follows words so often in one mark,
# the titles of marks between were probably lost on the way.
TURNS = 2
HEADINGS_OF_QUOTES = {"snake": Kind.SNAKE, "ladder": Kind.LADDER, "observation": Kind.OBSERVATION}
LONGEST_MARK = 255


def guess(lines: Sequence[Line]) -> list[Paragraph]:
    """Give a paragraph for each line that is not empty, not saved yet."""
    read = [line for line in lines if line.text.strip()]
    results = classify(read)
    kinds = list(_kinds(results))
    places: dict[int, int] = {}
    found = []
    for place, (line, result, kind) in enumerate(zip(read, results, kinds, strict=True)):
        found.append(_paragraph(place, line, result, kind, places.get(result.credits)))
        places[result.line] = place
    _say_kinds_of_quotes(found)
    _doubt_long_marks(found)
    return found


def _kinds(results: Sequence[Classified]) -> Iterator[str]:
    """Give the kind of each line: the first heading names the stage, and those of parts of the page say nothing."""
    title_found = False
    for result in results:
        if result.kind == "heading" and not title_found:
            title_found = True
            yield TITLE
        elif result.kind == "heading":
            text = plain_signs(result.text)
            yield LEFT_OUT if any(is_called(part, text) for part in (OPENING, MARKS, VOICES)) else SUBHEADING
        elif result.kind in ("furniture", "prompt"):
            yield LEFT_OUT
        elif result.kind == MARK and len(result.text) > LONGEST_MARK:
            yield EXPLANATION
        else:
            yield result.kind


def _paragraph(place: int, line: Line, result: Classified, kind: str, credits: int | None) -> Paragraph:
    return Paragraph(
        place=place,
        number=line.number,
        # PostgreSQL keeps no zero bytes, and no halves of a letter that UTF-8 does not have.
        source=line.text.strip().replace("\0", "").encode("utf-8", "ignore").decode(),
        bullet=line.bullet,
        guessed=result.kind,
        doubt="" if result.sure else "credit" if result.kind == "credit" else "kind",
        kind=kind,
        mark=(result.mark or "")[:LONGEST_MARK],
        quote_kind=Kind.OBSERVATION if kind == QUOTE else "",
        credit=(result.credit or "")[:200],
        year=result.year,
        credits=credits,
    )


def _say_kinds_of_quotes(paragraphs: Sequence[Paragraph]):
    """What stands under "Snakes", or begins with "Snake:", is a snake."""
    under = Kind.OBSERVATION
    for paragraph in paragraphs:
        if paragraph.kind in (MARK, SUBHEADING, TITLE):
            under = _named(paragraph.source) or Kind.OBSERVATION
        elif paragraph.kind == QUOTE:
            first, colon, _rest = paragraph.source.partition(":")
            paragraph.quote_kind = (colon and _named(first)) or under


def _named(text: str) -> str:
    return HEADINGS_OF_QUOTES.get(text.strip(" :.").casefold().removesuffix("s"), "")


def _doubt_long_marks(paragraphs: Sequence[Paragraph]):
    turns: dict[str, list[Paragraph]] = {}
    last = None
    for paragraph in paragraphs:
        if paragraph.kind in (EXPLANATION, QUOTE, MARK, SUBHEADING):
            follows_words = last and last.kind == QUOTE and last.mark == paragraph.mark
            if paragraph.kind == EXPLANATION and paragraph.mark and follows_words and not paragraph.bullet:
                turns.setdefault(paragraph.mark, []).append(paragraph)
            last = paragraph
    for found in turns.values():
        if len(found) >= TURNS:
            for paragraph in found:
                paragraph.doubt = "mark"
