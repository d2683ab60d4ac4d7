"""Passages: explanation, or somebody's words."""

import re
from collections.abc import Sequence

from toolkit.importing.rules.credits import split_credit
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.parts import EITHER, VOICES, is_called
from toolkit.importing.rules.signs import unwrap
from toolkit.importing.rules.speech import THRESHOLD

# How far a score may be from THRESHOLD, and the passage may still be the other kind. On the pages of our tests, each
# passage that was taken for what it is not lies within; so does one in ten of all passages.
DOUBTFUL = range(-2, 2)


def sort_passages(page: Page) -> None:
    passages = page.unsorted()
    certain = _certain_quotes(page, passages)
    scores = {index: score_in_place(page, index) for index in passages}
    spoken = {index for index in passages if index in certain or scores[index] >= THRESHOLD}
    leans = {index: _lean(page, index, spoken) for index in passages if index not in certain}
    for index in passages:
        is_quote = index in spoken or scores[index] + leans[index] >= THRESHOLD
        reasons = [certain[index]] if index in certain else [*page.voice(index).why]
        reasons += ["beside spoken words"] * bool(leans.get(index))
        page.sort(index, "quote" if is_quote else "explanation", "; ".join(reasons))
        if index not in certain and scores[index] + leans[index] - THRESHOLD in DOUBTFUL:
            page.unsure.add(index)


def _certain_quotes(page: Page, passages: Sequence[int]) -> dict[int, str]:
    certain = dict.fromkeys(_between_quotation_marks(page, passages), "between quotation marks")
    certain |= {i: "credited at its end" for i in passages if split_credit(page.texts[i])[1]}
    certain |= {i: "the format says quoted" for i in passages if page.lines[i].quoted}
    return certain | dict.fromkeys(page.credits.values(), "credited by a line below")


def _between_quotation_marks(page: Page, passages: Sequence[int]) -> set[int]:
    """Quotation marks may open in one passage and close in a later one of the same run."""
    found: set[int] = set()
    opened: list[int] = []
    for index in passages:
        text = page.texts[index]
        if opened and opened[-1] == index - 1 and len(opened) < 6:
            opened.append(index)
        else:
            opened = [index] if text[0] in '“"' and not re.search(r"[”\"]", text[1:]) else []
        if unwrap(text) is not None:
            found.add(index)
        elif len(opened) > 1 and text.rstrip(".")[-1:] in ("”", '"'):
            found.update(opened)
            opened = []
    return found


def score_in_place(page: Page, index: int) -> int:
    """The score of a passage by its own words and by where it stands.

    A page opens in the toolkit's voice, and so does the text of a mark; people's words come after.
    """
    score = page.voice(index).score - (index < page.first_mark)
    before = page.before(index)
    if before is None or page.kinds[before] not in ("heading", "mark-title"):
        return score
    if is_called(EITHER, page.plain[before]):
        return score
    return score + (2 if is_called(VOICES, page.plain[before]) else -2)


def _lean(page: Page, index: int, spoken: set[int]) -> int:
    """What a passage with some sign of speech gains by standing between two quotes, or beside one."""
    voice = page.voice(index)
    if not voice.spoken:
        return 0
    sides = [page.before(index), page.after(index)]
    quotes = [side in spoken or page.kinds[side] == "credit" for side in sides if side is not None]
    if quotes == [True, True]:
        return 2
    at_an_end = any(side is None or page.kinds[side] in ("mark-title", "heading") for side in sides)
    follows_quote = sides[0] is not None and quotes[0] and not voice.taught
    return 1 if follows_quote or (any(quotes) and at_an_end) else 0
