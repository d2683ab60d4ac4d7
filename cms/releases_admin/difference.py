"""What differs between the lines of two documents, down to the word."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from cms.releases_admin.lines import Line

SAME, ADDED, GONE, CHANGED, GAP = "same", "added", "gone", "changed", "gap"
# Lines that share fewer of their words than this are another line, not a changed one.
ALIKE = 0.5
# A line is looked for among so many that have come in its place.
NEAR = 12


@dataclass(frozen=True)
class Row:
    """A line of a difference: `kind`, and of a changed line its parts (SAME, ADDED or GONE, words).

    A row of the kind GAP stands for `count` lines that are as they were.
    """

    kind: str
    line: Line | None = None
    parts: tuple[tuple[str, str], ...] = ()
    count: int = 0


def difference(before: list[Line], now: list[Line]) -> list[Row]:
    """Give what differs, with one line around each change; no rows where nothing does."""
    rows = []
    for tag, start, end, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [Row(SAME, line) for line in now[first:last]]
        else:
            rows += _replaced(before[start:end], now[first:last])
    return _near_changes(rows)


def whole(lines: list[Line]) -> list[Row]:
    """Give all lines of a page that there is nothing to compare with."""
    return [Row(SAME, line) for line in lines]


def _replaced(before: list[Line], now: list[Line]) -> list[Row]:
    """Give lines that others have come in the place of, each changed one beside what it was."""
    rows, at = [], 0
    for old in before:
        near = range(at, min(at + NEAR, len(now)))
        found = next((index for index in near if _is_alike(old, now[index])), None)
        if found is None:
            rows.append(Row(GONE, old))
            continue
        rows += [Row(ADDED, line) for line in now[at:found]]
        rows.append(Row(CHANGED, now[found], parts_of(old.words, now[found].words)))
        at = found + 1
    return rows + [Row(ADDED, line) for line in now[at:]]


def _is_alike(old: Line, new: Line) -> bool:
    if old.label != new.label:
        return False
    matcher = SequenceMatcher(None, old.words.split(), new.words.split(), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def parts_of(old: str, new: str) -> tuple[tuple[str, str], ...]:
    before, now = old.split(), new.split()
    parts = []
    for tag, start, end, first, last in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append((SAME, " ".join(now[first:last])))
        else:
            parts += [(GONE, " ".join(before[start:end])), (ADDED, " ".join(now[first:last]))]
    return tuple((kind, words) for kind, words in parts if words)


def _near_changes(rows: list[Row]) -> list[Row]:
    """Leave out the lines that are as they were and stand beside no change."""
    changed = {index for index, row in enumerate(rows) if row.kind != SAME}
    if not changed:
        return []
    near = {index + step for index in changed for step in (-1, 0, 1)}
    shown = []
    for is_near, group in groupby(enumerate(rows), key=lambda found: found[0] in near):
        found = [row for _index, row in group]
        shown += found if is_near else [Row(GAP, count=len(found))]
    return shown
