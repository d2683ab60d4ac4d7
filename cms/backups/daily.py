"""The worker's daily backup: in a process of its own, so that nothing else of the worker's waits for it."""

import logging
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from cms.backups.state import check_backups, is_due

logger = logging.getLogger(__name__)

# After one that failed.
PAUSE = timedelta(hours=1)


class Daily:
    """The backup that this worker has begun, and when."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.begun_at: datetime | None = None

    def look(self, now: datetime):
        """Begin one when it is due; say so when one has failed."""
        if self.process and self.process.poll() is None:
            return
        if self.process and self.process.returncode:
            logger.error("The daily backup failed, and is tried again in an hour. The reason stands above.")
        self.process = None
        has_rested = self.begun_at is None or not self.begun_at <= now < self.begun_at + PAUSE
        if has_rested and is_due(check_backups(now)):
            self.begun_at = now
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--gently"]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)


_daily = Daily()


def back_up_daily():
    """Make a backup once a day, where BACKUP_DIR is set."""
    if settings.BACKUP_DIR is not None:
        _daily.look(timezone.now())
