"""The checks: what in a page could be plainer. Each looks at passages and gives findings.

People's own words are never criticised: a passage of the kind “quote” is looked at by no check. What is written
about them, such as the thanks beside a credit, is. Whether sentences are passive is not told: no rule of thumb is
right often enough for that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.plain_language.forms import forms, plain_form
from toolkit.plain_language.jargon import Plain, WordList, parts_of
from toolkit.plain_language.passages import (
    ACRONYM,
    CODES,
    EMPTY_LINK,
    HARD_SENTENCE,
    HARD_TEXT,
    HEADING,
    HEADING_ORDER,
    JARGON,
    LINK,
    LONG_WORD,
    PROSE,
    QUOTE,
    Finding,
    Passage,
)
from toolkit.plain_language.readability import ENOUGH, Readability, readability
from toolkit.plain_language.rules import COMMON_ACRONYMS, rules_for
from toolkit.plain_language.sentences import sentences, words

FIRST_LEVEL = 3
# What makes one word of two.
PARTS = re.compile(r"['’‐‑-]")
ROMAN = re.compile(r"[IVX]+")
BRACKETS = re.compile(r"\(([^()]*)\)")
# So many letters at least stand before “(FW)” where that is explained, and so many are looked at.
FULL_WORDS, LOOK_BACK = 6, 40
# Looked for in what has no space in it.
ADDRESS = re.compile(r"(?:https?://|www\.|mailto:).+|[\w@.-]+\.[a-z]{2,}(?:/.*)?", re.IGNORECASE)
QUOTES = frozenset("“”„‘’\"'«»‹›")
ALSO = " \t\n.,:;!?…؟،»«>“”‘’\"'()[]→›*"


@dataclass
class Vocabulary:
    """What is known of the words of one language: jargon, and the terms of the glossary.

    `explained` has what readers find in the glossary; `meanings` says, by the word, what a term means, also of those
    that readers do not find there yet.
    """

    lang: str
    jargon: Iterable[Plain] = ()
    explained: Iterable[str] = ()
    meanings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> WordList:
        return WordList.of(self.jargon, self.lang)

    @cached_property
    def listed(self) -> set[tuple[str, ...]]:
        return {parts_of(entry.word) for entry in self.jargon}

    @cached_property
    def known(self) -> set[tuple[str, ...]]:
        return {parts_of(term) for term in self.explained}

    @cached_property
    def meaning_of(self) -> dict[tuple[str, ...], str]:
        return {parts_of(term): meaning for term, meaning in self.meanings.items()}


Vocabularies = Mapping[str, Vocabulary]


def check(passages: list[Passage], vocabularies: Vocabularies) -> list[Finding]:
    """Give all findings of a page, in the order of its text; what is about all of it comes last.

    `vocabularies` has those of the languages that it is written in.
    """
    found = [
        *hard_sentences(passages),
        *jargon(passages, vocabularies),
        *acronyms(passages, vocabularies),
        *empty_links(passages),
        *heading_order(passages),
        *long_words(passages, vocabularies),
    ]
    found.sort(key=lambda one: (one.passage, one.start, CODES.index(one.code)))
    return [*found, *hard_text(passages)]


def hard_sentences(passages: list[Passage]) -> Iterator[Finding]:
    """Sentences with more words than a reader holds in mind."""
    for number, passage in _ours(passages):
        limit = rules_for(passage.lang).sentence
        for start, end in sentences(passage.text, passage.lang) if passage.kind in PROSE else ():
            count = len(words(passage.text[start:end]))
            if count > limit:
                yield _finding(HARD_SENTENCE, number, passage, start, end, count=count, limit=limit)


def hard_text(passages: list[Passage]) -> Iterator[Finding]:
    """A page that is hard as a whole, in each language that it is written in."""
    for lang in dict.fromkeys(passage.lang for passage in passages):
        figures, rules = readability(passages, lang), rules_for(lang)
        if figures.words < ENOUGH:
            continue
        too_hard = rules.lix is not None and figures.lix > rules.lix
        if too_hard or figures.average > rules.average:
            yield Finding(HARD_TEXT, figures=_told(figures, rules.lix))


def _told(figures: Readability, limit: float | None) -> dict:
    told = {"words": figures.words, "average": round(figures.average, 1)}
    return told if limit is None else told | {"lix": figures.lix, "limit": limit}


def jargon(passages: list[Passage], vocabularies: Vocabularies) -> Iterator[Finding]:
    """Words of the list that the glossary does not explain."""
    for number, passage in _ours(passages):
        vocabulary = vocabularies.get(passage.lang)
        for start, end, entry in vocabulary.words.find(passage.text) if vocabulary else ():
            parts = parts_of(entry.word)
            if parts not in vocabulary.known and not _is_spoken_of(passage.text, start, end):
                told = {"plain": entry.plain, "note": entry.note, "meaning": vocabulary.meaning_of.get(parts, "")}
                yield _finding(JARGON, number, passage, start, end, **told)


def _is_spoken_of(text: str, start: int, end: int) -> bool:
    """Tell whether words stand in quotation marks by themselves: they are spoken of, and not used."""
    return text[max(0, start - 1) : start] in QUOTES and text[end : end + 1] in QUOTES


def acronyms(passages: list[Passage], vocabularies: Vocabularies) -> Iterator[Finding]:
    """Capitals that nothing on the page and no term explains; each where it stands first."""
    explained = {name for _, passage in _ours(passages) for name in _explained_in(passage.text)}
    told = set()
    for number, passage in _ours(passages):
        allowed = COMMON_ACRONYMS | rules_for(passage.lang).acronyms | explained
        vocabulary = vocabularies.get(passage.lang)
        for start, end, name in () if _is_loud(passage.text) else _acronyms(passage.text):
            if name in allowed or name in told or ROMAN.fullmatch(name):
                continue
            if vocabulary and vocabulary.known & {(form,) for form in forms(plain_form(name), passage.lang)}:
                continue
            told.add(name)
            yield _finding(ACRONYM, number, passage, start, end, name=name)


def long_words(passages: list[Passage], vocabularies: Vocabularies) -> Iterator[Finding]:
    """Words of many letters that neither the glossary nor the list has; each where it stands first.

    Names are left alone: a capital within a sentence.
    """
    told = set()
    for number, passage in _ours(passages):
        limit = rules_for(passage.lang).long_word
        vocabulary = vocabularies.get(passage.lang) or Vocabulary(passage.lang)
        for start, end in _long_words(passage, limit) if limit and passage.kind in PROSE else ():
            word = plain_form(passage.text[start:end])
            if word not in told and not _is_known(word, passage.lang, vocabulary):
                told.add(word)
                yield _finding(LONG_WORD, number, passage, start, end)


def _long_words(passage: Passage, limit: int) -> Iterator[tuple[int, int]]:
    for begin, stop in sentences(passage.text, passage.lang):
        for place, (start, end) in enumerate(words(passage.text[begin:stop])):
            word = passage.text[begin + start : begin + end]
            is_name = place > 0 and word[0].isupper()
            if not is_name and max(map(len, PARTS.split(word))) >= limit:
                yield begin + start, begin + end


def _is_known(word: str, lang: str, vocabulary: Vocabulary) -> bool:
    """Tell whether the glossary explains a word, or the list has something else to say of it."""
    return any((form,) in vocabulary.known or (form,) in vocabulary.listed for form in forms(word, lang))


def empty_links(passages: list[Passage]) -> Iterator[Finding]:
    """Links whose words do not say where they lead: people hear them in a list, away from their sentence."""
    for number, passage in enumerate(passages):
        if passage.kind == LINK and _says_nothing(passage):
            yield _finding(EMPTY_LINK, number, passage, 0, len(passage.text))


def _says_nothing(passage: Passage) -> bool:
    said = " ".join(passage.text.casefold().strip(ALSO).split())
    return (
        not said or said in rules_for(passage.lang).empty_links or (" " not in said and bool(ADDRESS.fullmatch(said)))
    )


def heading_order(passages: list[Passage]) -> Iterator[Finding]:
    """A small heading before any large one: who walks from heading to heading thinks that they missed one."""
    level = FIRST_LEVEL - 1
    for number, passage in enumerate(passages):
        if passage.kind == HEADING:
            if passage.level > level + 1:
                yield _finding(HEADING_ORDER, number, passage, 0, len(passage.text), level=passage.level)
            level = passage.level


def _ours(passages: list[Passage]) -> Iterator[tuple[int, Passage]]:
    """Give what we have written ourselves, by its number; the words of links stand in what is around them, too."""
    return ((number, one) for number, one in enumerate(passages) if one.kind not in (QUOTE, LINK))


def _finding(code: str, number: int, passage: Passage, start: int, end: int, **figures) -> Finding:
    return Finding(code, passage.place, passage.text[start:end], number, start, end, figures)


def _is_loud(text: str) -> bool:
    """Tell whether a text is all in capitals, as some write headings."""
    written = [text[start:end] for start, end in words(text)]
    loud = sum(word.isupper() and len(word) > 1 for word in written)
    return loud > 2 and loud * 2 > len(written)


def _acronyms(text: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and letters of the acronyms of a text, without the s of a plural."""
    for start, end in words(text):
        word = text[start:end]
        name = re.sub(r"(?<=[^\W\d_]{2})(?:['’]?s)$", "", word)
        if 2 <= len(name) <= 6 and name.isalpha() and name.isupper():
            yield start, end, name


def _explained_in(text: str) -> Iterator[str]:
    """Give the acronyms that a text explains: “Full Words (FW)” and “FW (full words)”."""
    for bracket in BRACKETS.finditer(text):
        inside, before = bracket[1], text[max(0, bracket.start() - LOOK_BACK) : bracket.start()].rstrip()
        names = [name for _start, _end, name in _acronyms(inside)]
        if names and inside.startswith(names[0]) and len(before) >= FULL_WORDS:
            yield from names
        for _start, end, name in _acronyms(before):
            if end == len(before) and len(inside) > len(name):
                yield name
