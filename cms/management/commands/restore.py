"""`manage.py restore`: put a backup in the place of this site."""

import argparse
import json
import sys
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.backups import ready
from cms.backups.backup import Backup, backups_in
from cms.backups.databases import database
from cms.backups.restoring import advice, restore
from cms.backups.switching import alone_restoring, recover
from cms.backups.unable import UnableToReach, UnableToRestore


class Command(BaseCommand):
    """Puts a backup in the place of this site, without what people took back since. It may run meanwhile.

    The backup is made ready beside the site; readers go on reading, and nobody can change anything in the meantime.
    Killed at any moment, it can be run again. Without a backup, it ends or undoes one that was cut off.
    """

    help = __doc__
    # They ask the database, which may be away.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "backup", nargs="?", help="The folder of a backup, or its name in BACKUP_DIR, or “newest”."
        )
        parser.add_argument("--replace", action="store_true", help="There is a site already: replace it.")
        parser.add_argument(
            "--withdrawn", metavar="FILE", help="A copy of withdrawn.json that knows of more that was taken back."
        )
        parser.add_argument("--make-ready", action="store_true", help=argparse.SUPPRESS)

    def handle(self, backup, replace, withdrawn, make_ready, **options):
        if make_ready:
            self.make_ready()
        elif backup is None:
            self.recover()
        else:
            self.restore(named(backup), replace, Path(withdrawn) if withdrawn else None)

    def restore(self, backup: Backup, replace: bool, withdrawn: Path | None):
        start = monotonic()
        try:
            afterwards = advice(backup)
            made = restore(backup, replace=replace, withdrawn=withdrawn, say=self.say)
        except UnableToRestore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored in {monotonic() - start:.0f} s: {made['pages']} pages, {made['boards']} boards with "
            f"{made['scores']} scores. Readers see release {made['release']}. Taken back: {made['withdrawn']}."
        )
        if made["locked_out"]:
            names = ", ".join(made["locked_out"])
            self.stdout.write(f"These accounts were not open any more, and are closed: {names}.")
        self.stdout.write(afterwards)
        self.stdout.write("Everybody has to log in anew; links to drafts and invitations have ended.")

    def recover(self):
        """End or undo a restore that was cut off."""
        try:
            with alone_restoring():
                said = recover(database())
        except (UnableToRestore, UnableToReach) as error:
            raise CommandError(str(error)) from error
        if not said:
            raise CommandError("Say which backup: give its folder, or its name. manage.py backups lists them.")
        self.stdout.write(said)

    def make_ready(self):
        """Do what a restore needs a process of its own for."""
        try:
            made = ready.make_ready(**json.load(sys.stdin))
        except UnableToRestore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(made))

    def say(self, text: str):
        self.stdout.write(text if text.endswith(".") else f"{text} …")
        self.stdout.flush()


def named(name: str) -> Backup:
    """Give the backup that is meant. Raises CommandError."""
    known = backups_in(settings.BACKUP_DIR) if settings.BACKUP_DIR else []
    if name == "newest" and known:
        return known[-1]
    folder = Path(name).absolute()
    found = [Backup(folder)] if (folder / "backup.json").is_file() else [one for one in known if one.name == name]
    if not found:
        raise CommandError(
            f"{name} is no backup: it has no backup.json. manage.py backups lists those that there are."
        )
    return found[0]
