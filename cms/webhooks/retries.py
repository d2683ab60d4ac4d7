"""When to try again, and when to give up."""

from datetime import timedelta

# A hiccup is over in seconds, a restart in minutes, a mistake when somebody is back at work: a day in all.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=8),
    timedelta(hours=8),
)
# Up to a fifth later, so that the subscribers whom one breakdown hit do not all come back in the same second.
SPREAD = 0.2


def wait_after(*, attempt: int, chance: float) -> timedelta | None:
    """Give how long to wait after the attempt of this number (from 1) has failed; None to give up.

    `chance` is a random number from 0 up to 1.
    """
    if attempt > len(WAITS):
        return None
    return WAITS[attempt - 1] * (1 + SPREAD * chance)
