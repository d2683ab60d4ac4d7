"""Notes, which belong to a passage above them."""

import re
from collections.abc import Sequence

from toolkit.importing.rules.lines import Page

NOTE = re.compile(r"(?P<sign>\*+|[†‡]+|\[\^?\d{1,2}\])\s*(?=\S)")


def noted_passage(page: Page, index: int, passages: Sequence[int]) -> int | None:
    """The passage that a line is a note on: the last that carries its sign, else the last; None if no note."""
    found = NOTE.match(page.texts[index])
    if not found or not passages:
        return None
    sign = re.compile(rf"(?<=[^\s*]){re.escape(found['sign'])}(?!\*)")
    signed = (i for i in reversed(passages[-500:]) if sign.search(page.texts[i]))
    return next(signed, passages[-1])
