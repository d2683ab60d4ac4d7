"""Ideas of the Lake beside the marks of a board: as they stand in the current release, kept nowhere."""

from api.scoring.rules import MOST_IDEAS, may_want_ideas
from api.scoring.toolkit_marks import ideas


def with_ideas(mark: dict, locale: str) -> dict:
    """Give a mark of a board with some ideas that may help, none where the group does not want any.

    A mark of the group's own has no code, and the toolkit no ideas for it.
    """
    agreed = mark["agreed"] and mark["agreed"]["answer"]
    wants = mark["code"] and may_want_ideas(agreed)
    return {**mark, "ideas": ideas(mark["code"], locale)[:MOST_IDEAS] if wants else []}
