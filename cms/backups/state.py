"""How the backups of this site are, as plain facts: for monitoring, and for whoever looks after the server."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.backups.backup import backups_in, moment_of

# A daily backup that is late by so much needs somebody's care.
OLDEST = timedelta(hours=26)
# At night, in the editors' time.
HOUR = 3


@dataclass(frozen=True)
class Backups:
    """What there is in BACKUP_DIR, None where that is not set; `error` where the folder cannot be read.

    `newest` is when the newest whole backup was made, `tried` when the newest of those restored on trial was.
    """

    folder: Path | None
    now: datetime
    count: int = 0
    newest: datetime | None = None
    tried: datetime | None = None
    error: str = ""

    @property
    def age(self) -> timedelta | None:
        """How old the newest backup is that was restored on trial."""
        return self.tried and self.now - self.tried

    @property
    def is_well(self) -> bool:
        """Whether nobody has to care: none are wanted, or one of the last day was restored on trial."""
        return self.folder is None or (not self.error and self.age is not None and self.age <= OLDEST)


def check_backups(now: datetime | None = None) -> Backups:
    """Look at the backups of this site."""
    now, folder = now or timezone.now(), settings.BACKUP_DIR
    if folder is None:
        return Backups(None, now)
    try:
        backups = backups_in(folder)
        tried = [moment_of(backup.name) for backup in backups if backup.tried_at]
    except OSError as error:
        return Backups(folder, now, error=f"{folder} cannot be read: {error.strerror}")
    newest = moment_of(backups[-1].name) if backups else None
    return Backups(folder, now, len(backups), newest, tried[-1] if tried else None)


def is_due(backups: Backups) -> bool:
    """Tell whether none was made since three o'clock at night."""
    local = timezone.localtime(backups.now)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    night = night if night <= local else night - timedelta(days=1)
    return backups.folder is not None and (backups.newest is None or backups.newest < night)
