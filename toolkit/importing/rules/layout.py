"""What the length of a line, its first and last letter and the line below it say about it."""

import re

from toolkit.importing.rules.grammar import FIRST_PERSON
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.signs import DASHED, unwrap

# Nothing longer is furniture or a prompt.
MOST_WORDS, MOST_CHARACTERS = 60, 500


def is_long(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS


def is_short(page: Page, index: int, words: int = 9, ending: str = "") -> bool:
    """A line that could be a title by its length and its first and last letter."""
    text, line = page.texts[index], page.lines[index]
    return (
        len(text.split()) <= words
        and len(text) <= 10 * words
        and (not re.search(r"[.,;:…][”\"')]*$", text) or text[-1] in ending)
        and bool(re.match(r"[\W_]*[A-Z0-9]", text))
        and not (line.bullet or line.quoted or re.search(r"[a-z]\. [A-Z]", text))
    )


def is_title(page: Page, index: int) -> bool:
    """A short line that is not spoken; a question such as "Was it fair?" may sound so and is a title."""
    text = page.texts[index]
    if page.kinds[index] is not None or not is_short(page, index) or unwrap(text) or DASHED.match(text):
        return False
    said = FIRST_PERSON.search(page.plain[index]) or (page.speaks(index) and not text.endswith("?"))
    return any(char.isalpha() for char in text) and not said


def opens_passage(page: Page, index: int) -> bool:
    following = page.after(index)
    if following is None or page.kinds[following] is not None or page.lines[following].level is not None:
        return False
    text, line = page.texts[following], page.lines[following]
    words = len(text.split())
    return words >= 10 or line.bullet or line.quoted or (words >= 4 and text[-1] in ".!…:”\"')")
