"""What the index keeps of a document: where it belongs, and the summary that lists show of it. Pure."""

from dataclasses import dataclass

from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.shapes import SUMMARIES, shaped


@dataclass(frozen=True)
class Thing:
    """A document as lists know it. `links` are (type, code) of the stages and marks that it belongs to."""

    key: str
    locale: str
    type: str
    code: str
    kind: str
    summary: str
    links: frozenset[tuple[str, str]]


def thing_of(document: dict) -> Thing:
    """Give what the index keeps of a document."""
    return Thing(
        key=document["key"],
        locale=document["locale"],
        type=document["type"],
        code=document["code"],
        kind=document.get("kind", ""),
        summary=canonical_bytes(shaped(SUMMARIES[document["type"]], document)).decode(),
        links=frozenset(_links(document)),
    )


def _links(document: dict):
    stages = [document["stage"]] if document.get("stage") else document.get("stages", ())
    # The home page lists stages, and stages list their marks: what belongs to a thing is not what it belongs to.
    if document["type"] in ("mark", "idea"):
        yield from (("stage", stage["code"]) for stage in stages)
    if document["type"] in ("quote", "idea"):
        yield from (("mark", mark["code"]) for mark in document["marks"])
