"""In which form a client takes an answer: as JSON or not at all, and packed how. Pure rules."""

import gzip
from functools import lru_cache, partial

import brotli
from django.http.request import MediaType

# From the most exact on: what says most about JSON counts, as RFC 9110 has it.
JSON_RANGES = ("application/json", "application/*", "*/*")
# What an answer is packed with, in the order in which we like it. At these levels it takes less than a millisecond.
PACKERS = {"br": partial(brotli.compress, quality=4), "gzip": partial(gzip.compress, compresslevel=6, mtime=0)}


def qualities(header: str) -> dict[str, float]:
    """Read an Accept… header: how much each form is liked, from 0 (not at all) to 1; its parameters are left out."""
    found: dict[str, float] = {}
    for token in filter(None, map(str.strip, header.split(","))):
        form = MediaType(token)
        name = f"{form.main_type}/{form.sub_type}".rstrip("/")
        found[name] = max(form.quality, found.get(name, 0))
    return found


# A page asks with the same header again and again.
@lru_cache(maxsize=128)
def accepts_json(accept: str) -> bool:
    """Tell whether a client that sends this Accept header takes JSON; one that sends none takes anything."""
    liked = qualities(accept)
    return not liked or next((liked[name] for name in JSON_RANGES if name in liked), 0) > 0


def packing(accept_encoding: str) -> str:
    """Give the content coding for a client that sends this Accept-Encoding header, "" for none."""
    liked = qualities(accept_encoding)
    return next((name for name in PACKERS if liked.get(name, 0) > 0), "")


def packed(body: bytes, coding: str) -> bytes:
    """Give bytes in a content coding; the same bytes give the same every time."""
    return PACKERS[coding](body) if coding else body


def is_known(if_none_match: str, etag: str) -> bool:
    """Tell whether a client has these bytes already: its list of ETags, weak ones too, holds ours."""
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return not known.isdisjoint({"*", etag})
