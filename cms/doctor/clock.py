"""Whether the clock of this computer can be right: against the database, and against what was made before.

No time server is asked: nothing leaves this computer.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

from api.releases.manifest import current_release
from api.releases.tree import DamagedRelease
from cms.doctor.findings import Finding, broken, ok, warning
from cms.doctor.lowest import looked_at

# Less is what an answer of the database takes; more than the second, and dates are kept late.
NOTABLE, MUCH = timedelta(seconds=2), timedelta(seconds=60)
MEND = "Let the system set its clock by itself, on Debian: timedatectl set-ntp true"


def look() -> Iterator[Finding]:
    now = datetime.now(UTC)
    yield against_the_past(now, _latest())
    if connection.vendor == "postgresql":
        yield against_the_database(*_both_clocks())


def against_the_past(now: datetime, latest: datetime) -> Finding:
    """Judge the clock by a moment that is surely over."""
    if now < latest - MUCH:
        says = f"The clock is behind: it says {now:%Y-%m-%d %H:%M} UTC, and {latest:%Y-%m-%d %H:%M} is over."
        return broken("clock", says, MEND)
    return ok("clock", f"The clock says {now:%Y-%m-%d %H:%M} UTC, which may be right.")


def against_the_database(ours: datetime, its: datetime) -> Finding:
    """Judge the clock by that of the database's server."""
    apart = abs(ours - its)
    if apart <= NOTABLE:
        return ok("database-clock", "The clocks of this computer and of the database agree.")
    says = f"The clocks of this computer and of the database are {apart.total_seconds():.0f} seconds apart."
    return (broken if apart > MUCH else warning)("database-clock", says, f"{MEND} (on both).")


def _latest() -> datetime:
    """Give the latest moment that is known to be over."""
    over = datetime.combine(looked_at(), datetime.min.time(), UTC)
    try:
        release = current_release(settings.RELEASES_DIR)
    except (OSError, DamagedRelease):
        release = None
    return max(over, datetime.fromisoformat(release.made_at)) if release else over


def _both_clocks() -> tuple[datetime, datetime]:
    """Read both clocks; ours in the middle of what it takes to read the other."""
    began = datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        its = cursor.fetchone()[0]
    return began + (datetime.now(UTC) - began) / 2, its
