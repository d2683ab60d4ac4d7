"""What may happen on a board, as a table."""

import pytest

from api.scoring.rules import (
    Result,
    Showing,
    Unable,
    Without,
    ask_to_show,
    check_may_answer,
    check_text,
    may_want_ideas,
    most_disagreed_first,
    not_now,
    read_answer,
    result,
    seconds_until_next,
)


def reason(call, *args, **kwargs) -> str:
    """Give why something may not happen, "" when it may."""
    try:
        call(*args, **kwargs)
    except Unable as unable:
        return unable.code
    return ""


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (1, 1),
        ("10", 10),
        (" 7 ", 7),
        ("٧", 7),
        ("१०", 10),
        ("7", 7),
        ("not-yet", Without.NOT_YET),
        ("not-relevant", Without.NOT_RELEVANT),
    ],
)
def test_answers_are_read_in_any_digits(given, answer):
    assert read_answer(given) == answer


@pytest.mark.parametrize("given", [0, 11, -1, "", "7.5", "²", "ten", "=1+1", True, None, [7], "1" * 5000, "٧\u202e"])
def test_anything_else_is_no_answer(given):
    assert reason(read_answer, given) == "answer"


@pytest.mark.parametrize(
    ("agreed", "wants"),
    [(1, True), (4, True), (5, False), (10, False), (None, False), (Without.NOT_YET, False)],
)
def test_ideas_help_where_a_low_score_is_agreed(agreed, wants):
    assert may_want_ideas(agreed) == wants


@pytest.mark.parametrize(
    ("asked_by", "by", "others", "shown"),
    [
        (None, "a", 0, True),
        (None, "a", 3, False),
        ("a", "a", 3, False),
        ("a", "b", 3, True),
        ("b", "a", 0, True),
    ],
)
def test_showing_takes_a_second_yes(asked_by, by, others, shown):
    assert ask_to_show(Showing(asked_by), by=by, others=others, answers=1).is_shown == shown


def test_what_is_shown_stays_shown():
    shown = Showing("a", is_shown=True)
    assert not_now(shown) == shown == ask_to_show(shown, by="c", others=9, answers=0)


def test_nothing_answered_is_not_shown():
    assert reason(ask_to_show, Showing(), by="a", others=0, answers=0) == "nothing-to-show"


def test_too_early_means_asking_again():
    assert not_now(Showing("a")) == Showing()


@pytest.mark.parametrize(
    ("is_shown", "has_answered", "is_forgotten", "why"),
    [
        (False, False, False, ""),
        (False, True, False, ""),
        (True, False, False, ""),
        (True, True, False, "shown"),
        (True, False, True, "forgotten"),
    ],
)
def test_late_answers_count_but_none_changes(is_shown, has_answered, is_forgotten, why):
    facts = {"is_shown": is_shown, "has_answered": has_answered, "is_forgotten": is_forgotten}
    assert reason(check_may_answer, **facts) == why


def test_results_keep_range_after_forgetting():
    before = result([3, 9, Without.NOT_YET])
    kept = Result(lowest=before.lowest, highest=before.highest, count=before.count, not_yet=before.not_yet)
    assert result([], kept) == Result((), 3, 9, not_yet=1, count=2)


def test_most_disagreed_come_first():
    results = {
        "calm": result([5, 5, 6]),
        "outlier": result([1, 9, 9, 9]),
        "camps": result([1, 1, 9, 9]),
        "none": result([]),
    }
    assert most_disagreed_first(results) == ["camps", "outlier", "calm", "none"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  a\r\nb ", "a\nb"),
        ("a\0b\x1b[31m\ud800\ufffe", "ab[31m"),
        ("=HYPERLINK()", "=HYPERLINK()"),
        ("🐍 👩‍👩‍👧 \u202eabc", "🐍 👩‍👩‍👧 \u202eabc"),
    ],
)
def test_texts_lose_only_what_no_text_has(written, kept):
    assert check_text(written, 50, code="note") == kept


@pytest.mark.parametrize("written", ["", " \n", "\0\0", "x" * 51])
def test_empty_and_long_texts_are_refused(written):
    assert reason(check_text, written, 50, code="note") == "note"


@pytest.mark.parametrize(
    ("idle", "per_second", "seconds"),
    [(0, 0, 3), (90, 0, 5), (1800, 10, 15), (90_000, 100, 60), (0, 400, 6), (0, 9e9, 120)],
)
def test_devices_ask_less_when_idle_or_many(idle, per_second, seconds):
    assert seconds_until_next(idle, per_second) == seconds
