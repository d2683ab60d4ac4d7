"""The headings in a document's body: an id for each, so that a link can lead there, and the list of the main ones."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

# Rich text comes sanitised: its headings carry no attributes.
HEADING = re.compile(r"<h(?P<level>[34])>(?P<html>.*?)</h(?P=level)>", re.DOTALL)
MAIN = 3
# Ids on our pages that are not of headings do not begin so.
PREFIX = "part-"


@dataclass(frozen=True)
class Heading:
    """A heading: its id, which no other on the page has, its level in the document (3 or 4), and its words."""

    id: str
    level: int
    text: str


def headings_of(body: list[dict]) -> list[list[Heading]]:
    """Give the headings of each block of a body, in its order; [] for blocks that have none."""
    given: set[str] = set()
    return [[_heading(found, given) for found in HEADING.finditer(_text(block))] for block in body]


def contents(document: dict) -> list[dict]:
    """Give the main headings of a document: {"id", "text"}, with "lang" and "dir" where its block has them."""
    body = document.get("body", [])
    return [
        {"id": heading.id, "text": heading.text} | {name: block[name] for name in ("lang", "dir") if name in block}
        for block, headings in zip(body, headings_of(body), strict=True)
        for heading in headings
        if heading.level == MAIN
    ]


def on_page(body: list[dict]) -> list[dict]:
    """Give a body as it stands on its page: headings one level up, each with its id.

    Documents start theirs at h3, so that a page that embeds one keeps its own h1 and h2. On our page the text stands
    right below the h1.
    """
    return [
        {**block, "html": _raised(block["html"], headings)} if headings else block
        for block, headings in zip(body, headings_of(body), strict=True)
    ]


def _raised(html: str, headings: list[Heading]) -> str:
    ids = iter([heading.id for heading in headings])

    def one_up(found: re.Match) -> str:
        level = int(found["level"]) - 1
        return f'<h{level} id="{next(ids)}">{found["html"]}</h{level}>'

    return HEADING.sub(one_up, html)


def _text(block: dict) -> str:
    return block["html"] if block["type"] == "text" else ""


def _heading(found: re.Match, given: set[str]) -> Heading:
    text = unescape(strip_tags(found["html"]))
    name = wanted = PREFIX + (slugify(text, allow_unicode=True) or "1")
    count = 1
    while name in given:
        count += 1
        name = f"{wanted}-{count}"
    given.add(name)
    return Heading(name, int(found["level"]), text)
