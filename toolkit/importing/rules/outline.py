"""Where a page has its title and the heading over its marks, and which level of heading its marks have."""

from collections import Counter

from toolkit.importing.rules.layout import is_short, opens_passage
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.parts import MARKS, is_part
from toolkit.importing.rules.signs import bare


class Outline:
    """Made once furniture and prompts are sorted; all three may be None."""

    def __init__(self, page: Page):
        self.page = page
        self.title = self._page_title()
        self.marks_at = self._marks_heading()
        self.level = self._level_under_heading() if self.marks_at is not None else self._repeated_level()

    def _page_title(self) -> int | None:
        unsorted = self.page.unsorted()
        levelled = [index for index in unsorted if self.page.lines[index].level is not None]
        if levelled or not unsorted:
            return levelled[0] if levelled else None
        return unsorted[0] if is_short(self.page, unsorted[0], words=14) else None

    def _marks_heading(self) -> int | None:
        """The heading over the marks; in a list of links to the parts of the page it leads to no title."""
        lines = [index for index in self.page.unsorted() if index != self.title]
        found = [index for index in lines if MARKS.fullmatch(bare(self.page.plain[index]))]
        leading = [index for index in found if self._leads_to_title(index)]
        return next(iter([*leading, *found]), None)

    def _leads_to_title(self, index: int) -> bool:
        following = self.page.after(index)
        if following is None:
            return False
        return self.page.lines[following].level is not None or opens_passage(self.page, following)

    def _level_under_heading(self) -> int | None:
        """The first level under "Marks of …" that is deeper; else the level of that heading itself."""
        levels = self._levels(after=self.marks_at)
        top = self.page.lines[self.marks_at].level or 0
        return next((level for level in levels if level > top), top if top in levels else None)

    def _repeated_level(self) -> int | None:
        """The level most used, deepest of equals."""
        repeated = [(count, level) for level, count in Counter(self._levels()).items() if count > 1]
        return max(repeated)[1] if repeated else None

    def _levels(self, after: int = -1) -> list[int]:
        """The levels of the headings that do not name a part of the page."""
        found = []
        for index in self.page.unsorted():
            level = self.page.lines[index].level
            named = index == self.title or is_part(self.page.plain[index])
            if index > after and level is not None and not named:
                found.append(level)
        return found
