"""A message is tried again at growing distances for about a day, then no more."""

from datetime import timedelta
from itertools import pairwise

import pytest

from cms.webhooks.retries import WAITS, wait_after


@pytest.mark.parametrize(
    ("attempt", "chance", "seconds"),
    [
        (1, 0, 5),
        (1, 0.5, 5.5),
        (2, 0, 60),
        (3, 0, 300),
        (4, 0, 1800),
        (5, 0, 7200),
        (6, 0, 18000),
        (7, 0, 28800),
        (8, 0, 28800),
        (8, 0.5, 31680),
    ],
)
def test_wait_grows_with_the_attempts(attempt, chance, seconds):
    assert wait_after(attempt=attempt, chance=chance) == timedelta(seconds=seconds)


@pytest.mark.parametrize("attempt", [9, 10, 1000])
def test_nobody_is_tried_for_ever(attempt):
    assert wait_after(attempt=attempt, chance=0) is None


@pytest.mark.parametrize("chance", [0, 0.999])
def test_attempts_take_about_a_day(chance):
    waits = [wait_after(attempt=attempt, chance=chance) for attempt in range(1, len(WAITS) + 1)]
    assert timedelta(hours=22) < sum(waits, timedelta()) < timedelta(hours=30)
    assert all(earlier <= later for earlier, later in pairwise(waits))
