"""What is looked at, and what is found: passages of a page, and findings about them."""

from dataclasses import dataclass, field

TITLE, SUMMARY, PARAGRAPH, HEADING, ITEM = "title", "summary", "paragraph", "heading", "item"
TIP, NOTE, QUOTE, LINK, LABEL = "tip", "note", "quote", "link", "label"
KINDS = (TITLE, SUMMARY, PARAGRAPH, HEADING, ITEM, TIP, NOTE, QUOTE, LINK, LABEL)
# Sentences, as opposed to what only names something.
PROSE = (SUMMARY, PARAGRAPH, ITEM, TIP, NOTE)

HARD_SENTENCE, HARD_TEXT, JARGON, ACRONYM = "hard-sentence", "hard-text", "jargon", "acronym"
EMPTY_LINK, HEADING_ORDER, LONG_WORD = "empty-link", "heading-order", "long-word"
CODES = (HARD_SENTENCE, HARD_TEXT, JARGON, ACRONYM, EMPTY_LINK, HEADING_ORDER, LONG_WORD)


@dataclass(frozen=True)
class Passage:
    """One piece of a page's text without markup: a title, a paragraph, an item of a list, the words of a link.

    `place` says where it stands, such as "summary" or "body.<id of the block>"; several passages may share it. The
    words of a link are a passage of their own after the one that they stand in. `level` is that of a heading.
    """

    place: str
    kind: str
    text: str
    lang: str
    level: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing that could be plainer.

    `words` are those concerned: they stand at `start` to `end` of the text of the passage number `passage`. What is
    about the page as a whole has no place, no words, and None as its passage. `figures` has what there is to tell,
    by name: a number of words, a plain word instead.
    """

    code: str
    place: str = ""
    words: str = ""
    passage: int | None = None
    start: int = 0
    end: int = 0
    figures: dict = field(default_factory=dict, hash=False)
