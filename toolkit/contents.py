"""The parts of a document's body: an id for each, so that a link can lead there, and the lists of such links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import slugify

# Rich text comes sanitised: its headings and paragraphs carry no attributes.
PART = re.compile(r"<(?P<tag>h3|h4|p)>(?P<html>.*?)</(?P=tag)>", re.DOTALL)
MAIN = "h3"
RAISED = {"h3": "h2", "h4": "h3", "p": "p"}
# Ids on our pages that are of nothing in the body do not begin so.
PREFIXES = {"h3": "part-", "h4": "part-", "p": "text-"}
QUOTE_PREFIX = "quote-"
# So many words of a paragraph tell it from the others.
WORDS = 7


@dataclass(frozen=True)
class Part:
    """A heading, paragraph or quote: its id, which no other on the page has, its tag ("" for a quote), its words."""

    id: str
    tag: str
    text: str


def contents(document: dict) -> list[dict]:
    """Give the main headings of a document: {"id", "text"}, with "lang" and "dir" where its block has them."""
    return [_link(part, block) for part, block in _parts(document) if part.tag == MAIN]


def shared(document: dict) -> list[dict]:
    """Give all parts of a document that somebody may want to pass on, as `contents` does, each with its "kind"."""
    kinds = {"": "quote", "p": "paragraph"}
    return [
        {**_link(part, block), "text": _beginning(part), "kind": kinds.get(part.tag, "heading")}
        for part, block in _parts(document)
    ]


def on_page(body: list[dict], plain: list[dict]) -> list[dict]:
    """Give a body as it stands on its page: headings one level up, each part with its id, a quote with its "anchor".

    `plain` is the same body as the document has it: ids are made of its words alone. Documents start their headings
    at h3, so that a page that embeds one keeps its own h1 and h2. On our page the text stands right below the h1.
    """
    return [_placed(block, parts) for block, parts in zip(body, _parts_of(plain), strict=True)]


def _parts(document: dict) -> Iterator[tuple[Part, dict]]:
    body = document.get("body", [])
    for block, parts in zip(body, _parts_of(body), strict=True):
        yield from ((part, block) for part in parts)


def _parts_of(body: list[dict]) -> list[list[Part]]:
    given: set[str] = set()
    return [_quote(block, given) if block["type"] == "quote" else _text(block, given) for block in body]


def _quote(block: dict, given: set[str]) -> list[Part]:
    """Give a quote's id by its code, which never changes; where it stands a second time, none."""
    name = f"{QUOTE_PREFIX}{block['quote']['code']}"
    if name in given:
        return []
    given.add(name)
    return [Part(name, "", block["quote"]["title"])]


def _text(block: dict, given: set[str]) -> list[Part]:
    html = block["html"] if block["type"] == "text" else ""
    return [_part(found, given) for found in PART.finditer(html)]


def _part(found: re.Match, given: set[str]) -> Part:
    tag, text = found["tag"], unescape(strip_tags(found["html"]))
    said = " ".join(text.split()[:WORDS]) if tag == "p" else text
    name = wanted = PREFIXES[tag] + (slugify(said, allow_unicode=True) or "1")
    count = 1
    while name in given:
        count += 1
        name = f"{wanted}-{count}"
    given.add(name)
    return Part(name, tag, text)


def _placed(block: dict, parts: list[Part]) -> dict:
    if block["type"] == "quote":
        return {**block, "anchor": parts[0].id} if parts else block
    return {**block, "html": _raised(block["html"], parts)} if parts else block


def _raised(html: str, parts: list[Part]) -> str:
    ids = iter([part.id for part in parts])

    def one_up(found: re.Match) -> str:
        tag = RAISED[found["tag"]]
        return f'<{tag} id="{next(ids)}">{found["html"]}</{tag}>'

    return PART.sub(one_up, html)


def _link(part: Part, block: dict) -> dict:
    return {"id": part.id, "text": part.text} | {name: block[name] for name in ("lang", "dir") if name in block}


def _beginning(part: Part) -> str:
    words = part.text.split()
    return " ".join(words[:WORDS]) + " …" if part.tag == "p" and len(words) > WORDS else part.text
