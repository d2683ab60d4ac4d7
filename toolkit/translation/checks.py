"""What may be wrong with a translation, told from its words alone. Pure: no database, no clock.

Each check tells a kind of slip that people make. Those that would break a page refuse to be saved; the rest can be
dismissed by whoever knows better, with a reason.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from bs4 import BeautifulSoup
from rapidfuzz import fuzz

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\w*\}")
NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
EDITORIAL = re.compile(r"\[[^\]]*\]")
LETTERS = re.compile(r"[^\W\d_]+")
ALLOWED_TAGS = {"a", "b", "strong", "i", "em", "br"}
# Of languages that are not written in Latin letters: what the Unicode names of theirs begin with.
SCRIPTS = {
    **dict.fromkeys(["ar", "fa", "ur", "ps", "ug", "sd", "ckb"], ("ARABIC",)),
    **dict.fromkeys(["he", "yi"], ("HEBREW",)),
    **dict.fromkeys(["ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"], ("CYRILLIC",)),
    **dict.fromkeys(["hi", "mr", "ne"], ("DEVANAGARI",)),
    **dict.fromkeys(["zh", "ja", "yue"], ("CJK", "HIRAGANA", "KATAKANA")),
    "bn": ("BENGALI",),
    "el": ("GREEK",),
    "gu": ("GUJARATI",),
    "hy": ("ARMENIAN",),
    "am": ("ETHIOPIC",),
    "ti": ("ETHIOPIC",),
    "ka": ("GEORGIAN",),
    "ko": ("HANGUL",),
    "pa": ("GURMUKHI",),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "th": ("THAI",),
}
# How alike, in percent, a word has to be to the agreed one: words are bent, and begin with other letters in Welsh.
TERM_ALIKE = 70
# A translation shorter or longer than so many times its source, when that has more than so many letters.
SHORTEST, LONGEST, LONG_ENOUGH = 0.4, 2.2, 30


@dataclass(frozen=True)
class Term:
    """A word of the glossary, and what a language has agreed to say for it."""

    source: str
    agreed: str


@dataclass(frozen=True)
class Said:
    """A text and its translation, both without markup as well; `is_rich` where markup may stand in them."""

    source: str
    words: str
    locale: str
    is_rich: bool = False
    terms: tuple[Term, ...] = ()

    @property
    def plain_source(self) -> str:
        return _plain(self.source) if self.is_rich else self.source

    @property
    def plain_words(self) -> str:
        return _plain(self.words) if self.is_rich else self.words


@dataclass(frozen=True)
class Finding:
    """What a check found: its name, what it is about, and whether a page would break of it."""

    check: str
    about: str = ""
    breaks: bool = False


def findings(said: Said) -> list[Finding]:
    """Give all that may be wrong with a translation, what breaks first."""
    found = [finding for check in CHECKS for finding in check(said)]
    return sorted(found, key=lambda finding: not finding.breaks)


def markup(said: Said):
    """Tags that are not the source's, or not whole."""
    if not said.is_rich:
        return
    tags, wanted = _tags(said.words), _tags(said.source)
    strange = [name for name in tags if name.split("#")[0] not in ALLOWED_TAGS]
    if strange or not _is_whole(said.words):
        yield Finding("markup", ", ".join(sorted(set(strange))), breaks=True)
    elif Counter(name for name in tags if "#" not in name) != Counter(name for name in wanted if "#" not in name):
        yield Finding("markup", ", ".join(sorted(set(wanted) ^ set(tags))))


def links(said: Said):
    """A link that the source does not have would lead nowhere; one that is left out is missed."""
    if said.is_rich:
        there = [name for name in _tags(said.words) if name.startswith("a#")]
        wanted = [name for name in _tags(said.source) if name.startswith("a#")]
        if set(there) - set(wanted):
            yield Finding("links", ", ".join(sorted(set(there) - set(wanted))), breaks=True)
        elif Counter(there) != Counter(wanted):
            yield Finding("links", ", ".join(sorted(set(wanted) - set(there) or set(there))))


