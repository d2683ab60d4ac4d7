"""What is behind the words of a picture: paper, the shore of a lake, and a drawing of what the page is."""

from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

SIZE = WIDTH, HEIGHT = 1200, 630
# Drawn so many times larger, so that what is made smaller has soft edges.
FINE = 4
PAPER, INK, LAKE, PALE = "#fbf6ea", "#26221d", "#0f5a66", "#d9ecea"
# As in the site's stylesheet.
SCHEMES = {"lake": LAKE, "snake": "#9a3412", "ladder": "#2d6136", "observation": "#5b4690"}
# Sixteen colours, so that two pixels take a byte: these are the places at which each row of colours begins and ends.
INK_STEPS, ACCENT_STEPS, FOAM_STEPS = range(7), (0, 7, 8, 9), (12, 13, 14, 0)
PALE_WATER, MIDDLE_WATER, DEEP_WATER = 10, 11, 12
LINE = 9
# The drawing stands in a square in the upper corner at the end of the lines.
MOTIF, EDGE, TOP = 150, 80, 66
# Where each water begins, how high its waves are, how many there are, and where they start.
WATERS = ((470, 13, 2.2, 0.4, PALE_WATER), (500, 12, 2.9, 2.1, MIDDLE_WATER), (531, 9, 3.6, 4.0, DEEP_WATER))
# Where the light lies on the water, away from the words: the middle of each ripple, and half its length.
RIPPLES = ((1010, 584, 44), (1100, 606, 30), (930, 612, 26))


def palette(scheme: str) -> list[int]:
    """Give the colours of a picture, as red, green and blue one after the other."""
    accent = SCHEMES[scheme]
    colours = [
        *(_between(PAPER, INK, step / 6) for step in INK_STEPS),
        *(_between(PAPER, accent, step / 3) for step in (1, 2, 3)),
        *(_rgb(PALE), _between(PALE, LAKE, 0.45)),
        *(_between(LAKE, PAPER, step / 3) for step in (0, 1, 2)),
        _between(PALE, PAPER, 0.5),
    ]
    return [part for colour in colours for part in colour]


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _between(first: str, last: str, share: float) -> tuple[int, ...]:
    return tuple(round(one + (other - one) * share) for one, other in zip(_rgb(first), _rgb(last), strict=True))


def over(sheet: Image.Image, cover: Image.Image, steps, place: tuple[int, int] = (0, 0)):
    """Lay a drawing on a sheet: where a pixel is covered more, its colour is further on in a row of steps."""
    last = len(steps) - 1
    shades = [steps[round(value * last / 255)] for value in range(256)]
    seen = [255 if round(value * last / 255) else 0 for value in range(256)]
    sheet.paste(cover.point(shades), place, cover.point(seen))


@lru_cache(maxsize=16)
def scene(scheme: str, dir: str) -> Image.Image:
    """Give the sheet on which words are written, as numbers of colours. It is drawn once; copy it."""
    sheet = Image.new("L", SIZE)
    for level, height, count, start, colour in WATERS:
        over(sheet, _soft(SIZE, lambda draw, wave=(level, height, count, start): _water(draw, *wave)), (0, colour))
    over(sheet, _soft(SIZE, lambda draw: _ripples(draw, dir)), (0, *FOAM_STEPS[1:3]))
    left = WIDTH - EDGE - MOTIF if dir == "ltr" else EDGE
    over(sheet, _soft((MOTIF, MOTIF), MOTIFS[scheme]), ACCENT_STEPS, (left, TOP))
    return sheet


def _soft(size: tuple[int, int], drawing) -> Image.Image:
    large = Image.new("L", (size[0] * FINE, size[1] * FINE))
    drawing(ImageDraw.Draw(large))
    return large.resize(size, Image.Resampling.BOX)


def _water(draw: ImageDraw.ImageDraw, level: int, height: int, count: float, start: float):
    wave = [
        (x * FINE, (level + height * sin(start + 2 * pi * count * x / WIDTH)) * FINE) for x in range(0, WIDTH + 1, 4)
    ]
    draw.polygon([*wave, (WIDTH * FINE, HEIGHT * FINE), (0, HEIGHT * FINE)], fill=255)


def _ripples(draw: ImageDraw.ImageDraw, dir: str):
    for middle, y, half in RIPPLES:
        middle = middle if dir == "ltr" else WIDTH - middle
        _stroke(draw, [(middle + x, y - 6 * cos(x / half * pi / 2)) for x in range(-half, half + 1, 2)], 3)


def _stroke(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float):
    """Draw a line with round ends and corners, in the measure of the motif's square."""
    large = [(x * FINE, y * FINE) for x, y in points]
    draw.line(large, fill=255, width=round(width * FINE), joint="curve")
    for x, y in (large[0], large[-1]):
        radius = width * FINE / 2
        draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=255)


def _ladder(draw: ImageDraw.ImageDraw):
    _stroke(draw, [(54, 14), (40, 138)], LINE)
    _stroke(draw, [(98, 10), (112, 136)], LINE)
    for y in (34, 62, 90, 118):
        _stroke(draw, [(52 - y / 9, y + 1), (100 + y / 9, y - 2)], LINE - 2)


def _snake(draw: ImageDraw.ImageDraw):
    _stroke(draw, [(12 + step, 78 + 30 * sin(step / 17)) for step in range(0, 108, 2)], LINE + 5)
    draw.ellipse([part * FINE for part in (106, 66, 142, 92)], fill=255)
    draw.ellipse([part * FINE for part in (127, 73, 133, 79)], fill=0)


def _observation(draw: ImageDraw.ImageDraw):
    """Rings on water: a thought that was dropped in."""
    for radius in (64, 42, 20):
        _stroke(
            draw,
            [
                (75 + radius * cos(turn * pi / 60), 78 + radius * 0.62 * sin(turn * pi / 60))
                for turn in range(121 if radius < 60 else 96)
            ],
            LINE - 2,
        )
    draw.ellipse([part * FINE for part in (69, 72, 81, 84)], fill=255)


def _lake(draw: ImageDraw.ImageDraw):
    """The toolkit's own sign: a ladder and a snake on a round lake."""
    draw.ellipse([part * FINE for part in (5, 7, 145, 143)], fill=255)
    cut = Image.new("L", (MOTIF * FINE, MOTIF * FINE))
    inner = ImageDraw.Draw(cut)
    for line in ([(58, 28), (49, 122)], [(92, 28), (101, 122)], [(56, 48), (94, 48)], [(54, 73), (96, 73)]):
        _stroke(inner, line, LINE)
    _stroke(inner, [(52, 98), (98, 98)], LINE)
    draw.bitmap((0, 0), cut, fill=0)


MOTIFS = {"lake": _lake, "snake": _snake, "ladder": _ladder, "observation": _observation}
