"""Whether there is a backup of the last day that was restored on trial."""

from collections.abc import Iterator

from cms.backups.state import check_backups
from cms.doctor.findings import Finding, broken, ok, warning
from cms.health import check_backup

WANTED = "Set BACKUP_DIR to a folder on another disk: docs/backup.md says how."
MEND = "Make one, and see what it says: manage.py backup"


def look() -> Iterator[Finding]:
    backups = check_backups()
    if backups.folder is None:
        yield warning("backup", "No backups are made: BACKUP_DIR is not set.", WANTED)
        return
    check = check_backup(backups)
    yield ok(check.name, check.says) if check.is_well else broken(check.name, check.says, MEND)
