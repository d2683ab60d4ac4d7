"""The booklet for whoever reads it by eye, ear or hand: tagged, in order, and nothing in it but what was written."""

from io import BytesIO
from itertools import pairwise

import pdfua
import pikepdf
import pytest
from PIL import Image

from tests.toolkit.booklet.books import (
    ARABIC,
    ENGLISH,
    SITE,
    book,
    bookmarks,
    document,
    elements,
    headings,
    opened,
    pdf_bytes,
    text,
)
from toolkit.booklet.letters import letters

HOSTILE = [
    "#panic(1)",
    "$x^2$",
    "\\",
    '"quoted"',
    "@label",
    "`code`",
    "```raw",
    "*bold* _em_",
    "= Heading",
    "<label>",
    "// comment",
    "/* open",
    "]{}[",
    "a" * 500,
    "https://example.org/" + "b" * 300,
    "~ -- --- ...",
]


def picture(_address: str) -> bytes:
    made = BytesIO()
    Image.new("RGBA", (40, 30), (255, 0, 0, 128)).save(made, "WEBP")
    return made.getvalue()


def image(**more) -> dict:
    shown = {"type": "image", "image": {"src": "/media/tea.webp", "width": 40, "height": 30}}
    return {**shown, "alt": "A cup of tea", "decorative": False, "caption": "", **more}


def quote(kind: str, **more) -> dict:
    credit = {"naming": "illustrative", "name": "Carer", "year": 2026, "thanks": ""}
    said = {"kind": kind, "html": "<p>It happened.</p>", "credit": credit, "original_language": "", **ENGLISH}
    return {"type": "quote", "quote": {**said, **more}}


def test_says_language_title_and_standard():
    pdf = opened(book(home=document("home", type="toolkit", title="Tea & cake")))
    assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en", True)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as meta:
        assert (meta["dc:title"], meta["pdfuaid:part"]) == ("Tea & cake", "1")


def test_checker_finds_nothing(tmp_path):
    made = book(
        document("tea", text("<p>See <a href='https://example.org'>this</a>.</p>"), image(), quote("snake")),
        document("cake", text("<h4>One</h4><ul><li>Two</li></ul>"), quote("ladder"), quote("observation")),
    )
    file = tmp_path / "booklet.pdf"
    file.write_bytes(pdf_bytes(made, picture))
    assert list(pdfua.validate(str(file)).findings) == []


def test_headings_follow_the_book():
    pdf = opened(book(document("tea", text("<h4>Why</h4><p>So.</p>"), title="Tea"), document("cake", title="Cake")))
    assert headings(pdf) == [
        ("H1", "Contents"),
        ("H1", "About this toolkit"),
        ("H1", "planning"),
        ("H2", "Tea"),
        ("H3", "Why"),
        ("H3", "Four questions for your group"),
        ("H2", "Cake"),
        ("H3", "Four questions for your group"),
    ]
    assert bookmarks(pdf) == ["About this toolkit", "planning", "Tea", "Cake"]


def test_no_heading_skips_a_level():
    pdf = opened(book(document("tea", text("<h5>Deep</h5><h4>Less</h4><h5>Deep</h5>"))))
    levels = [int(tag[1:]) for tag, _words in headings(pdf)]
    assert all(now <= before + 1 for before, now in pairwise(levels))


def test_pictures_have_their_words():
    pdf = opened(book(document("tea", image(), image(alt="", decorative=True))), picture)
    assert [str(one.get("/Alt")) for one in elements(pdf) if one.S == "/Figure"] == ["A cup of tea"]


@pytest.mark.parametrize("content", [None, b"", b"no picture"])
def test_picture_that_cannot_be_read_leaves_its_words(content):
    pdf = opened(book(document("tea", image(caption="Below"))), lambda address: content)
    assert [one for one in elements(pdf) if one.S == "/Figure"] == []


def test_every_font_is_in_it():
    pdf = opened(book(document("tea", text("<p><b>Tea</b> <i>cake</i> → شاي</p>"))))
    fonts = [
        one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    assert len(fonts) >= 4
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_arabic_runs_from_right_to_left():
    home = {**document("home", type="toolkit", title="علامة الإنتاج المشترك"), **ARABIC}
    pdf = opened(book(document("tea", title="Tea"), home=home, locale="ar", **ARABIC))
    assert str(pdf.Root.Lang) == "ar"
    assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
    # A mark that is not translated says in which language it is.
    assert "en" in {str(one.Lang) for one in elements(pdf) if "/Lang" in one}


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_words_are_never_markup(words):
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    blocks = [text(f"<p>{escaped}</p><h4>{escaped}</h4>"), quote("snake", html=f"<p>{escaped}</p>"), image(alt=words)]
    pdf = opened(book(document("tea", *blocks, title=words, summary=words)), picture)
    said = [title.replace("\u200b", "") for _tag, title in headings(pdf)]
    assert said.count(words) == 2


def test_links_lead_within_the_book_or_away():
    links = '<p><a href="/en/cake/">in</a> <a href="/en/far/">far</a> <a href="https://example.org/">away</a></p>'
    pdf = opened(book(document("tea", text(links)), document("cake")))
    leads = [note.A for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
    addresses = {str(lead.URI) for lead in leads if "/URI" in lead}
    assert addresses == {f"{SITE}/en/home/", f"{SITE}/en/far/", "https://example.org/"}


def test_same_book_gives_same_bytes():
    made = book(document("tea", image(), quote("ladder")))
    assert pdf_bytes(made, picture) == pdf_bytes(made, picture)
    assert b"D:20261122" in pdf_bytes(made, picture)


def test_letters_without_a_font_make_no_booklet():
    assert pdf_bytes(book(document("tea", title="চা"))) is None
    assert pdf_bytes(book(document("tea", text("<p>茶</p>")))) is None


def test_symbols_without_a_font_are_left_out():
    assert ("H2", "Tea time") in headings(opened(book(document("tea", title="Tea time🫖\ufe0f\x07"))))


def test_the_fonts_have_all_the_letters_that_they_should():
    """The compiler refuses a letter that no font has."""
    shown = [letter for letter in sorted(letters()) if letter.isprintable() and letter not in "<&"]
    assert opened(book(document("tea", text(f"<p>{' '.join(shown)}</p>"))))
