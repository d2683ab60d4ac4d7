"""Words as lines: which font has which letter, which way each part is read, and where a line ends."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from PIL import Image, ImageDraw, ImageFont, features

from toolkit.booklet.letters import FONTS, showable

LTR, RTL = "ltr", "rtl"
# In the order in which they are asked for a letter. Those after the first two have signs that are set one by one.
FAMILIES = ("NotoSans-Bold", "NotoSansArabic-Bold", "NotoSansMath-Regular", "NotoSansSymbols2-Regular")
SHAPED = FAMILIES[:2]
# No font has a letter here: what is drawn for it is drawn for every letter that a font lacks.
NO_LETTER = "\ue000"
# Widths are measured once, at this size, and hold at all others but for less than a hundredth.
MEASURED_AT, SAFETY = 100, 1.01
LEADING = 1.28
CUT_OFF = "…"
DIRECTIONS = {"L": LTR, "EN": LTR, "AN": LTR, "R": RTL, "AL": RTL}
CAN_SHAPE = features.check("raqm")


class UnableToWrite(Exception):
    """Our fonts, or the libraries that are here, cannot show these words as they ought to be."""


@dataclass(frozen=True)
class Run:
    """Letters of one font, read in one direction."""

    text: str
    family: str
    dir: str


@lru_cache(maxsize=64)
def font(family: str, size: int) -> ImageFont.FreeTypeFont:
    """Give a font of ours in a size in pixels."""
    is_shaped = CAN_SHAPE and family in SHAPED
    engine = ImageFont.Layout.RAQM if is_shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / f"{family}.ttf", size, layout_engine=engine)


@lru_cache(maxsize=4096)
def _families_with(sign: str) -> tuple[str, ...]:
    return tuple(family for family in FAMILIES if _mask(family, sign) != _mask(family, NO_LETTER))


@lru_cache(maxsize=4096)
def _mask(family: str, sign: str) -> bytes:
    plain = ImageFont.truetype(FONTS / f"{family}.ttf", 24, layout_engine=ImageFont.Layout.BASIC)
    mask = plain.getmask(sign)
    return repr(mask.size).encode() + bytes(mask)


@lru_cache(maxsize=8192)
def runs_of(text: str, dir: str) -> tuple[Run, ...]:
    """Give a text as runs from left to right as they are seen, in a line that is read in a direction.

    Raises UnableToWrite. This is what the Unicode Bidirectional Algorithm comes to where nothing is nested.
    """
    ways = _ways(text, dir)
    if not CAN_SHAPE and (RTL in ways or any(map(unicodedata.combining, text))):
        raise UnableToWrite(text)
    runs = [
        Run("".join(sign for sign, _way, _family in group), family, way)
        for (way, family), group in groupby(
            zip(text, ways, _families(text), strict=True), key=lambda one: (one[1], one[2])
        )
    ]
    spans = [list(group) for _way, group in groupby(runs, key=attrgetter("dir"))]
    spans = [span if span[0].dir == LTR else span[::-1] for span in spans]
    return tuple(run for span in (spans if dir == LTR else spans[::-1]) for run in span)


def can_write(text: str, dir: str) -> bool:
    """Tell whether a text can be shown as it ought to be."""
    try:
        return bool(runs_of(text, dir)) or not text
    except UnableToWrite:
        return False


def _ways(text: str, dir: str) -> list[str]:
    """Give the direction of each sign; one that has none goes with its neighbours where they agree."""
    ways = [DIRECTIONS.get(unicodedata.bidirectional(sign)) for sign in text]
    before, found = dir, []
    for place, way in enumerate(ways):
        if way is None:
            after = next((one for one in ways[place:] if one), dir)
            way = before if before == after or unicodedata.combining(text[place]) else dir
        else:
            before = way
        found.append(way)
    return found


def _families(text: str) -> list[str]:
    found = []
    for sign in text:
        having = _families_with(sign)
        if not having:
            raise UnableToWrite(text)
        found.append(found[-1] if found and found[-1] in having else having[0])
    return found


def width_of(text: str, size: int, dir: str) -> float:
    """Give how wide a text is at a size, a little rounded up. Raises UnableToWrite."""
    return _measured(text, dir) * size / MEASURED_AT * SAFETY


@lru_cache(maxsize=8192)
def _measured(text: str, dir: str) -> float:
    return sum(_length(run, MEASURED_AT) for run in runs_of(text, dir))


def _length(run: Run, size: int) -> float:
    try:
        return font(run.family, size).getlength(run.text, **_shaping(run))
    except (RuntimeError, ValueError) as error:
        # What else the libraries cannot set, such as characters that Unicode has set aside.
        raise UnableToWrite(run.text) from error


def _shaping(run: Run) -> dict:
    return {"direction": run.dir} if CAN_SHAPE and run.family in SHAPED else {}


def clean(text: str) -> str:
    """Give a text with single spaces, and without the signs that it does not need to be understood."""
    return " ".join(unicodedata.normalize("NFC", showable(text).replace("\u200b", "")).split())


def lines_in(text: str, dir: str, *, sizes: tuple[int, ...], width: int, height: int) -> tuple[int, list[str]]:
    """Give the largest of some sizes at which a text fits into a box, and its lines. Raises UnableToWrite.

    Where it fits at none, it ends at a word, and says so.
    """
    for size in sizes:
        rows, lines = max(1, int(height / (size * LEADING))), list(_wrapped(text.split(), size, dir, width))
        if len(lines) <= rows and all(width_of(line, size, dir) <= width for line in lines):
            return size, lines
    parts = [part for word in text.split() for part in _parts(word, size, dir, width)]
    lines = list(_wrapped(parts, size, dir, width))
    if len(lines) > rows:
        lines = [*lines[: rows - 1], _cut(lines[rows - 1], size, dir, width)]
    return size, lines


def _parts(word: str, size: int, dir: str, width: int) -> Iterator[str]:
    """Give a word, in parts where it is wider than a line; an accent stays with its letter."""
    part = ""
    for sign in word:
        if part and not unicodedata.combining(sign) and width_of(part + sign, size, dir) > width:
            yield part
            part = ""
        part += sign
    yield part


def _wrapped(words: list[str], size: int, dir: str, width: int) -> Iterator[str]:
    """Give lines of whole words; a word that is wider than a line stands in one of its own."""
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, dir) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _cut(line: str, size: int, dir: str, width: int) -> str:
    words = line.split()
    while len(words) > 1 and width_of(f"{' '.join(words)} {CUT_OFF}", size, dir) > width:
        words.pop()
    return f"{' '.join(words)} {CUT_OFF}"


def write(draw: ImageDraw.ImageDraw, line: str, dir: str, *, at: str, size: int, width: int, base: int):
    """Write a line that is read in a direction at the edge where lines of a direction begin.

    Its letters stand on `base`. Both directions differ where a page is not in the language of its toolkit.
    """
    runs = runs_of(line, dir)
    lengths = [_length(run, size) for run in runs]
    x = 0 if at == LTR else width - sum(lengths)
    for run, length in zip(runs, lengths, strict=True):
        draw.text((x, base), run.text, fill=255, font=font(run.family, size), anchor="ls", **_shaping(run))
        x += length


def blank(size: tuple[int, int]) -> Image.Image:
    """Give an empty sheet to write on: how much of each pixel is covered, from 0 to 255."""
    return Image.new("L", size)
