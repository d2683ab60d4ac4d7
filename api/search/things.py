"""What the index keeps of a document: where it belongs, what lists show of it, and the words in it. Pure."""

from dataclasses import dataclass

from wagtail.rich_text import get_text_for_indexing

from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.shapes import SUMMARIES, shaped

# What blocks hold beside their HTML.
TEXTS = ("title", "alt", "caption", "transcript", "source")


@dataclass(frozen=True)
class Thing:
    """A document as lists and search know it.

    `links` are (type, code) of the stages and marks that it belongs to; `lead` and `body` are plain text.
    """

    key: str
    locale: str
    type: str
    code: str
    kind: str
    minutes: int | None
    people_from: int | None
    people_to: int | None
    setting: str
    summary: str
    links: frozenset[tuple[str, str]]
    title: str
    lead: str
    body: str


def thing_of(document: dict) -> Thing:
    """Give what the index keeps of a document."""
    return Thing(
        key=document["key"],
        locale=document["locale"],
        type=document["type"],
        code=document["code"],
        kind=document.get("kind", ""),
        minutes=document.get("minutes"),
        people_from=document.get("people_from"),
        people_to=document.get("people_to"),
        setting=document.get("setting", ""),
        summary=canonical_bytes(shaped(SUMMARIES[document["type"]], document)).decode(),
        links=frozenset(_links(document)),
        title=document["title"],
        lead=document["summary"],
        body="\n".join(filter(None, map(str.strip, _texts(document)))),
    )


def _links(document: dict):
    stages = [document["stage"]] if document.get("stage") else document.get("stages", ())
    # The home page lists stages, and stages list their marks: what belongs to a thing is not what it belongs to.
    if document["type"] in ("mark", "idea"):
        yield from (("stage", stage["code"]) for stage in stages)
    if document["type"] in ("quote", "idea"):
        yield from (("mark", mark["code"]) for mark in document["marks"])


def _texts(document: dict):
    """Give all words of a document but its title. What it quotes has a document of its own, and is found there."""
    if "html" in document:
        yield get_text_for_indexing(document["html"])
    for block in document.get("body", ()):
        if "html" in block:
            yield get_text_for_indexing(block["html"])
        yield from (block[name] for name in TEXTS if block.get(name))
    yield document.get("source", "")
