"""Which lines credit the passage above them."""

import re

from toolkit.importing.rules.credits import read_credit
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.passages import score_in_place
from toolkit.importing.rules.roles import is_role
from toolkit.importing.rules.signs import DASHED, unwrap
from toolkit.importing.rules.speech import THRESHOLD


def credited_passage(page: Page, index: int) -> int | None:
    """The passage whose speaker a line names; None if it is no credit."""
    passage = _passage_before(page, index)
    credit = read_credit(page.texts[index], page.vocabulary) if passage is not None else None
    if passage is None or not credit or _is_dash_in_list(page, index):
        return None
    return passage if credit.sure or _suits(page, index, passage) else None


def _passage_before(page: Page, index: int) -> int | None:
    """The passage right before a line, with at most notes, credits and bare bullets between."""
    for i in range(index - 1, -1, -1):
        if page.kinds[i] is None:
            return i
        if page.kinds[i] == "credit":
            return page.credits[i]
        if page.kinds[i] != "note" and page.whys[i] != "no words":
            return None
    return None


def _is_dash_in_list(page: Page, index: int) -> bool:
    """Dashes at the start of several lines in a row make a list, not credits."""
    near = [page.texts[i] for i in (index - 1, index + 1) if 0 <= i < len(page)]
    return bool(DASHED.match(page.texts[index])) and any(DASHED.match(text) for text in near)


def _suits(page: Page, index: int, passage: int) -> bool:
    """A bare role or name credits only what sounds spoken; a name is not taken up by what follows."""
    text, score = page.texts[passage], score_in_place(page, passage)
    spoken = page.lines[passage].quoted or unwrap(text) is not None or score >= THRESHOLD
    if is_role(page.texts[index]):
        return spoken or score >= 0
    following = page.after(index)
    taken_up = following is not None and _share_a_word(page.texts[index], page.texts[following])
    return spoken and not taken_up and passage == page.before(index)


def _share_a_word(title: str, passage: str) -> bool:
    """Whether they have the beginning of a word in common: "Trust", "Trusting each other takes time"."""
    return bool(_beginnings(title) & _beginnings(passage))


def _beginnings(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W\d_]{3,}", text.lower())}
