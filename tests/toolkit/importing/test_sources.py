"""Tests of reading the lines of a document, whatever its format, and of refusing what is none."""

import io
import re
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit.importing import sources
from toolkit.importing.rules import classify
from toolkit.importing.rules.lines import Line
from toolkit.importing.sources import UnreadableDocument, read_lines


@pytest.fixture
def read(tmp_path):
    """Reads text or bytes as if they stood in a file of that name."""

    def read_content(content, name="page.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_lines(path)

    return read_content


def texts(lines):
    return [line.text for line in lines]


# ── Plain text ───────────────────────────────────────────────────────────────────────────────────


def test_text_keeps_file_line_numbers(read):
    assert read("Soup\n\n  Bread  \n") == [Line(1, "Soup"), Line(3, "Bread")]


def test_bullet_alone_marks_next_line(read):
    assert read("-\nSoup\n•\nBread\nTea") == [
        Line(1, "-"),
        Line(2, "Soup", bullet=True),
        Line(3, "•"),
        Line(4, "Bread", bullet=True),
        Line(5, "Tea"),
    ]


@pytest.mark.parametrize("sign", ["-", "•", "·", "*"])
def test_bullet_before_text_is_dropped(read, sign):
    assert read(f"{sign} Soup - hot") == [Line(1, "Soup - hot", bullet=True)]


def test_star_after_starred_word_is_note(read):
    assert read("A ladle* helps.\n* A ladle is a spoon.")[1] == Line(2, "* A ladle is a spoon.")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(read, ending):
    assert read(f"Soup{ending}{ending}Bread") == [Line(1, "Soup"), Line(3, "Bread")]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_read(read, encoding):
    text = "The café’s “soup” is good, and nobody has to ask for it."
    assert texts(read(text.encode(encoding))) == [text]


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────

MARKDOWN = """---
title: Soup
---

# Soup for all

A paragraph that is
written on *two* rows with a [link](https://example.org).

> I **liked** it.
> (Thanks to Ann Other for this example.)

- A ladle
- A bowl\\
  and a lid

<blockquote><p>From HTML</p></blockquote>
"""


def test_markdown_keeps_format_and_numbers(read):
    assert read(MARKDOWN, "page.md") == [
        Line(5, "Soup for all", level=1),
        Line(7, "A paragraph that is written on two rows with a link."),
        Line(10, "I liked it.", quoted=True),
        Line(11, "(Thanks to Ann Other for this example.)", quoted=True),
        Line(13, "A ladle", bullet=True),
        Line(14, "A bowl", bullet=True),
        Line(15, "and a lid", bullet=True),
        Line(17, "From HTML", quoted=True),
    ]


def test_markdown_star_note_survives(read):
    assert texts(read("A ladle* helps.\n\n*A ladle is a spoon.", "page.md"))[1] == "*A ladle is a spoon."


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────

HTML = [
    ("<h2>Soup</h2><p>Hot <b>and</b>\n good</p>", [Line(1, "Soup", level=2), Line(2, "Hot and good")]),
    (
        "<ul><li>Ladle</li><li><p>Bowl</p></li></ul>",
        [Line(1, "Ladle", bullet=True), Line(2, "Bowl", bullet=True)],
    ),
    (
        "<blockquote>Good soup.<footer>Ann</footer></blockquote>",
        [Line(1, "Good soup.", quoted=True), Line(2, "— Ann", quoted=True)],
    ),
    (
        "<blockquote>Good soup.<footer><p>Ann, <cite>Soups</cite></p></footer></blockquote>",
        [Line(1, "Good soup.", quoted=True), Line(2, "— Ann, Soups", quoted=True)],
    ),
    (
        "<p>Soup[1]</p><ol><li id='footnote-2'><p>Hot <a href='#soup'>↑</a></p></li></ol>",
        [Line(1, "Soup[1]"), Line(2, "[1] Hot", bullet=True)],
    ),
    ("<?xml version='1.0'?><html><p>Soup</p></html>", [Line(1, "Soup")]),
    ("<p class='pull-quote'>Good soup.</p>", [Line(1, "Good soup.", quoted=True)]),
    ("<p>Good soup.<br>Bad bread.</p>", [Line(1, "Good soup."), Line(2, "Bad bread.")]),
    ("<p>They said <q>good</q>.</p>", [Line(1, "They said “good”.")]),
    ("<div>Loose <p>Held</p> words</div>", [Line(1, "Loose"), Line(2, "Held"), Line(3, "words")]),
    ("<h3><button aria-expanded='false'>Soup</button></h3>", [Line(1, "Soup", level=3)]),
    ("<details><summary>Soup</summary>Hot</details>", [Line(1, "Soup", level=2), Line(2, "Hot")]),
    ("<div role='heading' aria-level='3'>Soup</div>", [Line(1, "Soup", level=3)]),
    ("<ul><li><h3>Soup</h3><p>Hot</p></li></ul>", [Line(1, "Soup", level=3), Line(2, "Hot")]),
]


@pytest.mark.parametrize(("html", "lines"), HTML)
def test_html_blocks_become_lines(read, html, lines):
    assert read(html, "page.html") == lines


CHROME = [
    "<script>let soup</script>",
    "<style>p {}</style>",
    "<nav><a href='/'>Home</a></nav>",
    "<header><h1>The Soup Site</h1></header>",
    "<footer><p>Soup Ltd</p></footer>",
    "<form><label>Name</label><input value='x'><button>Send</button></form>",
    "<button>Menu</button>",
    "<div role='contentinfo'>Soup Ltd</div>",
    "<!-- soup -->",
]


@pytest.mark.parametrize("chrome", CHROME)
def test_html_chrome_is_dropped(read, chrome):
    assert texts(read(f"<body>{chrome}<h1>Soup</h1><p>Hot</p>{chrome}</body>", "page.htm")) == ["Soup", "Hot"]


def test_form_around_page_is_kept(read):
    page = "<body><form><header><h1>Soup</h1></header><p>Hot</p><input value='x'></form></body>"
    assert texts(read(page, "page.html")) == ["Soup", "Hot"]


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def word_file():
    document = docx.Document()
    document.add_heading("Soup for all", 0)
    document.add_heading("Marks of co-production", 1)
    document.add_heading("Sharing spoons", 2)
    document.add_paragraph("Everybody should have a spoon of their own.")
    document.add_paragraph("A ladle", style="List Bullet")
    document.add_paragraph("The spoon was mine.", style="Quote")
    document.add_paragraph("(Thanks to Ann Other for this example.)")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_word_styles_become_format(read, word_file):
    assert read(word_file, "page.docx") == [
        Line(1, "Soup for all", level=1),
        Line(2, "Marks of co-production", level=1),
        Line(3, "Sharing spoons", level=2),
        Line(4, "Everybody should have a spoon of their own."),
        Line(5, "A ladle", bullet=True),
        Line(6, "The spoon was mine.", quoted=True),
        Line(7, "(Thanks to Ann Other for this example.)"),
    ]


def test_word_page_is_classified(read, word_file):
    kinds = [result.kind for result in classify(read(word_file, "page.docx"))]
    assert kinds == ["heading", "heading", "mark-title", "explanation", "explanation", "quote", "credit"]


# ── What cannot be read ──────────────────────────────────────────────────────────────────────────


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


UNREADABLE = [
    ("page.txt", b"", "is empty"),
    ("page.txt", b" \n\t\n", "has no text"),
    ("page.txt", b"a" * 5_000_001, "over 5 MB"),
    ("page.txt", b"soup\0soup", "not plain text"),
    ("page.txt", bytes(range(128, 256)) * 4, "not plain text"),
    ("page.txt", b"\xff\xfe\x00", "not plain text"),
    ("page.txt", b"a\n" * 20_001, "over 20,000 lines"),
    ("page.pdf", b"soup", "not a kind of file"),
    ("page", b"soup", "not a kind of file"),
    ("page.html", b"<script>soup</script><p> </p>", "has no text"),
    ("page.docx", b"soup", "not a Word document"),
    ("page.docx", zipped(soup=b"soup"), "not a Word document"),
    ("page.docx", zipped(soup=bytes(50_000_001)), "unpacks to over 50 MB"),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE)
def test_refusal_is_one_clear_sentence(read, name, content, message):
    with pytest.raises(UnreadableDocument, match=message) as refusal:
        read(content, name)
    assert re.fullmatch(r"[^\n]+: [^\n]+[.]", str(refusal.value))


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(UnreadableDocument, match="no file at"):
        read_lines(tmp_path / "soup.txt")


def test_folder_is_refused(tmp_path):
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read_lines(tmp_path)


def test_word_file_without_words_is_refused(read):
    saved = io.BytesIO()
    docx.Document().save(saved)
    with pytest.raises(UnreadableDocument, match="has no text"):
        read(saved.getvalue(), "page.docx")


@pytest.mark.parametrize("suffix", sorted(sources.READERS))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(read, suffix, content):
    try:
        lines = read(content, f"page{suffix}")
    except UnreadableDocument:
        return
    assert all(line.text for line in lines)


def test_deeply_nested_html_is_read(read):
    assert texts(read("<div>" * 5000 + "Soup", "page.html")) == ["Soup"]
