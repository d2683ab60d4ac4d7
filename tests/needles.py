"""Needles: words that stand nowhere else, to be put where nothing may get out, and looked for in all that does."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
from django.db.models import CharField, TextField
from wagtail.fields import StreamField

# An index that leaves out the letters which a word shares with its neighbour still keeps what comes after the first.
WORD = "zqneedle"
SEEN = re.compile(rb"qneedle\w*", re.IGNORECASE)
# Places in the tree, and words out of a fixed list: no editor's own words fit in.
STRUCTURE = {"path", "slug", "url_path", "code", "naming", "consent", "kind", "setting", "original_language"}
UNPACK = {".br": brotli.decompress, ".gz": gzip.decompress}


def text_fields(model) -> list[str]:
    """Give the names of a model's fields that take somebody's own words."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, CharField | TextField)]
    return [field.name for field in fields if field.name not in STRUCTURE and not isinstance(field, StreamField)]


def needle(*where: str) -> str:
    """Give the needle for a place: one word, which says where it was hidden."""
    return WORD + re.sub(r"\W|_", "", "".join(where))


def needles_in(content: bytes) -> list[str]:
    """Give the needles that stand in some bytes, once each."""
    return sorted({found.decode() for found in SEEN.findall(content)})


def all_bytes(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Give every file of a folder, names and bytes, what is compressed as it is, and unpacked."""
    for path in filter(Path.is_file, sorted(folder.rglob("*"))):
        content = path.read_bytes()
        unpack = UNPACK.get(path.suffix, bytes)
        yield path, b"\n".join([str(path.relative_to(folder)).encode(), content, unpack(content)])
