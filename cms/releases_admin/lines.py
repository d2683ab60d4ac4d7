"""A public document as lines of plain words: what is compared when somebody asks what has changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toolkit.consent import Naming
from toolkit.locales import direction
from toolkit.models.lake import IdeaKind, Where

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
NEW_LINE = re.compile(r"</?(?:p|h\d|ul|ol|li|br)\b[^>]*>")

# What a word of our own means, for people.
QUOTE_KINDS = {
    "snake": gettext_lazy("Snake"),
    "ladder": gettext_lazy("Ladder"),
    "observation": gettext_lazy("Observation"),
}
SAID = {**dict(IdeaKind.choices), **dict(Where.choices), **dict(Naming.choices), **QUOTE_KINDS}
BLOCKS = {
    "text": "",
    "tip": gettext_lazy("Tip"),
    "note": gettext_lazy("Note"),
    "citation": gettext_lazy("Citation"),
    "image": gettext_lazy("Picture"),
    "media": gettext_lazy("Video or sound"),
    "pair": "",
}
# Words that stand in a field of their own, in the order in which they are read.
FACTS = {
    "kind": gettext_lazy("Kind"),
    "time": gettext_lazy("Time"),
    "group_size": gettext_lazy("Group"),
    "setting": gettext_lazy("Where"),
    "source": gettext_lazy("Where it comes from"),
    "source_url": gettext_lazy("Where to read it"),
}
# Numbers that readers choose ideas by.
COUNTS = {
    "minutes": gettext_lazy("Minutes at least"),
    "people_from": gettext_lazy("People at least"),
    "people_to": gettext_lazy("People at most"),
}
LISTS = {
    "stages": gettext_lazy("Stage"),
    "marks": gettext_lazy("Mark"),
    "ideas": gettext_lazy("Idea"),
    "quotes": gettext_lazy("Quote"),
    "terms": gettext_lazy("Term"),
    "guides": gettext_lazy("Page"),
}
MENTIONS = {
    "stage": gettext_lazy("Stage"),
    "lake": gettext_lazy("Page"),
    "voices": gettext_lazy("Page"),
    "glossary": gettext_lazy("Page"),
    "previous": gettext_lazy("Before it"),
    "next": gettext_lazy("After it"),
    "easy_read": gettext_lazy("Easy Read version"),
    "full_page": gettext_lazy("Page"),
}


@dataclass(frozen=True)
class Line:
    """A line of a document: what it is ("" for ordinary text), its words, and their language."""

    label: str
    words: str
    lang: str

    @property
    def dir(self) -> str:
        return direction(self.lang)


def lines_of(document: dict | None) -> list[Line]:
    """Give the lines of a document, in the order in which it is read; none where there is no document."""
    if document is None:
        return []
    lines = [line for part in (_head, _body, _lists) for line in part(document)]
    return [Line(str(label), words, lang or document["lang"]) for label, words, lang in lines if words]


def _head(document: dict) -> Iterator[tuple]:
    yield _("Title"), document["title"], ""
    yield _("Address"), document["path"], ""
    if "html" in document:
        yield from _said(QUOTE_KINDS.get(document.get("kind"), ""), document)
    else:
        yield _("Summary"), document["summary"], ""
    for name, label in FACTS.items():
        words = document.get(name, "")
        yield label, str(SAID.get(words, words)), ""
    yield from ((label, str(document[name]), "") for name, label in COUNTS.items() if document.get(name))


def _body(document: dict) -> Iterator[tuple]:
    for block in document.get("body", ()):
        if block["type"] == "quote":
            yield from _said(QUOTE_KINDS.get(block["quote"]["kind"], ""), block["quote"])
        elif block["type"] == "idea":
            yield _("Idea"), _mention(block["idea"]), block["idea"]["lang"]
        else:
            label, lang = BLOCKS.get(block["type"], ""), block.get("lang", "")
            yield from ((label, words, lang) for words in _words_of_block(block))
    for prompt in document.get("prompts", ()):
        yield _("Question"), prompt["text"], prompt["lang"]


def _words_of_block(block: dict) -> Iterator[str]:
    """Give the words of a block that says something itself."""
    names = ("title", "alt", "caption", "source", "src", "url")
    yield from plain_lines(block.get("html", ""))
    yield from (block[name] for name in names if block.get(name))
    if block.get("image"):
        yield block["image"]["src"]
    yield from plain_lines(block.get("transcript", ""))


def _said(label: str, quote: dict) -> Iterator[tuple]:
    for words in plain_lines(quote["html"]):
        yield label, words, quote["lang"]
    if "credit" in quote:
        yield _("Credit"), _credit(quote["credit"]), ""


def _lists(document: dict) -> Iterator[tuple]:
    for name, label in LISTS.items():
        for one in document.get(name, ()):
            yield label, _mention(one), one["lang"]
            yield from ((_("Mark"), _mention(mark), mark["lang"]) for mark in one.get("marks", ()))
    for name, label in MENTIONS.items():
        if one := document.get(name):
            yield label, _mention(one), one["lang"]
    for credit in document.get("credits", ()):
        yield _("Credit"), _credit(credit), ""


def _mention(one: dict) -> str:
    """Give how one thing names another: its title, and what is said about it beside that."""
    said = " ".join(plain_lines(one["html"])) if "html" in one else one.get("summary", "")
    facts = [str(SAID.get(words, words)) for name in FACTS if (words := one.get(name))]
    facts += [f"{label}: {one[name]}" for name, label in COUNTS.items() if one.get(name)]
    facts += [_credit(one["credit"])] if "credit" in one else []
    return (f"{one['title']}: {said}" if said else one["title"]) + (f" ({', '.join(facts)})" if facts else "")


def _credit(credit: dict) -> str:
    parts = (credit["name"], credit["year"], credit["thanks"], SAID[credit["naming"]])
    return ", ".join(str(part) for part in parts if part)


def plain_lines(html: str) -> list[str]:
    """Give the words of rich text, a line for each paragraph or point; links with their address behind them."""
    text = strip_tags(NEW_LINE.sub("\n", LINK.sub(r"\2 (\1)", html)))
    lines = (" ".join(unescape(line).split()) for line in text.split("\n"))
    return [line for line in lines if line]
