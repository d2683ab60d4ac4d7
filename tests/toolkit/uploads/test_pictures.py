"""Pictures on their way in: nothing but pixels comes through, and what is refused is refused before it is decoded."""

from io import BytesIO
from struct import pack

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from tests.pictures import (
    HTML,
    NEEDLES,
    PDF,
    SVG,
    bomb,
    drawing,
    moving,
    picture,
    profile,
    telling,
    with_script_in_head,
)
from toolkit.uploads.containers import holds_only_pixels
from toolkit.uploads.pictures import drawn_anew, kept_or_drawn_anew

KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]


def seen(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def colours(image: Image.Image) -> list[str]:
    """Give the colours at the left and at the right, as the strongest of red, green and blue."""
    image = image.convert("RGB")
    places = [(2, image.height // 2), (image.width - 3, image.height // 2)]
    return ["rgb"[max(range(3), key=image.getpixel(place).__getitem__)] for place in places]


def refusal(content: bytes, name: str = "tea.png") -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        drawn_anew(content, name)
    return refused.value


# --- What comes through -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_pixels_comes_through(kind):
    told = telling(kind)
    assert any(needle in told for needle in NEEDLES)
    _name, drawn = drawn_anew(told, "tea")
    assert not [needle for needle in NEEDLES if needle in drawn]
    assert holds_only_pixels(drawn)
    image = seen(drawn)
    assert not image.getexif() and not image.info.keys() & {"icc_profile", "exif", "xmp", "comment"}
    assert (image.size, colours(image)) == ((40, 20), ["r", "b"])


@pytest.mark.parametrize("kind", KINDS)
def test_same_picture_gives_the_same_bytes(kind):
    assert drawn_anew(telling(kind), "tea") == drawn_anew(telling(kind), "tea")


@pytest.mark.parametrize(
    ("kind", "mode", "options", "name"),
    [
        ("JPEG", "RGB", {}, "tea.jpg"),
        ("PNG", "RGB", {}, "tea.png"),
        ("GIF", "P", {}, "tea.png"),
        ("WEBP", "RGB", {"lossless": True}, "tea.png"),
        ("WEBP", "RGB", {}, "tea.jpg"),
        ("WEBP", "RGBA", {}, "tea.jpg"),
        ("AVIF", "RGB", {}, "tea.jpg"),
    ],
)
def test_name_ends_as_the_bytes_begin(kind, mode, options, name):
    drawn_name, drawn = drawn_anew(picture(kind, mode, **options), "tea.exe")
    assert drawn_name == name
    assert seen(drawn).format == {"jpg": "JPEG", "png": "PNG"}[name[-3:]]


def test_script_in_a_picture_is_gone():
    polyglot = with_script_in_head()
    assert polyglot[6:8] == b"/*"
    _name, drawn = drawn_anew(polyglot, "tea.js")
    assert drawn.startswith(b"\x89PNG") and b"alert" not in drawn


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_lying_on_its_side_is_turned(kind):
    exif = Image.Exif()
    exif[0x0112] = 6
    _name, drawn = drawn_anew(picture(kind, exif=exif), "tea")
    image = seen(drawn).convert("RGB")
    assert image.size == (20, 40)
    assert image.getpixel((10, 3))[0] > 150 and image.getpixel((10, 36))[2] > 150


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF"])
def test_what_is_transparent_stays_so(kind):
    clear = drawing("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 20, 20))
    file = BytesIO()
    clear.save(file, kind)
    _name, drawn = drawn_anew(file.getvalue(), "tea")
    opacity = seen(drawn).convert("RGBA").getchannel("A")
    assert (opacity.getpixel((2, 10)), opacity.getpixel((37, 10))) == (0, 255)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "1"), ("PNG", "L"), ("PNG", "LA"), ("PNG", "P"), ("JPEG", "L")])
def test_pictures_without_colours_are_let_in(kind, mode):
    _name, drawn = drawn_anew(picture(kind, mode), "tea")
    assert seen(drawn).size == (40, 20)


def test_picture_for_print_is_shown_in_screen_colours():
    _name, drawn = drawn_anew(picture("JPEG", "CMYK"), "tea.jpg")
    assert (seen(drawn).mode, colours(seen(drawn))) == ("RGB", ["r", "b"])


def test_finer_greys_are_not_washed_out():
    file = BytesIO()
    Image.new("I;16", (4, 4), 0x4000).save(file, "PNG")
    _name, drawn = drawn_anew(file.getvalue(), "tea.png")
    assert seen(drawn).convert("L").getpixel((1, 1)) == 0x40


def test_other_colours_than_those_of_screens_are_converted():
    file = BytesIO()
    # Its profile says of each colour what is meant: here, that the picture is much darker than its numbers.
    drawing("L").save(file, "PNG", icc_profile=grey_profile())
    _name, drawn = drawn_anew(file.getvalue(), "tea.png")
    plain, converted = drawing("L").getpixel((2, 10)), seen(drawn).convert("L").getpixel((2, 10))
    assert converted < plain - 5


@pytest.mark.parametrize("broken", [b"no profile", profile("LAB")])
def test_profile_that_does_not_fit_is_left_out(broken):
    _name, drawn = drawn_anew(picture("PNG", icc_profile=broken), "tea.png")
    assert colours(seen(drawn)) == ["r", "b"]


def test_second_picture_behind_a_photo_is_left_out():
    file = BytesIO()
    drawing().save(file, "MPO", save_all=True, append_images=[drawing("L").convert("RGB")])
    assert seen(file.getvalue()).n_frames == 2
    name, drawn = drawn_anew(file.getvalue(), "tea.jpg")
    assert (name, seen(drawn).format, colours(seen(drawn))) == ("tea.jpg", "JPEG", ["r", "b"])


# --- What is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [HTML, PDF, b"", b"only words", b"BM" + bytes(60), b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    error = refusal(content)
    assert (error.code, "Save it as JPEG" in error.messages[0]) == ("no_picture", True)


@pytest.mark.parametrize("content", [SVG, SVG[21:], b"\xef\xbb\xbf<!-- a drawing -->\n<SVG></SVG>"])
def test_svg_is_refused_with_a_way_out(content):
    error = refusal(content, "tea.svg")
    assert (error.code, "Save it as a PNG picture" in error.messages[0]) == ("svg", True)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF"])
def test_picture_that_moves_is_refused(kind):
    assert refusal(moving(kind)).code == "moves"


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_picture_is_refused(kind):
    whole = picture(kind)
    assert refusal(whole[: len(whole) * 2 // 3]).code in ("broken", "no_picture")


def decoding(monkeypatch):
    """Let the test fail where a picture is decoded."""

    def load(self):
        raise AssertionError("decoded")

    for name in ("PngImagePlugin.PngImageFile", "ImageFile.ImageFile"):
        monkeypatch.setattr(f"PIL.{name}.load", load)


@pytest.mark.parametrize("size", [(20_000, 20_000), (8_000, 5_001), (4_000_000_000, 1), (65_535, 65_535)])
def test_bomb_is_refused_before_it_is_decoded(monkeypatch, size):
    decoding(monkeypatch)
    assert refusal(bomb(*size)).code in ("too_many_pixels", "no_picture")


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "WEBP"])
def test_bombs_of_other_kinds_are_refused_before_they_are_decoded(monkeypatch, kind):
    decoding(monkeypatch)
    file = bytearray(picture(kind))
    # Where it says how large it is.
    place = {"GIF": 6, "JPEG": file.find(b"\xff\xc0") + 5, "WEBP": 26}[kind]
    file[place : place + 4] = b"\xff\x3f\xff\x3f"
    assert refusal(bytes(file)).code == "too_many_pixels"


def test_most_pixels_are_as_set(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 2_000_000
    error = refusal(bomb(2000, 1001))
    assert "more than 2 million pixels" in error.messages[0]


def test_too_many_bytes_are_refused_before_they_are_looked_at(settings, monkeypatch):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 1000
    monkeypatch.setattr("PIL.Image.open", None)
    assert refusal(bytes(1001)).messages == [
        "This file is too large: 1001\xa0bytes. The most is 1000\xa0bytes. Make it smaller, then upload it again."
    ]


# --- What was drawn anew already ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_picture_of_a_bundle_is_drawn_anew_once(kind):
    name, drawn = kept_or_drawn_anew(telling(kind), "tea")
    assert kept_or_drawn_anew(drawn, name) == (name, drawn)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_whatever_stands_beside_the_pixels_is_found(kind):
    plain = picture(kind)
    assert holds_only_pixels(plain)
    extras = [{"icc_profile": profile()}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"}]
    extras += [{"comment": b"x"}] if kind == "JPEG" else []
    assert not any(holds_only_pixels(picture(kind, **extra)) for extra in extras)
    assert not holds_only_pixels(plain + b"x")
    assert not any(holds_only_pixels(plain[:end]) for end in range(len(plain)))


def test_progressive_photo_holds_only_pixels():
    assert holds_only_pixels(picture("JPEG", progressive=True))


def test_damaged_picture_of_a_bundle_is_refused():
    broken = bytearray(picture("PNG"))
    place = broken.index(b"IDAT") + 10
    broken[place : place + 8] = bytes(8)
    with pytest.raises(ValidationError) as refused:
        kept_or_drawn_anew(bytes(broken), "tea.png")
    assert refused.value.code == "broken"


def grey_profile() -> bytes:
    """Give the profile of greys that are darker than those of screens: gamma 3."""

    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + pack(">3i", *(round(value * 65536) for value in (x, y, z)))

    tags = {
        b"wtpt": xyz(0.9642, 1, 0.8249),
        b"kTRC": b"curv\0\0\0\0" + pack(">IH", 1, 3 * 256) + b"\0\0",
        b"desc": b"desc\0\0\0\0" + pack(">I", 2) + b"g\0" + bytes(79),
        b"cprt": b"text\0\0\0\0free\0\0\0\0",
    }
    place, table, data = 128 + 4 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += name + pack(">II", place + len(data), len(content))
        data += content
    head = bytes(4) + bytes(4) + pack(">I", 0x02400000) + b"mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    head += pack(">3i", 63190, 65536, 54061) + bytes(48)
    whole = head + pack(">I", len(tags)) + table + data
    return pack(">I", len(whole)) + whole[4:]
