"""Where sentences and words begin and end. Each text is walked through once, however it is made."""

import re
from collections.abc import Iterator

from toolkit.plain_language.rules import Rules, rules_for

# Letters and digits with the marks that belong to them: accents that stand alone, and Arabic vowels.
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
JOINED = r"['’‐‑-]|[.,](?=\d)|\.(?=[^\W\d_]\b)"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*(?:(?:{JOINED})(?:[^\W_]|[{MARKS}])+)*")
ENDS = re.compile(r"[.!?…؟۔。！？]+|\n+")
# Nothing but the end of a sentence looks like this, whatever stands behind it.
ALWAYS = "؟۔。！？\n"
CLOSERS = "”’\"'»›)]}“"
OPENERS = "“‘\"'«‹([{¿¡„—"
# So many letters before a full stop can be an abbreviation.
LONGEST_ABBREVIATION = 12

Span = tuple[int, int]


def words(text: str) -> list[Span]:
    """Give start and end of each word: “co-production”, “it’s” and “1.5” are one each."""
    return [found.span() for found in WORD.finditer(text)]


def sentences(text: str, lang: str) -> list[Span]:
    """Give start and end of each sentence, without the space around it."""
    rules, found, start = rules_for(lang), [], 0
    for end in _ends(text, rules):
        # A mark may stand alone at the end of what was cut already.
        if end > start:
            found.append(_trimmed(text, start, end))
            start = end
    found.append(_trimmed(text, start, len(text)))
    return [(begin, end) for begin, end in found if begin < end]


def _ends(text: str, rules: Rules) -> Iterator[int]:
    start = 0
    for mark in ENDS.finditer(text):
        end = mark.end()
        while end < len(text) and text[end] in CLOSERS:
            end += 1
        if _is_end(text, mark, end, start, rules):
            yield end
            start = end


def _is_end(text: str, mark: re.Match, end: int, start: int, rules: Rules) -> bool:
    """Tell whether a mark ends a sentence that began at `start`; `end` is behind the quotes that close after it."""
    if mark[0][0] in ALWAYS:
        return True
    if end < len(text) and not text[end].isspace():
        return False
    following = _next_letter(text, end)
    is_ellipsis = "…" in mark[0] or mark[0].count(".") > 1
    # “Stop!” she said. He waited … and went. —¿Por qué? —dijo ella.
    if following.islower() and (end > mark.end() or is_ellipsis or text[end + 1 : end + 2] == "—"):
        return False
    return mark[0] != "." or not _is_abbreviation(text, mark.start(), start, following, rules)


def _next_letter(text: str, at: int) -> str:
    """Give the letter with which the next word begins, "" where none is near."""
    near = text[at : at + 8].lstrip()
    return near.lstrip(OPENERS)[:1]


def _is_abbreviation(text: str, stop: int, start: int, following: str, rules: Rules) -> bool:
    """Tell whether a full stop belongs to the word before it: e.g., Dr., J., the 1. of a list."""
    before = text[max(start, stop - LONGEST_ABBREVIATION) : stop].split()
    last = before[-1].lstrip(OPENERS) if before else ""
    name = last.casefold()
    if name.isdigit():
        return len(before) == 1 and len(name) < 4 and not text[start : stop - len(last)].strip()
    if name in rules.titles or (len(last) == 1 and last.isupper()):
        return True
    dotted = "." in last and all(len(part) == 1 for part in last.split("."))
    return (dotted or name in rules.abbreviations) and not following.isupper()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
