"""Where a translation stands: every way in which a source may have changed since."""

from datetime import UTC, datetime

import pytest

from toolkit.translation.states import (
    Published,
    Standing,
    Step,
    published_state,
    state_by_times,
    steps_to,
    text_standing,
    thing_state,
)

MORNING, EVENING = datetime(2026, 11, 22, 8, tzinfo=UTC), datetime(2026, 11, 22, 20, tzinfo=UTC)
MEANT, TYPO = False, True


def steps(*changes) -> list[Step]:
    """Give the steps of one place: each with the words before, the words after, and whether only spelling changed."""
    return [Step("body.1", *change) for change in changes]


@pytest.mark.parametrize(
    ("changes", "translated", "expected"),
    [
        ([], ["c"], Standing("current", "c")),
        ([], [], Standing("missing")),
        ([], ["x"], Standing("missing")),
        ([("b", "c", MEANT)], ["b"], Standing("changed", "b")),
        ([("b", "c", TYPO)], ["b"], Standing("minor", "b")),
        ([("a", "b", TYPO), ("b", "c", TYPO)], ["a"], Standing("minor", "a")),
        ([("a", "b", MEANT), ("b", "c", TYPO)], ["a"], Standing("changed", "a")),
        ([("a", "b", TYPO), ("b", "c", MEANT)], ["a"], Standing("changed", "a")),
        ([("a", "b", MEANT), ("b", "c", TYPO)], ["a", "b"], Standing("minor", "b")),
        ([("b", "c", MEANT), ("c", "b", MEANT), ("b", "c", MEANT)], ["b"], Standing("changed", "b")),
        ([("", "c", MEANT)], ["x"], Standing("missing")),
        ([("b", "c", MEANT), ("c", "d", MEANT), ("d", "c", TYPO)], [], Standing("missing")),
    ],
)
def test_text_stands_where_its_source_leads_back(changes, translated, expected):
    places = {("body.1", words) for words in translated}
    assert text_standing(("body.1", "c"), places, steps_to(steps(*changes))) == expected


def test_words_elsewhere_are_no_translation():
    assert text_standing(("body.2", "c"), {("body.1", "c")}, {}).state == "missing"


def made_of(*texts) -> Published:
    """Give what was published of texts of one place: the words of each as they were, and those translated."""
    # The digest of a translation is never that of its source: one that is taken for the other makes tests fail.
    return Published(tuple(("body.1", now, of, of.upper()) for now, of in texts))


@pytest.mark.parametrize(
    ("texts", "source", "changes", "state"),
    [
        ([("a", "a"), ("b", "b")], "ab", [], "current"),
        ([("a", "a"), ("b", "")], "ab", [], "partial"),
        ([("a", "a"), ("b", "")], "ac", [("b", "c", MEANT)], "partial"),
        ([("a", "a"), ("b", "b")], "ac", [("b", "c", MEANT)], "stale"),
        ([("a", "a"), ("b", "b")], "ac", [("b", "c", TYPO)], "minor"),
        ([("a", "a"), ("b", "b")], "ab", [("b", "c", MEANT), ("c", "b", MEANT)], "current"),
        ([("a", "a"), ("c", "b")], "ac", [("b", "c", MEANT)], "stale"),
        ([("a", "a"), ("c", "b")], "ac", [("b", "c", TYPO)], "minor"),
        ([("a", "a")], "ab", [("", "b", MEANT)], "stale"),
        ([("a", "a"), ("b", "b")], "a", [("b", "", MEANT)], "stale"),
        ([("a", "a"), ("b", "b")], "a", [("b", "", TYPO)], "minor"),
        ([("a", "a"), ("b", "b")], "a", [("b", "c", MEANT), ("c", "", TYPO)], "stale"),
        ([("a", "a"), ("b", "b")], "a", [], "stale"),
        ([("a", "a"), ("b", "b")], "ba", [], "minor"),
        ([("b", "b")], "b", [("b", "b", MEANT)], "current"),
    ],
)
def test_published_translation_says_what_readers_should_know(texts, source, changes, state):
    now = [("body.1", words) for words in source]
    assert published_state(made_of(*texts), now, steps(*changes)) == state


@pytest.mark.parametrize(
    ("live", "begun", "state"),
    [(False, False, "missing"), (False, True, "draft"), (True, True, "stale"), (True, False, "stale")],
)
def test_thing_is_missing_begun_or_public(live, begun, state):
    assert thing_state(live=live, begun=begun, published="stale") == state


@pytest.mark.parametrize(
    ("source_at", "translation_at", "state"),
    [
        (MORNING, EVENING, "current"),
        (MORNING, MORNING, "current"),
        (EVENING, MORNING, "stale"),
        (None, MORNING, "current"),
        (EVENING, None, "current"),
    ],
)
def test_times_tell_where_nothing_else_is_known(source_at, translation_at, state):
    assert state_by_times(source_published_at=source_at, translation_published_at=translation_at) == state
