"""When it is time to publish again: every case as one row of a table."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.worker.retries import Waiting, is_due, pause_after

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 0), (1, 5), (2, 10), (3, 20), (4, 40), (6, 160), (7, 300), (8, 300), (1_000_000, 300)],
)
def test_pauses_double_up_to_a_limit(failures, seconds):
    assert pause_after(failures) == seconds


@pytest.mark.parametrize(
    ("waiting", "due"),
    [
        # Nothing waits.
        ({}, False),
        # Whoever made a change is given time to publish it.
        ({"since": ago(1)}, False),
        ({"since": ago(4)}, True),
        # A publish that failed is left alone for its pause, also when a change waits.
        ({"failures": 1, "failed_at": ago(4)}, False),
        ({"failures": 1, "failed_at": ago(4), "since": ago(100)}, False),
        ({"failures": 1, "failed_at": ago(5)}, True),
        ({"failures": 3, "failed_at": ago(19), "since": ago(100)}, False),
        ({"failures": 3, "failed_at": ago(20)}, True),
        ({"failures": 50, "failed_at": ago(299)}, False),
        ({"failures": 50, "failed_at": ago(300)}, True),
        # The clock was put back since.
        ({"failures": 1, "failed_at": ago(-3600)}, True),
        ({"failures": 1}, True),
        # Once a publish has succeeded, its failures before count for nothing.
        ({"failures": 0, "failed_at": ago(10)}, False),
        # Parts that could not be built: each has its own pause.
        ({"parts": [(1, ago(4)), (2, ago(9))]}, False),
        ({"parts": [(1, ago(4)), (2, ago(10))]}, True),
    ],
)
def test_left_publishes_are_due(waiting, due):
    assert is_due(Waiting(NOW, **waiting)) is due
