"""What links and pictures stand in the stored fields of a page: plain values in, plain values out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from toolkit.blocks import Image

PAGE, DOCUMENT, IMAGE, ADDRESS = "page", "document", "image", "address"
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TAG = re.compile(r"<[^>]*>")
# What a link in a text is called in a report, at most.
LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a page leads to or shows: a page, document or image by its id ("" for none), or an address.

    `words` are those of a link in a text; of everything else, what kind of block or field it is.
    """

    kind: str
    target: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the body of a page, by its id, and whether somebody who cannot see it is told about it."""

    image: int
    has_words: bool


def found_in(block: blocks.Block, value) -> Iterator[Link | Picture]:
    """Give what stands in a block, from its stored value."""
    if isinstance(block, Image) and isinstance(value, dict) and isinstance(value.get("image"), int):
        yield Picture(value["image"], bool(value.get("decorative") or (value.get("alt") or "").strip()))
    if isinstance(block, blocks.BaseStreamBlock):
        yield from _in_stream(block, value or [])
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from found_in(child, (value or {}).get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value or []:
            # As Wagtail has stored lists since 2.16.
            yield from found_in(
                block.child_block, item["value"] if isinstance(item, dict) and "value" in item else item
            )
    elif isinstance(block, blocks.RichTextBlock):
        yield from links_in(value or "")
    elif kind := kind_of(block):
        yield from _chosen(block, kind, value)


def _in_stream(block: blocks.BaseStreamBlock, value: list) -> Iterator[Link | Picture]:
    for item in value:
        if child := block.child_blocks.get(item["type"]):
            yield from found_in(child, item["value"])


def kind_of(block: blocks.Block) -> str:
    """Say what kind of thing a block chooses, "" when it chooses nothing."""
    kinds = {
        blocks.PageChooserBlock: PAGE,
        DocumentChooserBlock: DOCUMENT,
        ImageChooserBlock: IMAGE,
        blocks.URLBlock: ADDRESS,
    }
    return next((kind for one, kind in kinds.items() if isinstance(block, one)), "")


def _chosen(block: blocks.Block, kind: str, value) -> Iterator[Link]:
    if value or (block.required and kind != ADDRESS):
        yield Link(kind, str(value or ""), str(block.label))


def links_in(html: str) -> Iterator[Link]:
    """Give the links of a rich text, from Wagtail's stored form."""
    if "<a" not in html:
        return
    for attributes, inside in ANCHOR.findall(html):
        said = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        words = " ".join(unescape(TAG.sub("", inside)).split())[:LONGEST_WORDS]
        if said.get("linktype") in (PAGE, DOCUMENT):
            yield Link(said["linktype"], said.get("id", ""), words)
        elif href := said.get("href", "").strip():
            yield Link(ADDRESS, href, words)
