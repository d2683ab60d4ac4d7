"""`manage.py backups`: which backups there are, how old, and whether they can be restored."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.backups.backup import Backup, DamagedBackup, backups_in, moment_of
from cms.backups.sizes import in_words
from cms.backups.trying import try_backup
from cms.backups.unable import NotTried, UnableToBackUp
from cms.management.commands.backup import folder_of
from cms.management.progress import progress_on


class Command(BaseCommand):
    """Lists the backups, the newest last; with --verify, restores one on trial and looks at each of its files."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", help="Where backups are kept (default: BACKUP_DIR).")
        parser.add_argument(
            "--verify", nargs="?", const="newest", metavar="NAME", help="Restore one on trial (default: the newest)."
        )

    def handle(self, folder, verify, **options):
        folder = folder_of(folder)
        try:
            backups = backups_in(folder)
        except OSError as error:
            raise CommandError(f"{folder} cannot be read: {error.strerror}.") from error
        if not backups:
            raise CommandError(f"There is no backup in {folder} yet. Make one: manage.py backup {folder}")
        if verify:
            self.try_out(chosen(backups, verify))
        else:
            for backup in backups:
                self.stdout.write(line(backup))

    def try_out(self, backup: Backup):
        """Restore one on trial, and say what is wrong with it."""
        try:
            faults = try_backup(backup, now=timezone.now(), progress=progress_on(self.stdout, "files"))
        except (NotTried, UnableToBackUp) as error:
            raise CommandError(str(error)) from error
        if faults:
            raise CommandError("\n".join([f"{backup.name} is not sound:", *(f"  {fault}" for fault in faults)]))
        self.stdout.write(f"{backup.name} was restored on trial, and all is well.")


def chosen(backups: list[Backup], name: str) -> Backup:
    """Give the backup of a name, or the newest. Raises CommandError."""
    found = backups[-1:] if name == "newest" else [one for one in backups if one.name == name]
    if not found:
        raise CommandError(f"There is no backup {name}. There are: {', '.join(one.name for one in backups)}")
    return found[0]


def line(backup: Backup) -> str:
    """Say of a backup when it was made, what is in it, and whether it was tried."""
    made = timezone.localtime(moment_of(backup.name))
    try:
        holds = in_words(backup.facts)
    except DamagedBackup as error:
        holds = f"damaged: {error}"
    tried = "restored on trial" if backup.tried_at else "not tried"
    return f"{backup.name}  {made:%Y-%m-%d %H:%M}  {holds}, {tried}"
