"""What the scripts of the editor send of a body of blocks: their count, and the kind, place and value of each."""

import json
from collections.abc import Iterator
from random import Random
from uuid import UUID

from wagtail import blocks

from toolkit.blocks import Body, Pairs, Served

# By the name of the field.
STREAMS = {"body": (Body(), Pairs()), "serves": (Served(),)}
PARAGRAPH = {"key": "a1b2c", "text": "Words of theirs.", "type": "unstyled", "depth": 0}
RANGES = {
    "inlineStyleRanges": [{"offset": 0, "length": 5, "style": "BOLD"}],
    "entityRanges": [{"offset": 6, "length": 2, "key": 0}],
}
LINK = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://example.org/"}}
RICH_TEXT = json.dumps({"blocks": [{**PARAGRAPH, **RANGES}], "entityMap": {"0": LINK}})


def stream(name: str, random: Random) -> Iterator[tuple[str, str]]:
    """Give the fields of a body of some blocks."""
    yield from _stream(name, random.choice(STREAMS[name]), random)


def _stream(prefix: str, block: blocks.StreamBlock, random: Random) -> Iterator[tuple[str, str]]:
    count = random.randrange(3)
    yield f"{prefix}-count", str(count)
    for number in range(count):
        kind, child = random.choice(sorted(block.child_blocks.items()))
        yield f"{prefix}-{number}-type", kind
        yield from _numbered(f"{prefix}-{number}", number, random)
        yield from _value(f"{prefix}-{number}-value", child, random)


def _numbered(prefix: str, number: int, random: Random) -> Iterator[tuple[str, str]]:
    yield f"{prefix}-order", str(number)
    yield f"{prefix}-deleted", ""
    yield f"{prefix}-id", str(UUID(int=random.getrandbits(128), version=4))


def _value(prefix: str, block: blocks.Block, random: Random) -> Iterator[tuple[str, str]]:
    if isinstance(block, blocks.StreamBlock):
        yield from _stream(prefix, block, random)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _value(f"{prefix}-{name}", child, random)
    elif isinstance(block, blocks.ListBlock):
        yield f"{prefix}-count", "1"
        yield from _numbered(f"{prefix}-0", 0, random)
        yield from _value(f"{prefix}-0-value", block.child_block, random)
    elif isinstance(block, blocks.RichTextBlock):
        yield prefix, RICH_TEXT
    else:
        yield prefix, random.choice(("1", "Words.", ""))
