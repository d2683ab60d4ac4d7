"""The piece of a text that shows best why it was found, with the words that were found marked. Pure rules."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from html import escape

from api.search.asking import Term
from api.search.words import WORD, stem, words_in

KEPT_PATTERNS = 256

# How many letters an excerpt has, about.
LENGTH = 200
MARK = "<mark>{}</mark>"
CUT = "…"


def hits_in(stems: str, terms: tuple[Term, ...]) -> list[int]:
    """Give the numbers of the words of a text that terms find; `stems` are those of its words, put together."""
    hits = []
    for found in _pattern(terms).finditer(stems):
        first = stems.count(" ", 0, found.start())
        hits += range(first, first + found[0].count(" ") + 1)
    return hits


@lru_cache(maxsize=KEPT_PATTERNS)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern:
    return re.compile(rf"(?<![^ ])(?:{'|'.join(term.pattern for term in terms)})(?![^ ])")


def excerpt(text: str, starts: list[int], hits: list[int]) -> str:
    """Give the piece of a text that holds most hits, as HTML.

    `starts` is where each word starts, `hits` the numbers of those found: at least one.
    """
    first = _best(starts, hits)
    begin = max(0, starts[first] - LENGTH // 4)
    begin = 0 if begin < LENGTH // 8 else starts[min(bisect_right(starts, begin), first)]
    end = begin + LENGTH
    end = starts[bisect_right(starts, end) - 1] if end < len(text) else len(text)
    before, after = CUT if begin else "", CUT if end < len(text) else ""
    shown = (starts[hit] for hit in hits if begin <= starts[hit] < end)
    return f"{before}{_with_marks(text, begin, end, shown)}{after}"


def _with_marks(text: str, begin: int, end: int, shown: Iterable[int]) -> str:
    """Give a part of a text as HTML, with the words marked that start at some places."""
    parts, done = [], begin
    for start in shown:
        word = WORD.match(text, start)
        parts += [escape(text[done:start]), MARK.format(escape(word[0]))]
        done = word.end()
    return _joined([*parts, escape(text[done:end])]).strip()


def _best(starts: list[int], hits: list[int]) -> int:
    """Give the first word of the stretch that holds most of what was found."""
    ends = [bisect_right(starts, starts[hit] + LENGTH // 2) for hit in hits]
    within = [bisect_right(hits, end) - number for number, end in enumerate(ends)]
    return hits[within.index(max(within))]


def marked(text: str, terms: Iterable[Term], language: str) -> str:
    """Give the beginning of a text as HTML, with the words in it that terms find marked."""
    shown = text[:LENGTH]
    parts, end = [], 0
    for word in words_in(shown):
        if any(term.finds(stem(word[0], language)) for term in terms):
            parts += [escape(shown[end : word.start()]), MARK.format(escape(word[0]))]
            end = word.end()
    return _joined([*parts, escape(shown[end:])]) + (CUT if len(text) > LENGTH else "")


def _joined(parts: list[str]) -> str:
    """Put parts together; words that stand side by side without a space are one."""
    return "".join(parts).replace("</mark><mark>", "")
