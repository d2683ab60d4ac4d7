"""Whether two small pictures show the same page: the same blocks of the same grey, whatever their letters."""

from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

GREY = "L"
GREYS = 16
# How many pixels of a small picture make a CSS pixel.
SCALE = 1 / 16
# In pixels of a small picture: a tile is as wide and high as a word or two. What is above may be so much longer or
# shorter that a tile stands this much lower or higher: some two lines of text.
TILE, REACH = 4, 4
# Of 255. A line more puts no tile as far off; a heading, a box or an edge that is gone, ten and more of them.
FAR_OFF, FEW = 14, 6
LONGER = 0.15


def small(png: bytes) -> Image.Image:
    """Give a picture in a few greys."""
    with Image.open(BytesIO(png)) as opened:
        return opened.convert(GREY).quantize(GREYS)


def differences(one: Image.Image, other: Image.Image) -> list[str]:
    """Say in what two pictures differ; [] where both show the same."""
    if one.width != other.width:
        return [f"{other.width} pixels wide instead of {one.width}"]
    if abs(other.height - one.height) > max(LONGER * one.height, REACH):
        return [f"{other.height} pixels high instead of {one.height}"]
    how_many = _tiles(one.convert(GREY), other.convert(GREY)).histogram()
    off = sum(how_many[FAR_OFF + 1 :])
    return [f"{off} of {sum(how_many)} tiles are far off"] if off > FEW else []


def _tiles(one: Image.Image, other: Image.Image) -> Image.Image:
    """How far each tile is off, where the tiles of one picture may move up or down to meet those of the other."""
    size = (one.width, max(one.height, other.height) + 2 * REACH)
    one, other = (_softened(picture, size) for picture in (one, other))
    small = (-(-size[0] // TILE), -(-size[1] // TILE))
    best = Image.new(GREY, small, 255)
    for way in range(-REACH, REACH + 1):
        off = ImageChops.difference(one, ImageChops.offset(other, 0, way))
        best = ImageChops.darker(best, off.resize(small, Image.Resampling.BOX))
    return best


def _softened(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture without its letters, and with the ground below it that it ends with."""
    whole = Image.new(GREY, size, picture.getpixel((0, picture.height - 1)))
    whole.paste(picture, (0, REACH))
    return whole.filter(ImageFilter.GaussianBlur(1))
