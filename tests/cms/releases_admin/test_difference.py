"""Documents as lines of words, and what differs between them."""

import json
from pathlib import Path

import pytest

from cms.releases_admin.difference import ADDED, CHANGED, GAP, GONE, SAME, difference
from cms.releases_admin.lines import Line, lines_of, plain_lines

EXAMPLES = Path(__file__).parents[2] / "examples"


def example(name: str) -> dict:
    return json.loads((EXAMPLES / f"{name}.json").read_text())


def lines(*words: str) -> list[Line]:
    return [Line("", one, "en") for one in words]


def told(rows) -> list[tuple]:
    """Give a difference without the labels and languages of its lines."""
    return [(row.kind, row.count or row.parts or row.line.words) for row in rows]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One &amp; <b>two</b>.</p><p>Three</p>", ["One & two.", "Three"]),
        ("<ul><li>One</li><li>Two<ul><li>Three</li></ul></li></ul>", ["One", "Two", "Three"]),
        ("<h3>Head</h3><p>a<br/>b<br>c</p>", ["Head", "a", "b", "c"]),
        ('<p>See <a href="/en/x/" hreflang="cy">the word</a>.</p>', ["See the word (/en/x/)."]),
        ("<p>2 &lt; 3</p><p> </p>", ["2 < 3"]),
        ("", []),
    ],
)
def test_rich_text_becomes_lines(html, expected):
    assert plain_lines(html) == expected


def test_lines_of_a_mark():
    found = [(line.label, line.words) for line in lines_of(example("mark"))]
    assert found[:4] == [
        ("Title", "Hearing"),
        ("Address", "/en/first-stage/hearing/"),
        ("Summary", "Being heard."),
        ("", "See the word (/en/words/jargon-word/)."),
    ]
    assert ("Ladder", "They wrote it down, and then they did it.") in found
    assert ("Credit", "Carer, 2026, Illustrative: written for this toolkit, nobody’s words") in found
    assert (
        "Idea",
        "Tea first: Start with tea. (Icebreaker, 10 minutes, Minutes at least: 10, People at least: 3)",
    ) in found
    assert ("Question", "What about meaning?") in found
    assert ("After it", "Speaking: Being clear.") in found


def test_lines_of_a_quote_are_its_words():
    found = [(line.label, line.words) for line in lines_of(example("quote"))]
    assert ("Ladder", "They wrote it down, and then they did it.") in found
    assert [words for label, words in found if label == "Summary"] == []


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.json")))
def test_every_kind_of_document_has_lines(name):
    found = lines_of(example(name))
    assert found[0].words == example(name)["title"]
    assert all(isinstance(line.words, str) and isinstance(line.label, str) for line in found)


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.json")))
def test_every_text_of_a_document_is_in_its_lines(name):
    """Whatever a reader can see differ is among the lines."""
    document = example(name)
    words = " ".join(line.words for line in lines_of(document))
    own = {key: value for key, value in document.items() if key not in ("ancestors", "alternates")}
    assert [text for text in texts(own) if text not in words] == []


def texts(value, key: str = ""):
    """Give the titles, names and plain texts in a document."""
    if key == "quote":
        # In a body, a quote is its words: its title is for lists.
        yield from texts({**value, "title": ""})
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif key in ("title", "text", "name", "thanks", "time", "group_size", "source", "alt", "caption") and value:
        yield value


def test_line_speaks_its_own_language():
    document = example("mark")
    document["body"][0] |= {"lang": "ar", "dir": "rtl"}
    assert [(line.lang, line.dir) for line in lines_of(document)][2:4] == [("en", "ltr"), ("ar", "rtl")]


def test_missing_document_has_no_lines():
    assert lines_of(None) == []


def test_equal_documents_do_not_differ():
    assert difference(lines("a", "b"), lines("a", "b")) == []


def test_changed_words_are_marked():
    found = difference(lines("We listen to all of you."), lines("We listen to most of you, today."))
    expected = (
        (SAME, "We listen to"),
        (GONE, "all"),
        (ADDED, "most"),
        (SAME, "of"),
        (GONE, "you."),
        (ADDED, "you, today."),
    )
    assert told(found) == [(CHANGED, expected)]


def test_line_that_came_stands_beside_one_that_changed():
    before, now = lines("Ask twice and wait."), lines("Sit in a ring.", "Ask twice and then wait.")
    assert [row.kind for row in difference(before, now)] == [ADDED, CHANGED]


def test_other_words_are_another_line():
    assert told(difference(lines("Ask twice."), lines("Sit down."))) == [(GONE, "Ask twice."), (ADDED, "Sit down.")]


def test_words_of_another_kind_are_another_line():
    before, now = [Line("Tip", "Ask twice.", "en")], [Line("Note", "Ask twice.", "en")]
    assert [row.kind for row in difference(before, now)] == [GONE, ADDED]


def test_lines_far_from_a_change_are_left_out():
    before = lines(*"abcdefgh")
    found = difference(before, [*before[:4], *before[5:]])
    assert told(found) == [(GAP, 3), (SAME, "d"), (GONE, "e"), (SAME, "f"), (GAP, 2)]
