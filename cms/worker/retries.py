"""When to publish again what was not published: rules alone, by the time that they are given."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

# After the first failure in a row, and at most.
FIRST, LONGEST = 5, 300
# Whoever makes a change publishes it as well; only what waits longer has nobody at work on it.
PATIENCE = timedelta(seconds=3)


@dataclass(frozen=True)
class Waiting:
    """What is not published yet, all times by the database's clock.

    `since`: when the oldest waiting change was made. `failures` publishes in a row failed, the last one at
    `failed_at`. `parts` holds, for each part that could not be built, how often in a row, and when it was last tried.
    """

    now: datetime
    since: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None
    parts: list[tuple[int, datetime]] = field(default_factory=list)


def pause_after(failures: int) -> int:
    """Give the seconds to wait after so many failures in a row: 5, 10, 20, at most 300."""
    return min(FIRST * 2 ** min(failures - 1, 10), LONGEST) if failures else 0


def is_due(waiting: Waiting) -> bool:
    """Tell whether it is time to publish what others have left."""
    if waiting.failures:
        return _is_over(waiting.now, waiting.failed_at, waiting.failures)
    if waiting.since and waiting.now - waiting.since > PATIENCE:
        return True
    return any(_is_over(waiting.now, tried_at, tries) for tries, tried_at in waiting.parts)


def _is_over(now: datetime, failed_at: datetime | None, failures: int) -> bool:
    """Tell whether the pause after a failure is over. One in the future was before the clock was put back."""
    return failed_at is None or not failed_at <= now < failed_at + timedelta(seconds=pause_after(failures))
