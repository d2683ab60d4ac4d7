"""`manage.py prune_releases`: make room by removing old releases."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from cms.management.progress import progress_on
from cms.publishing.prune import Pruned, UnableToPrune, prune

# A decade would do; much more is no date any more.
MOST_DAYS = 36_500


class Command(BaseCommand):
    """Removes old releases, every file that no kept release needs, and what failed publishes left behind.

    The current release always stays. While a release is kept, so are its pictures and stylesheets at their old
    addresses: a page that was loaded before a switch, or that stands in a cache, still finds them.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--keep", type=int, default=50, help="How many of the newest to keep (default: 50).")
        parser.add_argument("--days", type=int, default=30, help="Keep all younger than so many days (default: 30).")
        parser.add_argument("--damaged", action="store_true", help="Remove older releases that are damaged, too.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would go, and remove nothing.")

    def handle(self, **options):
        if options["keep"] < 1:
            raise CommandError("--keep must be at least 1: the newest release always stays.")
        if not 0 <= options["days"] <= MOST_DAYS:
            raise CommandError(f"--days must be from 0 to {MOST_DAYS}.")
        try:
            pruned = prune(
                settings.RELEASES_DIR,
                keep=options["keep"],
                since=timezone.now() - timedelta(days=options["days"]),
                damaged=options["damaged"],
                dry_run=options["dry_run"],
                progress=progress_on(self.stdout, "files looked at"),
            )
        except UnableToPrune as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database does not answer ({error}). Nothing was removed.") from error
        except OSError as error:
            raise CommandError(f"Not everything could be removed ({error}). Every kept release is whole.") from error
        self.stdout.write(said(pruned, options["dry_run"]))


def said(pruned: Pruned, is_dry_run: bool) -> str:
    """Say in a sentence what went, or would go."""
    if not pruned.files:
        return "There is nothing to remove: every file belongs to a release that is kept."
    one = len(pruned.releases) == 1
    listed = f" ({', '.join(map(str, pruned.releases))})" if pruned.releases else ""
    what = f"{len(pruned.releases)} release{'' if one else 's'}{listed} and {pruned.files} files"
    return f"{'Would remove' if is_dry_run else 'Removed'} {what}: {pruned.size / 1e6:.1f} MB."
