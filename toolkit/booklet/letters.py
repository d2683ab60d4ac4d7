"""Which letters the booklet can show: those of the fonts beside this file, and no others."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# What a text does not need to be understood: an emoji, a sign that is never seen. A sign for money is none of these.
MAY_GO = ("So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs")
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
# A word so long runs out of its line; no language of ours has one.
LONGEST = 40
STEP = 12
BREAK_HERE = "\u200b"


@cache
def letters() -> frozenset[str]:
    """Give every character that the fonts can show."""
    found = set("\n")
    for line in (FONTS / "letters.txt").read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        found |= set(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def showable(text: str) -> str:
    """Give a text without the symbols that no font of ours has, and with places to break a word of endless length."""
    kept = "".join(" " if sign in "\t\r" else sign for sign in text if sign in letters() or not _may_go(sign))
    return " ".join(map(_breakable, kept.split(" ")))


def missing(texts: Iterable[str]) -> set[str]:
    """Give the letters of some texts that no font of ours has."""
    return set().union(*texts) - letters()


def _may_go(sign: str) -> bool:
    if sign in "\t\r":
        return False
    return unicodedata.category(sign) in MAY_GO or ord(sign) in VARIATION_SELECTORS


def _breakable(word: str) -> str:
    if len(word) <= LONGEST:
        return word
    return BREAK_HERE.join(word[start : start + STEP] for start in range(0, len(word), STEP))