def placeholders(said: Said):
    """What the software puts words in the place of: another one than in the source would stop a page."""
    wanted, there = set(PLACEHOLDER.findall(said.source)), set(PLACEHOLDER.findall(said.words))
    if wanted != there:
        yield Finding("placeholders", ", ".join(sorted(wanted ^ there)), breaks=True)


def numbers(said: Said):
    """Numbers that differ, in whatever digits they are written."""
    wanted, there = _numbers(PLACEHOLDER.sub("", said.plain_source)), _numbers(PLACEHOLDER.sub("", said.plain_words))
    if wanted != there:
        yield Finding("numbers", ", ".join(sorted(set((wanted - there) + (there - wanted)))))


def editorial(said: Said):
    """A note in square brackets, as editors leave for themselves."""
    mine = EDITORIAL.findall(said.plain_words)
    if len(mine) != len(EDITORIAL.findall(said.plain_source)):
        yield Finding("editorial", ", ".join(mine))


def untranslated(said: Said):
    """The source's own words."""
    if said.plain_words.strip() == said.plain_source.strip() and len(LETTERS.findall(said.plain_source)) > 1:
        yield Finding("untranslated")


def glossary(said: Said):
    """A term of the glossary for which something else stands here."""
    source = said.plain_source.casefold()
    words = said.plain_words.casefold()
    for term in said.terms:
        is_there = re.search(rf"\b{re.escape(term.source.casefold())}(?:e?s)?\b", source)
        if is_there and term.agreed and fuzz.partial_ratio(term.agreed.casefold(), words) < TERM_ALIKE:
            yield Finding("glossary", f"{term.source} → {term.agreed}")


def length(said: Said):
    """Much shorter or longer than the source: something may be left out, or two texts in one place."""
    before, now = len(said.plain_source), len(said.plain_words)
    if before > LONG_ENOUGH and not SHORTEST <= now / before <= LONGEST and said.locale.split("-")[0] not in SHORT:
        yield Finding("length")


def script(said: Said):
    """Written in letters that the language does not use."""
    wanted = SCRIPTS.get(said.locale.split("-")[0], ("LATIN",))
    if "-latn" in said.locale.lower():
        wanted = ("LATIN",)
    letters = [letter for word in LETTERS.findall(PLACEHOLDER.sub("", said.plain_words)) for letter in word]
    own = sum(unicodedata.name(letter, "").startswith(wanted) for letter in letters)
    if len(letters) > 3 and own < len(letters) / 2:
        yield Finding("script")


CHECKS: tuple[Callable, ...] = (
    markup,
    links,
    placeholders,
    numbers,
    editorial,
    untranslated,
    glossary,
    length,
    script,
)
# One sign is a word there.
SHORT = ("zh", "ja", "yue", "ko")


def _plain(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text() if "<" in html or "&" in html else html


def _tags(html: str) -> list[str]:
    """Give the tags of a text: a link with the id that it has."""
    found = BeautifulSoup(html, "html.parser").find_all(True)
    return [f"{tag.name}#{tag.get('id', '')}" if tag.name == "a" else tag.name for tag in found]


def _is_whole(html: str) -> bool:
    """Tell whether each tag that begins also ends, and carries nothing but an id."""
    soup = BeautifulSoup(html, "html.parser")
    if any(set(tag.attrs) - {"id"} for tag in soup.find_all(True)):
        return False
    begun = re.findall(r"<([a-z]\w*)[^<>]*(?<!/)>", html)
    ended = re.findall(r"</([a-z]\w*)>", html)
    lone = re.search(r"<(?![a-z/])|<(?:[^<>]*$|[^<>]*<)", html)
    return not lone and Counter(name for name in begun if name != "br") == Counter(ended)


def _numbers(words: str) -> Counter:
    western = "".join(str(unicodedata.digit(letter)) if letter.isdigit() else letter for letter in words)
    return Counter(re.sub(r"[.,:/]", ".", found) for found in NUMBER.findall(western))
