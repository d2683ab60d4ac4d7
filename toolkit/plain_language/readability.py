"""How hard a text is as a whole: LIX, and the average sentence.

LIX (Carl-Hugo Björnsson, Läsbarhet, 1968) is the number of words per sentence, and the percentage of words with more
than six letters, added up. It needs no syllables and no list of words, so it was tried on many languages (Jonathan
Anderson, Lix and Rix: Variations on a little-known readability index, Journal of Reading 26, 1983). Below 30 is very
easy, as children's books; to 40 easy, as stories; to 50 as newspapers; to 60 as official texts; then hard.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.plain_language.passages import PROSE, Passage
from toolkit.plain_language.sentences import sentences, words

# A word with more letters is long.
SHORT = 6
# Of fewer words, one sentence more or less would change the figure too much. Björnsson took samples of hundreds.
ENOUGH = 100


@dataclass(frozen=True)
class Readability:
    """The figures of a text: `lix` is None where there are too few words to tell."""

    words: int = 0
    sentences: int = 0
    long_words: int = 0
    longest: int = 0

    @property
    def average(self) -> float:
        return self.words / self.sentences if self.sentences else 0

    @property
    def lix(self) -> int | None:
        if self.words < ENOUGH:
            return None
        return round(self.average + 100 * self.long_words / self.words)


def readability(passages: Iterable[Passage], lang: str) -> Readability:
    """Give the figures of what a page says in sentences, in one language: no headings, nobody's own words."""
    total = count = long = longest = 0
    for passage in passages:
        if passage.kind not in PROSE or passage.lang != lang:
            continue
        for start, end in sentences(passage.text, lang):
            here = words(passage.text[start:end])
            if not here:
                continue
            total, count, longest = total + len(here), count + 1, max(longest, len(here))
            long += sum(1 for begin, stop in here if stop - begin > SHORT)
    return Readability(total, count, long, longest)
