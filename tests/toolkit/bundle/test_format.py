"""Reading one content file: its fields, its blocks, its Markdown, and what is said when it cannot be read."""

from pathlib import Path

import pytest

from toolkit.bundle.format import PageFile, UnreadableFile, parent_code, read_file, read_folder, split_blocks
from toolkit.bundle.load import STARTER
from toolkit.bundle.markdown import to_html

FIELDS = "---\ntype: mark\ntitle: Hearing\norder: 1\nsummary: Being heard.\n---\n"


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("**bold** and *leaning*", "<p><b>bold</b> and <i>leaning</i></p>"),
        ("### Heading", "<h3>Heading</h3>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("[words](mark:listening)", '<p><a href="mark:listening">words</a></p>'),
        ("[words](https://example.org/)", '<p><a href="https://example.org/">words</a></p>'),
        ('"Yes," she said', "<p>“Yes,” she said</p>"),
        ("don't", "<p>don’t</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[words](javascript:alert)", "<p>[words](javascript:alert)</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_editor_html(markdown, html):
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("  \n\n", []),
        ("Words.", [("text", "", {}, "<p>Words.</p>")]),
        ("::: tip\nTry it.\n:::", [("tip", "", {}, "<p>Try it.</p>")]),
        ("::: quote a-code :::", [("quote", "a-code", {}, "")]),
        (
            "Before.\n::: idea tea-1 :::\nAfter.",
            [("text", "", {}, "<p>Before.</p>"), ("idea", "tea-1", {}, ""), ("text", "", {}, "<p>After.</p>")],
        ),
        (
            "::: citation\nsource: A book: part one\nurl: https://example.org/\n\nIt says.\n:::",
            [("citation", "", {"source": "A book: part one", "url": "https://example.org/"}, "<p>It says.</p>")],
        ),
        ("::: note\nA note: with a colon.\n:::", [("note", "", {}, "<p>A note: with a colon.</p>")]),
        ("::: tip\nOne.\n\n- two\n:::", [("tip", "", {}, "<p>One.</p><ul><li>two</li></ul>")]),
    ],
)
def test_text_falls_into_blocks(text, blocks):
    assert [(block.type, block.code, block.attributes, block.html) for block in split_blocks(text)] == blocks


def test_file_gives_fields_and_blocks(tmp_path):
    file = tmp_path / "hearing.md"
    file.write_text(f"{FIELDS}\nWords with a line\n---\nin them.", encoding="utf-8")
    page = read_file(file, "en")
    assert (page.type, page.code, page.locale) == ("mark", "hearing", "en")
    assert page.fields == {"type": "mark", "title": "Hearing", "order": 1, "summary": "Being heard."}
    assert "in them." in page.html


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "between two --- lines"),
        ("No fields at all.", "between two --- lines"),
        ("---\ntitle: x\n", "between two --- lines"),
        ("---\ntitle: x\n---\n", "type"),
        ("---\n---\n", "between two --- lines"),
        ("---\njust words\n---\n", "between two --- lines"),
        ("---\ntitle: a: b\n---\n", "between two --- lines"),
        (f"{FIELDS}::: tip\nNever closed.", "the block “::: tip” is not closed"),
        (f"{FIELDS}::: tip\nOne.\n::: note\nTwo.\n:::", "the block “::: tip” is not closed"),
    ],
)
def test_broken_file_gets_a_sentence(tmp_path, content, reason):
    file = tmp_path / "broken.md"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        read_file(file, "en")
    assert str(file) in str(refused.value)
    assert reason in str(refused.value)


def test_file_that_is_not_utf8_is_refused(tmp_path):
    file = tmp_path / "latin.md"
    file.write_bytes(f"{FIELDS}Café".encode("latin-1"))
    with pytest.raises(UnreadableFile, match="latin.md"):
        read_file(file, "en")


@pytest.mark.parametrize(
    ("path", "file_type", "parent"),
    [
        ("en/home.md", "toolkit", None),
        ("en/process.md", "stage", "home"),
        ("en/process/listening.md", "mark", "process"),
        ("en/voices/it-happened.md", "quote", "voices"),
    ],
)
def test_folder_says_what_is_above(path, file_type, parent):
    assert parent_code(PageFile(Path("content") / path, "en", {"type": file_type}, [])) == parent


def test_parents_are_read_before_children():
    seen = set()
    for file in read_folder(STARTER):
        assert parent_code(file) is None or parent_code(file) in seen
        seen.add(file.code)


@pytest.mark.parametrize("line", ["::: warning", "::: tip say it", ":::tip"])
def test_unknown_block_is_refused(line):
    with pytest.raises(ValueError, match="begins no block that there is"):
        split_blocks(f"{line}\nSit down first.\n:::\n")


@pytest.mark.parametrize("fields, said", [("type: mark\ntitle: A\n", "order, summary"), ("type: x\n", "type “x”")])
def test_field_that_is_missing_is_named(fields, said, tmp_path):
    file = tmp_path / "a.md"
    file.write_text(f"---\n{fields}---\nText.\n")
    with pytest.raises(UnreadableFile, match=said):
        read_file(file, "en")
