"""The piece of a text that shows best why it was found, with the words that were found marked. Pure rules."""

from bisect import bisect_right
from html import escape

from api.search.asking import Term
from api.search.words import stem, words_in

# How many letters an excerpt has, about.
LENGTH = 200
MARK = "<mark>{}</mark>"
CUT = "…"


def excerpt(text: str, starts: list[int], hits: list[int], terms: list[Term], language: str) -> str:
    """Give a piece of a text as HTML. `starts` is where each word starts, `hits` the numbers of those found."""
    if not hits:
        return marked(text[:LENGTH], terms, language) + (CUT if len(text) > LENGTH else "")
    first = _best(starts, hits)
    begin = max(0, starts[first] - LENGTH // 4)
    begin = 0 if begin < LENGTH // 8 else starts[min(bisect_right(starts, begin), first)]
    end = begin + LENGTH
    if end < len(text):
        end = max(start for start in starts if start <= end)
    before, after = CUT if begin else "", CUT if end < len(text) else ""
    return f"{before}{marked(text[begin:end].strip(), terms, language)}{after}"


def _best(starts: list[int], hits: list[int]) -> int:
    """Give the first word of the stretch that holds most of what was found."""
    ends = [bisect_right(starts, starts[hit] + LENGTH // 2) for hit in hits]
    within = [bisect_right(hits, end) - number for number, end in enumerate(ends)]
    return hits[within.index(max(within))]


def marked(text: str, terms: list[Term], language: str) -> str:
    """Give a text as HTML, with the words in it that terms find marked."""
    parts, end = [], 0
    for word in words_in(text):
        if any(term.finds(stem(word[0], language)) for term in terms):
            parts += [escape(text[end : word.start()]), MARK.format(escape(word[0]))]
            end = word.end()
    return "".join([*parts, escape(text[end:])]).replace("</mark><mark>", "")
