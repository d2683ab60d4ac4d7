"""Structure: headings, titles of marks, credits and notes; what is left over are passages."""

from toolkit.importing.rules.crediting import credited_passage
from toolkit.importing.rules.layout import is_short, is_title, opens_passage
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.notes import noted_passage
from toolkit.importing.rules.outline import Outline
from toolkit.importing.rules.parts import CLOSING, is_called, is_part
from toolkit.importing.rules.signs import bare


def sort_structure(page: Page) -> None:
    _Structure(page).sort()


class _Structure:
    """Sorts from top to bottom: what a short line is depends on what stands before it."""

    def __init__(self, page: Page):
        self.page = page
        outline = Outline(page)
        self.title, self.marks_at, self.level = outline.title, outline.marks_at, outline.level
        self.passages: list[int] = []
        self.over = False  # a closing heading has ended the marks

    def sort(self) -> None:
        for index in self.page.unsorted():
            found = self._know(index)
            if found:
                self.page.sort(index, *found)
                self.page.first_mark = self.page.first_mark or (index if found[0] == "mark-title" else 0)
                self.over = index != self.marks_at and (self.over or self._ends_marks(index))
            else:
                self.passages.append(index)

    def _know(self, index: int) -> tuple[str, str] | None:
        if index == self.title:
            return "heading", "title of the page"
        if self.page.lines[index].level is not None:
            return self._by_level(index)
        return self._as_note(index) or self._as_credit(index) or self._by_layout(index)

    def _as_note(self, index: int) -> tuple[str, str] | None:
        passage = noted_passage(self.page, index, self.passages)
        if passage is None:
            return None
        self.page.notes[index] = passage
        return "note", "begins with the sign of a note"

    def _as_credit(self, index: int) -> tuple[str, str] | None:
        passage = credited_passage(self.page, index)
        if passage is None:
            return None
        self.page.credits[index] = passage
        return "credit", "says who spoke"

    def _by_level(self, index: int) -> tuple[str, str]:
        outside = self.over or (self.marks_at is not None and index <= self.marks_at)
        is_level = self.page.lines[index].level == self.level
        if is_level and not outside and not is_part(self.page.plain[index]):
            return "mark-title", "heading of the level that marks have"
        return "heading", "heading"

    def _ends_marks(self, index: int) -> bool:
        """A closing heading ends the marks, and so does one above their level if "Marks of …" came before."""
        if self.page.kinds[index] != "heading":
            return False
        level, after_marks = self.page.lines[index].level, self.marks_at is not None and index > self.marks_at
        above = level is not None and self.level is not None and level < self.level
        return (after_marks and above) or (bool(self.passages) and is_called(CLOSING, self.page.plain[index]))

    def _by_layout(self, index: int) -> tuple[str, str] | None:
        """A short line over a passage is a title, where the format gives no headings."""
        text = self.page.plain[index]
        if self.level is not None or not is_short(self.page, index, ending=":"):
            return None
        if index != self.marks_at and self._is_link_to_title(index):
            return "furniture", "link to a title further down"
        if index == self.marks_at or is_part(text):
            return "heading", "names a part of the page"
        is_candidate = is_title(self.page, index) and not self._is_in_list(index)
        return self._title_or_heading(index) if is_candidate else None

    def _title_or_heading(self, index: int) -> tuple[str, str] | None:
        if not opens_passage(self.page, index):
            return ("heading", "short line over a title") if self._is_over_title(index) else None
        if self.over or index < (self.marks_at or 0):
            return "heading", "short line over a passage, outside the marks"
        return "mark-title", "short line over a passage"

    def _is_over_title(self, index: int) -> bool:
        following = self.page.after(index)
        if following is None or not is_title(self.page, following):
            return False
        return following <= (self.marks_at or 0) or opens_passage(self.page, following)

    def _is_link_to_title(self, index: int) -> bool:
        return self.page.last[bare(self.page.texts[index])] > index and not opens_passage(self.page, index)

    def _is_in_list(self, index: int) -> bool:
        """The last of several short lines also stands over a passage, and is no title."""
        before = [i for i in self.passages[-3:] if i >= index - 2]
        short = [i for i in before if is_short(self.page, i)]
        return len(short) > 1 or any(self.page.texts[i].endswith(":") for i in before if i not in short)
