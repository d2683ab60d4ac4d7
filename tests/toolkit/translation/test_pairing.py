"""Which text of a source became which other."""

import pytest

from toolkit.translation.pairing import steps_between

OLD = "Keep a page with three columns."
MENDED = "Keep a page with three columns: you said, we did, we could not."
OTHER = "Cake helps."


def texts(*words, path="body.1"):
    return [(path, one, one) for one in words]


def changes(before, now):
    return [(step.path, step.was, step.now) for step in steps_between(before, now, minor=False)]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([OLD], [OLD], []),
        ([OLD], [MENDED], [(OLD, MENDED)]),
        ([OLD, OTHER], [OTHER, OLD], []),
        ([OLD, OTHER], [OTHER, MENDED], [(OLD, MENDED)]),
        ([OLD], [OLD, OTHER], [("", OTHER)]),
        ([OLD, OTHER], [OLD], [(OTHER, "")]),
        ([OLD, OTHER], [MENDED, "Something quite new."], [(OLD, MENDED), ("", "Something quite new."), (OTHER, "")]),
    ],
)
def test_paragraph_is_paired_with_what_it_is_most_like(before, now, expected):
    assert changes(texts(*before), texts(*now)) == [("body.1", *pair) for pair in expected]


def test_new_title_is_still_the_title():
    assert changes(texts("Power", path="title"), texts("Who decides?", path="title")) == [
        ("title", "Power", "Who decides?")
    ]


def test_block_that_moved_has_not_changed():
    before = texts(OLD) + texts(OTHER, path="body.2")
    assert changes(before, before[::-1]) == []


def test_same_words_in_two_places_are_two_texts():
    before = texts(OLD) + texts(OLD, path="body.2")
    assert changes(before, texts(OLD) + texts(MENDED, path="body.2")) == [("body.2", OLD, MENDED)]
