"""The reading age of English by Flesch–Kincaid, the formula that word processors and most checkers show.

It gives the American school year that a text is for (Kincaid, Fishburne, Rogers and Chissom, 1975); children are five
years older than that. On the starter content, the syllables that syllapy counts are 0.1 % more than those of the CMU
Pronouncing Dictionary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import syllapy

from toolkit.plain_language.passages import PROSE, QUOTE, Passage
from toolkit.plain_language.sentences import sentences, words

# From school year to age.
YEARS = 5


@dataclass(frozen=True)
class Sentence:
    """One sentence, with its number of words and of syllables."""

    text: str
    words: int
    syllables: int


def reading_age(read: Iterable[Sentence]) -> float:
    """Give the age, in years, from which a text can be read; one sentence alone may give less than none."""
    read = list(read)
    count = sum(one.words for one in read)
    syllables = sum(one.syllables for one in read)
    return 0.39 * count / len(read) + 11.8 * syllables / count - 15.59 + YEARS


def read_sentences(passages: Iterable[Passage]) -> list[Sentence]:
    """Give the sentences of a page: those that quote people, too, and no titles, headings or labels."""
    told = [one for one in passages if one.kind in (*PROSE, QUOTE)]
    found = [one.text[start:end] for one in told for start, end in sentences(one.text, "en")]
    return [Sentence(text, len(said), sum(map(syllables_of, said))) for text in found if (said := words_of(text))]


def words_of(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@cache
def syllables_of(word: str) -> int:
    """Count the syllables of a word; a number counts as one."""
    return max(1, syllapy.count(word.replace("’", "'").replace("‑", "-")))
