"""The list of marks that somebody may change: stage by stage, in one language, with a search that needs no script."""

from dataclasses import dataclass, field

from wagtail.models import Page

from cms.start.rights import marks_of, ordered
from toolkit import locales
from toolkit.models import Mark, Stage


@dataclass(frozen=True)
class Shelf:
    """A stage and its marks."""

    title: str
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Marks:
    """What the list shows: a language of several, and the shelves in it."""

    code: str
    codes: list[str]
    shelves: list[Shelf]

    @property
    def count(self) -> int:
        return sum(len(shelf.marks) for shelf in self.shelves)


def marks_for(user, *, code: str = "", words: str = "") -> Marks | None:
    """Give the marks that somebody may change in a language, else in the first of theirs; None without any."""
    theirs = list(marks_of(user))
    codes = ordered({mark.locale.language_code for mark in theirs})
    if not codes:
        return None
    code = code if code in codes else codes[0]
    found = [mark for mark in theirs if mark.locale.language_code == code and says(mark, words)]
    return Marks(code, codes, _shelves(found, code))


def says(mark: Mark, words: str) -> bool:
    """Tell whether all words stand in a mark's title or summary, in whatever letters."""
    text = f"{mark.title} {mark.draft_title} {mark.summary}".casefold()
    return all(word in text for word in words.casefold().split())


def _shelves(marks: list[Mark], code: str) -> list[Shelf]:
    stages = Stage.objects.filter(locale__language_code=code).order_by("path")
    shelves = {stage.path: Shelf(stage.get_admin_display_title()) for stage in stages}
    for mark in marks:
        if shelf := shelves.get(mark.path[: -Page.steplen]):
            shelf.marks.append(mark)
    return [shelf for shelf in shelves.values() if shelf.marks]


def language_names(codes: list[str]) -> list[tuple[str, str]]:
    """Give languages to choose from, each by its own name."""
    return [(code, locales.own_name(code)) for code in codes]
