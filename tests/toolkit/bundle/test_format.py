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
    with pytest.raises(UnreadableFile, match="latin.md: the file is not UTF-8. Save it again"):
        read_file(file, "en")


def test_large_file_is_refused(tmp_path):
    file = tmp_path / "large.md"
    file.write_text(FIELDS + "a" * 1_000_000)
    with pytest.raises(UnreadableFile, match="larger than 1,000,000 bytes"):
        read_file(file, "en")


@pytest.mark.parametrize("as_saved", ["\ufeff{}", "{}\r\n"])
def test_marks_of_other_programs_are_kindly_read(tmp_path, as_saved):
    text = as_saved.format(f"{FIELDS}\nOne.\n\n::: tip\nTwo.\n:::\n")
    file = tmp_path / "hearing.md"
    file.write_bytes((text.replace("\n", "\r\n") if "\r" in text else text).encode())
    page = read_file(file, "en")
    assert (page.fields["title"], page.html) == ("Hearing", "<p>One.</p><p>Two.</p>")


@pytest.mark.parametrize(
    ("path", "file_type", "parent"),
    [
        ("en/home.md", "toolkit", None),
        ("en/process.md", "stage", None),
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


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("sumary: x", "there is no field sumary here; the fields are type, title"),
        ("title: [a]", "the field title must be words; put them in quotes"),
        ("title: no", "the field title must be words; put them in quotes"),
        ("order: first", "the field order must be a number"),
        ("state: public", "the field state must be one of draft, not “public”"),
        ("key: 12", "the field key must be a key such as"),
        ("published_at: today", "the field published_at must be a day and a time"),
    ],
)
def test_wrong_field_is_named(tmp_path, fields, said):
    file = tmp_path / "hearing.md"
    kept = [line for line in FIELDS.splitlines() if line.split(":")[0] != fields.split(":")[0]]
    file.write_text("\n".join([*kept[:-1], fields, "---\n"]))
    with pytest.raises(UnreadableFile, match=said):
        read_file(file, "en")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("kind: song", "the field kind must be one of ladder, snake, observation"),
        ("kind: snake\nconsent: withdrawn", "the field consent must be one of not-needed, asked, given"),
        ("kind: snake\nconsent_date: soon", "the field consent_date must be a day"),
        ("kind: snake\nyear: '2026'", "the field year must be a number"),
        ("kind: snake\nconsent_note: secret", "there is no field consent_note"),
    ],
)
def test_wrong_field_of_a_quote_is_named(tmp_path, fields, said):
    file = tmp_path / "words.md"
    file.write_text(f"---\ntype: quote\ntitle: A\n{fields}\n---\nWords.\n")
    with pytest.raises(UnreadableFile, match=said):
        read_file(file, "en")


@pytest.mark.parametrize("fields", ["minutes: 0", "people_from: some", "people_to: 10000", "minutes: true"])
def test_wrong_number_of_an_idea_is_named(tmp_path, fields):
    file = tmp_path / "tea.md"
    file.write_text(f"---\ntype: idea\ntitle: A\nkind: activity\nsummary: B\ncredits: []\n{fields}\n---\nWords.\n")
    with pytest.raises(UnreadableFile, match=f"{fields.split(':')[0]} must be a whole number from 1 to 9999"):
        read_file(file, "en")


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("::: citation\n\nIt says.\n:::", "a block “citation” must have source"),
        ("::: citation\nsorce: A book\n\nIt says.\n:::", "a block “citation” has no sorce, but source, url"),
        ("::: image\nfile: media/a.png\ndecorative: perhaps\n:::", "decorative must be yes or no"),
        ("::: media\nkind: film\ntitle: A\n:::", "must be video or audio"),
        ('::: citation\nsource: "A book" by us\n\nIt says.\n:::', "do not fit"),
    ],
)
def test_wrong_line_of_a_block_is_named(block, said):
    with pytest.raises(ValueError, match=said):
        split_blocks(block, verbatim=True)


@pytest.fixture
def folder(tmp_path):
    """Writes files into a folder of content, and reads it."""

    def read(files: dict[str, str]):
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        return read_folder(tmp_path)

    return read


KEY = "key: 5bdef804-5fd3-55aa-9862-827c3dacd825\n---\n"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"xx/hearing.md": FIELDS}, "this site has no language “xx”, but en, cy, ar, es."),
        ({"en/a/hearing.md": FIELDS, "en/b/hearing.md": FIELDS}, "the mark “hearing” is there already, in"),
        ({f"en/{name}.md": FIELDS[:-4] + KEY for name in "ab"}, "b.md: its key is that of .*a.md"),
        ({"bundle.yaml": "format: 2\n"}, "it must say “format: 1”. A newer toolkit may have"),
    ],
)
def test_folder_that_cannot_be_right_is_refused(folder, files, said):
    with pytest.raises(UnreadableFile, match=said):
        folder(files)


def test_file_from_elsewhere_is_refused(folder, tmp_path, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "hearing.md"
    elsewhere.write_text(FIELDS)
    (tmp_path / "en").mkdir()
    (tmp_path / "en/hearing.md").symlink_to(elsewhere)
    with pytest.raises(UnreadableFile, match="it leads out of the folder"):
        folder({})


def test_translation_without_key_gets_that_of_its_source(folder):
    files = folder({"en/a/hearing.md": FIELDS[:-4] + KEY, "cy/a/hearing.md": FIELDS})
    assert {file.fields["key"] for file in files} == {"5bdef804-5fd3-55aa-9862-827c3dacd825"}


def test_type_may_stand_in_the_file_name(folder):
    files = folder({"en/a/hearing.mark.md": FIELDS})
    assert [file.code for file in files] == ["hearing"]


def test_only_bundles_stand_as_written(folder):
    assert folder({"en/a/hearing.md": f"{FIELDS}don't"})[0].html == "<p>don’t</p>"
    assert folder({"bundle.yaml": "format: 1\n"})[0].html == "<p>don't</p>"
