"""Finds words of a list in a text: jargon, with what could be said instead."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.plain_language.forms import forms, plain_form
from toolkit.plain_language.sentences import words

# A list entry of more words is cut: nobody means a paragraph.
LONGEST = 8


@dataclass(frozen=True)
class Plain:
    """A word that many people do not know, what to say instead, and a note for whoever wonders why."""

    word: str
    plain: str = ""
    note: str = ""


@dataclass
class WordList:
    """The words of one language, ready to be looked for."""

    lang: str
    by_first: dict[str, list[tuple[tuple[str, ...], Plain]]] = field(default_factory=dict)
    known_forms: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Plain], lang: str) -> "WordList":
        """Make a list; where one entry begins as another does, the longer comes first."""
        made = cls(lang)
        for entry in entries:
            if parts := parts_of(entry.word):
                made.by_first.setdefault(parts[0], []).append((parts, entry))
        for entries_of_one in made.by_first.values():
            entries_of_one.sort(key=lambda one: -len(one[0]))
        return made

    def find(self, text: str) -> Iterator[tuple[int, int, Plain]]:
        """Give start, end and entry of each word of the list in a text; none lies within another."""
        spans = words(text)
        said = [self._forms(text[start:end]) for start, end in spans]
        at = 0
        while at < len(said):
            if found := self._at(said, at):
                parts, entry = found
                yield spans[at][0], spans[at + len(parts) - 1][1], entry
                at += len(parts)
            else:
                at += 1

    def _at(self, said: list[frozenset[str]], at: int):
        for form in sorted(said[at] & self.by_first.keys()):
            for parts, entry in self.by_first[form]:
                here = said[at : at + len(parts)]
                if len(here) == len(parts) and all(part in one for part, one in zip(parts, here, strict=True)):
                    return parts, entry
        return None

    def _forms(self, word: str) -> frozenset[str]:
        # The same words come again and again.
        if word not in self.known_forms:
            self.known_forms[word] = frozenset(forms(plain_form(word), self.lang))
        return self.known_forms[word]


def parts_of(entry: str) -> tuple[str, ...]:
    """Give the words of an entry as they are compared."""
    return tuple(plain_form(entry[start:end]) for start, end in words(entry))[:LONGEST]


def read_list(text: str) -> list[Plain]:
    """Read a list from a file: an entry a line, its parts divided by “|”; what begins with # is a remark."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Plain(*(part.strip() for part in re.split(r"\|", line, maxsplit=2))) for line in lines]
