"""What somebody asks in a search: from their words to an expression that the index understands. Pure rules.

Nothing that they type gets into the expression but the letters of words, between quotation marks: it has no syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from api.search.words import is_part, stem, variants, words_in

# A word of so many letters also finds longer ones that begin with it.
SHORTEST_BEGINNING = 3
MOST_WORDS = 12


@dataclass(frozen=True)
class Term:
    """One thing that is asked for: a word, with the stems that it may be stored under, or a phrase of letters."""

    word: str
    stems: tuple[str, ...]
    is_phrase: bool = False

    @property
    def expression(self) -> str:
        """The term in the language of FTS5."""
        if self.is_phrase:
            return f'"{" ".join(self.stems)}"'
        whole = [f'"{found}"' for found in self.stems]
        longer = [f'"{found}"*' for found in self.stems if len(found) >= SHORTEST_BEGINNING]
        # A word that is there as a whole counts twice.
        return f"({' OR '.join([*whole, *longer])})"

    @property
    def pattern(self) -> str:
        """The term as a regular expression, for stems with a space between each two."""
        if self.is_phrase:
            return re.escape(" ".join(self.stems))
        longer = ("[^ ]*" if len(found) >= SHORTEST_BEGINNING else "" for found in self.stems)
        return "|".join(re.escape(found) + more for found, more in zip(self.stems, longer, strict=True))

    def finds(self, stored: str) -> bool:
        """Tell whether a stem of a text is one of those that this term finds."""
        if self.is_phrase:
            return stored in self.stems
        return any(
            stored == found or (len(found) >= SHORTEST_BEGINNING and stored.startswith(found)) for found in self.stems
        )


def terms_of(query: str, language: str) -> list[Term]:
    """Give what is asked for, word by word, the first dozen of them."""
    return list(_terms(query, language))[:MOST_WORDS]


def _terms(query: str, language: str) -> Iterator[Term]:
    words = [word[0] for word in words_in(query)]
    for is_unspaced, group in groupby(words, is_part):
        if is_unspaced:
            letters = tuple(group)
            yield Term("".join(letters), tuple(stem(letter, language) for letter in letters), is_phrase=True)
        else:
            yield from (Term(word, tuple(variants(word, language))) for word in group)


def all_of(terms: list[Term]) -> str:
    """Give the expression that finds what has all of the terms."""
    return " AND ".join(term.expression for term in terms)


def any_of(terms: list[Term]) -> str:
    """Give the expression that finds what has one of the terms, or more."""
    return " OR ".join(term.expression for term in terms)
