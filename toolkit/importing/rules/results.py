"""The results: one for each line of a sorted page."""

from toolkit.importing.rules.credits import read_credit, split_credit
from toolkit.importing.rules.lines import Classified, Line, Page
from toolkit.importing.rules.parts import VOICES, WITHIN, is_called
from toolkit.importing.rules.signs import unwrap


def results(page: Page) -> list[Classified]:
    """A line belongs to the mark whose title stands last above it, until a heading ends that mark."""
    mark: Line | None = None
    found = []
    for index, kind in enumerate(page.kinds):
        if kind == "mark-title":
            mark = page.lines[index]
        elif kind == "heading" and not _divides(page, index, mark):
            mark = None
        own = None if kind == "furniture" or mark is None else mark.text.strip()
        found.append(_result(page, index, own))
    return found


def _divides(page: Page, index: int, mark: Line | None) -> bool:
    """Whether a heading stands inside a mark, such as "Tips", and does not end it."""
    level = page.lines[index].level
    deeper = level is not None and mark is not None and mark.level is not None and level > mark.level
    return deeper or is_called(WITHIN, page.plain[index]) or is_called(VOICES, page.plain[index])


def _result(page: Page, index: int, mark: str | None) -> Classified:
    line, kind = page.lines[index], page.kinds[index] or "explanation"
    text, credit = line.text.strip(), None
    if kind == "credit":
        credit = read_credit(page.texts[index], page.vocabulary)
    elif kind == "quote":
        text, credit = split_credit(text)
        text = unwrap(text) or text
    return Classified(
        line=line.number,
        kind=kind,
        mark=mark,
        text=text,
        level=line.level,
        bullet=line.bullet,
        credit=credit.name if credit else None,
        year=credit.year if credit else None,
        credits=page.lines[page.credits[index]].number if index in page.credits else None,
        note_on=page.lines[page.notes[index]].number if index in page.notes else None,
        why=page.whys[index],
        sure=index not in page.unsure and (kind != "credit" or bool(credit and credit.sure)),
    )
