"""`manage.py backup`: the database, uploads and releases in one folder, made while the site runs, and tried out."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.backups.backup import Backup
from cms.backups.making import FAILED, keeps_uploads, make_backup, remove_old
from cms.backups.retention import Retention
from cms.backups.sizes import in_words
from cms.backups.trying import try_backup
from cms.backups.unable import NotTried, UnableToBackUp
from cms.management.progress import progress_on

DEFAULT = Retention()


class Command(BaseCommand):
    """Writes all that this site has into a new folder, restores it on trial, and removes old backups.

    What did not change since the backup before takes no room again. Keep the folder as safe as the server itself: it
    holds accounts, boards and the secret key.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", help="Where backups are kept (default: BACKUP_DIR).")
        parser.add_argument("--no-verify", action="store_true", help="Do not restore it on trial.")
        parser.add_argument("--keep", type=int, default=DEFAULT.newest, help="The newest so many (default: 14).")
        parser.add_argument("--weeks", type=int, default=DEFAULT.weeks, help="One a week, so many (default: 8).")
        parser.add_argument(
            "--months", type=int, default=DEFAULT.months, help="One for each of so many (default: 6)."
        )
        parser.add_argument("--gently", action="store_true", help="Let everybody else have the processor first.")

    def handle(self, folder, no_verify, keep, weeks, months, gently, **options):
        if keep < 1 or weeks < 0 or months < 0:
            raise CommandError("At least one backup is kept: --keep must be 1 or more, the others 0 or more.")
        if gently:
            os.nice(10)
        folder = folder_of(folder)
        try:
            backup = make_backup(folder, now=timezone.now())
            self.stdout.write(f"{backup.folder}: {in_words(backup.facts)}.")
            if not keeps_uploads():
                self.stdout.write("Uploads are in a storage elsewhere, and not in it: see docs/backup.md.")
            if not no_verify:
                self.try_out(backup)
            removed = remove_old(folder, Retention(keep, weeks, months))
        except UnableToBackUp as error:
            raise CommandError(str(error)) from error
        if removed:
            self.stdout.write(f"Removed, as newer ones are there: {', '.join(removed)}.")

    def try_out(self, backup: Backup):
        """Restore it on trial. One that is not sound is none."""
        try:
            faults = try_backup(backup, now=timezone.now(), progress=progress_on(self.stdout, "files"))
        except NotTried as error:
            raise CommandError(f"The backup is there, but could not be restored on trial. {error}") from error
        if faults:
            failed = backup.folder.rename(backup.folder.with_name(f"{backup.name}{FAILED}"))
            listed = "\n".join(f"  {fault}" for fault in faults[:20])
            raise CommandError(f"The backup is not sound, and does not count. It is kept as {failed}:\n{listed}")
        self.stdout.write("It was restored on trial, and all is well.")


def folder_of(folder: str | None) -> Path:
    """Give the folder of backups that is meant. Raises CommandError."""
    if folder is None and settings.BACKUP_DIR is None:
        raise CommandError("Say where backups are kept: give a folder, or set BACKUP_DIR.")
    return Path(folder).absolute() if folder else settings.BACKUP_DIR
