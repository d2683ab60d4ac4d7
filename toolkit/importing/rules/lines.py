"""The lines of a document: as read, while the page they are on is being sorted, and once they are sorted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.importing.rules.signs import bare, plain_signs
from toolkit.importing.rules.speech import THRESHOLD, Voice, hear

KINDS = ("heading", "furniture", "prompt", "mark-title", "explanation", "quote", "credit", "note")


@dataclass(frozen=True)
class Line:
    """One line of the document, with what its format said about it."""

    number: int
    text: str
    level: int | None = None  # of a heading
    bullet: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Classified:
    """One line and what it is. `credits` and `note_on` are the numbers of earlier lines.

    A quote's text comes without the quotation marks around it and without a credit at its end; such a
    credit stands in the quote's own `credit` and `year`. All other text is as it was, less outer space.
    `sure` is False where the signs for one kind hardly outweigh those for another: a person should look. People who
    look may say more than rules do: "subheading", "tip" and "example" are kinds beyond KINDS, and a quote has a kind.
    """

    line: int
    kind: str
    mark: str | None
    text: str
    level: int | None = None
    bullet: bool = False
    credit: str | None = None
    year: int | None = None
    credits: int | None = None
    note_on: int | None = None
    why: str = ""
    sure: bool = True
    quote_kind: str = ""


class Page:
    """The lines of one page, and what is known about each of them so far."""

    def __init__(self, lines: Sequence[Line]):
        self.lines = lines
        self.texts = [" ".join(line.text.split()) for line in lines]
        self.plain = [plain_signs(text) for text in self.texts]
        self.kinds: list[str | None] = [None] * len(lines)
        self.whys = [""] * len(lines)
        self.credits: dict[int, int] = {}
        self.notes: dict[int, int] = {}
        self.unsure: set[int] = set()
        self.first_mark = 0
        self._voices: dict[int, Voice] = {}
        words = {word for text in self.texts for word in re.findall(r"[^\W\d_]+", text)}
        self.vocabulary = frozenset(word for word in words if word.islower())
        self.last = {bare(text): index for index, text in enumerate(self.texts)}

    def __len__(self) -> int:
        return len(self.lines)

    def sort(self, index: int, kind: str, why: str) -> None:
        self.kinds[index] = kind
        self.whys[index] = why

    def voice(self, index: int) -> Voice:
        if index not in self._voices:
            self._voices[index] = hear(self.texts[index])
        return self._voices[index]

    def speaks(self, index: int) -> bool:
        return self.voice(index).score >= THRESHOLD

    def unsorted(self) -> list[int]:
        return [index for index, kind in enumerate(self.kinds) if kind is None]

    def after(self, index: int) -> int | None:
        """The next line that is not furniture."""
        return next((i for i in range(index + 1, len(self)) if self.kinds[i] != "furniture"), None)

    def before(self, index: int) -> int | None:
        """The line before that is not furniture."""
        return next((i for i in range(index - 1, -1, -1) if self.kinds[i] != "furniture"), None)
