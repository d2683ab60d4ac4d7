"""From a card to the bytes of its picture. The same card gives the same bytes, on any day."""

import zlib
from io import BytesIO

from PIL import Image, ImageDraw

from toolkit.sharing.lines import LEADING, LTR, UnableToWrite, blank, can_write, clean, lines_in, write
from toolkit.sharing.scene import ACCENT_STEPS, EDGE, FOAM_STEPS, INK_STEPS, MOTIF, SIZE, WIDTH, over, palette, scene

TITLE_SIZES = (84, 76, 68, 60, 52, 46, 40, 34)
SMALL_SIZES = (34, 30, 26)
# The first line stands so far below the top of its box that no accent is cut off, in heights of its letters.
RISE = 1.15
# The boxes of the label, the title and the toolkit's name: top, height, and how wide each is.
BESIDE_MOTIF = WIDTH - 3 * EDGE - MOTIF + 20
LABEL, TITLE, NAME = (60, 52, BESIDE_MOTIF), (112, 345, BESIDE_MOTIF), (553, 56, WIDTH - 2 * EDGE - 230)


def drawn(card: dict) -> bytes:
    """Draw a card as a PNG. Where its words cannot be written as they ought to be, it is the drawing alone."""
    sheet = scene(card["scheme"], card["dir"]).copy()
    try:
        covers = [
            (_written(card["label"], LABEL, SMALL_SIZES, card["dir"]), LABEL, ACCENT_STEPS),
            (_written(card["title"], TITLE, TITLE_SIZES, card["dir"]), TITLE, INK_STEPS),
            (_written(card["toolkit"], NAME, SMALL_SIZES, card["dir"]), NAME, FOAM_STEPS),
        ]
    except UnableToWrite:
        covers = []
    for cover, (top, _height, width), steps in covers:
        if cover:
            over(sheet, cover, steps, (EDGE if card["dir"] == LTR else WIDTH - EDGE - width, top))
    return _png(sheet, card["scheme"])


def has_words(card: dict) -> bool:
    """Tell whether a picture shows the words of its card."""
    pieces = (card["label"], card["title"], card["toolkit"])
    return all(can_write(clean(piece["text"]), piece["dir"]) for piece in pieces if piece)


def _set(piece: dict, box: tuple[int, int, int], sizes: tuple[int, ...]) -> tuple[int, list[str]]:
    _top, height, width = box
    return lines_in(clean(piece["text"]), piece["dir"], sizes=sizes, width=width, height=height)


def _written(piece: dict | None, box: tuple[int, int, int], sizes: tuple[int, ...], dir: str) -> Image.Image | None:
    """Write some words into a box, at the edge from which the page is read. Raises UnableToWrite."""
    if not piece:
        return None
    size, lines = _set(piece, box, sizes)
    _top, height, width = box
    cover = blank((width, height))
    draw = ImageDraw.Draw(cover)
    for number, line in enumerate(lines):
        write(draw, line, piece["dir"], at=dir, size=size, width=width, base=round(size * (RISE + LEADING * number)))
    return cover


def _png(sheet: Image.Image, scheme: str) -> bytes:
    sheet.putpalette(palette(scheme))
    opened = BytesIO()
    # Large areas of one colour: counting equal bytes makes files as small as looking for patterns, in half the time.
    sheet.save(opened, "PNG", bits=4, compress_type=zlib.Z_RLE)
    return opened.getvalue()


__all__ = ["SIZE", "drawn", "has_words"]
