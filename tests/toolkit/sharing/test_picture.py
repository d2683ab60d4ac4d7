"""Pictures of pages: words of any length and direction, whole or not at all, and always the same bytes."""

from io import BytesIO
from time import process_time

import pytest
from PIL import Image

from toolkit.sharing import lines
from toolkit.sharing.lines import UnableToWrite, can_write, clean, lines_in, runs_of
from toolkit.sharing.picture import TITLE, TITLE_SIZES, drawn, has_words
from toolkit.sharing.scene import SCHEMES, SIZE

TOOLKIT = {"text": "A small toolkit", "lang": "en", "dir": "ltr"}


def card(title: str, dir: str = "ltr", **values) -> dict:
    piece = {"text": title, "lang": "en" if dir == "ltr" else "ar", "dir": dir}
    return {"title": piece, "label": None, "toolkit": TOOLKIT, "scheme": "lake", "dir": dir, **values}


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def fitted(title: str, dir: str = "ltr") -> tuple[int, list[str]]:
    _top, height, width = TITLE
    return lines_in(clean(title), dir, sizes=TITLE_SIZES, width=width, height=height)


def forget_what_was_drawn():
    for kept in (lines.runs_of, lines._measured, lines.font):
        kept.cache_clear()


def test_same_card_gives_same_bytes():
    first = drawn(card("Everyone is heard"))
    forget_what_was_drawn()
    assert drawn(card("Everyone is heard")) == first
    assert drawn(card("Everyone is heart")) != first


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_kind_has_its_drawing(scheme):
    picture = opened(drawn(card("Tea first", scheme=scheme)))
    assert picture.size == SIZE
    accent = tuple(bytes.fromhex(SCHEMES[scheme][1:]))
    assert accent in {colour for _count, colour in picture.crop((970, 60, 1120, 220)).getcolors()}


def test_picture_is_small_and_quick():
    title = card("Everyone is heard before anything is decided")
    assert len(drawn(title)) < 20_000
    began = process_time()
    for _turn in range(10):
        drawn(title)
    # It takes 6 ms where nothing else is done.
    assert process_time() - began < 0.3


def test_long_title_is_set_smaller():
    short, _lines = fitted("Tea first")
    size, found = fitted("Everyone who was there says what they saw " * 4)
    assert size < short
    assert " ".join(found) == ("Everyone who was there says what they saw " * 4).strip()


def test_title_without_end_ends_at_a_word():
    words = "Everyone who was there says what they saw "
    size, found = fitted(words * 30)
    assert size == TITLE_SIZES[-1]
    assert found[-1].endswith(" …")
    assert set(" ".join(found).split()) <= {*words.split(), "…"}


def test_word_wider_than_a_line_is_parted():
    _size, found = fitted("Llanfairpwllgwyngyll" * 8)
    assert len(found) > 1
    assert "".join(found) == "Llanfairpwllgwyngyll" * 8


@pytest.mark.parametrize("title", ["", " ", "\x00", "\U0001f6b2", "​", "ﷺ", "é" * 300, "a\u0301" * 200])
def test_odd_titles_stop_nothing(title):
    assert opened(drawn(card(title))).size == SIZE


@pytest.mark.needs("fribidi")
def test_arabic_is_read_from_the_right():
    """From left to right: its end, the Latin letters as they are, the bracket before them, its beginning."""
    runs = runs_of("قرار (PDF 12).", "rtl")
    assert [(run.text, run.dir) for run in runs] == [(").", "rtl"), ("PDF 12", "ltr"), ("(", "rtl"), ("قرار ", "rtl")]


def test_words_without_a_font_are_left_out():
    title = card("共同生产")
    assert not has_words(title)
    assert drawn(title) == drawn(card("別の題"))
    assert has_words(card("Cyd-gynhyrchu â phawb"))


def test_without_shaping_joined_letters_are_left_out(monkeypatch):
    monkeypatch.setattr(lines, "CAN_SHAPE", False)
    forget_what_was_drawn()
    try:
        assert not can_write("قرار", "rtl")
        assert opened(drawn(card("قرار", "rtl"))).size == SIZE
        assert can_write("Heard", "ltr")
    finally:
        forget_what_was_drawn()


@pytest.mark.needs("fribidi")
def test_letters_of_two_scripts_stand_in_one_line():
    with pytest.raises(UnableToWrite):
        runs_of("Heard 共", "ltr")
    assert "".join(run.text for run in runs_of("Heard → قرار", "ltr")) == "Heard → قرار"
