"""From rich text to nodes: all the words, and no tags but those that rich text has."""

from toolkit.booklet.nodes import nodes_of


def words(text: str) -> dict:
    return {"is": "words", "words": text}


def test_keeps_what_rich_text_has():
    assert nodes_of("<p>A <b>b</b><br><a href='/x/'>c &amp; d</a></p>") == [
        {
            "is": "p",
            "in": [
                words("A "),
                {"is": "strong", "in": [words("b")]},
                {"is": "br"},
                {"is": "link", "to": "/x/", "in": [words("c & d")]},
            ],
        }
    ]


def test_lists_stand_in_lists():
    [outer] = nodes_of("<ul><li>One<ol><li>Two</li></ol></li></ul>")
    first, inner = outer["in"][0]["in"]
    assert (first, inner["is"]) == ({"is": "p", "in": [words("One")]}, "ol")


def test_keeps_the_language_of_a_paragraph():
    [block] = nodes_of('<p lang="en" dir="ltr">Tea</p>')
    assert (block["lang"], block["dir"]) == ("en", "ltr")


def test_of_other_tags_the_words_stay():
    assert nodes_of("<div>One <u>two</u></div></p>") == [{"is": "p", "in": [words("One "), words("two")]}]
