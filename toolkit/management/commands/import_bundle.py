"""`manage.py import_bundle DIR`: put the content of a bundle on the site."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from toolkit.bundle.format import UnreadableFile
from toolkit.bundle.load import load_folder
from toolkit.bundle.merge import CHANGED, DRAFTED, NEW, OVERTAKEN, SAME, WITHDRAWN, Merged, merge_folder
from toolkit.bundle.references import MissingPage
from toolkit.models import Home

SHOWN = {
    NEW: "New",
    CHANGED: "Different (- as it is here, + as it is in the bundle)",
    OVERTAKEN: "Left alone, for there are changes here that nobody has published yet (--over-drafts goes over them)",
    DRAFTED: "A draft that says the same is there already",
    WITHDRAWN: "Left out, for the words were withdrawn here",
}
# Of a new page, its title says enough.
WITH_LINES = (CHANGED, OVERTAKEN)


class Command(BaseCommand):
    """Makes an empty site a copy of the one that the bundle came from, or drafts on a site that has content.

    On a site with content nothing is published, deleted or moved, and it says page by page what is different.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="The folder that export_bundle wrote.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would be different, and do nothing.")
        parser.add_argument(
            "--over-drafts", action="store_true", help="Make drafts of pages that have unpublished changes, too."
        )

    def handle(self, folder, dry_run, over_drafts, **options):
        if not folder.is_dir() or not any(folder.glob("*/*.md")):
            raise CommandError(f"{folder} holds no content. It must be a folder that export_bundle wrote.")
        try:
            is_empty = not Home.objects.exists()
            if dry_run or not is_empty:
                merged = merge_folder(folder, dry_run=dry_run, over_drafts=over_drafts, progress=self.progress)
                self.report(merged, dry_run, is_empty)
            else:
                new = load_folder(folder, progress=self.progress)
                drafts = Page.objects.filter(live=False, depth__gt=1).count()
                self.stdout.write(f"{new} pages are new: {new - drafts} are published, {drafts} are drafts.")
        except (UnreadableFile, MissingPage, OSError) as error:
            raise CommandError(f"{error} Nothing was changed.") from error

    def report(self, merged: Merged, dry_run: bool, is_empty: bool):
        """Say page by page what is different, and what was done about it."""
        for state, heading in SHOWN.items():
            found = merged.of(state)
            if found:
                self.stdout.write(f"{heading}:")
            for difference in found:
                self.stdout.write(f"  {difference.path}: {difference.title}")
                for line in difference.lines if state in WITH_LINES else []:
                    self.stdout.write(f"    {line}")
        if merged.only_here:
            self.stdout.write("Only on this site, and left as it is:")
            for address in merged.only_here:
                self.stdout.write(f"  {address}")
        self.stdout.write(f"Pages that are the same: {len(merged.of(SAME))}.")
        drafts = len(merged.of(NEW)) + len(merged.of(CHANGED))
        if is_empty:
            self.stdout.write("This site has no content yet, so what the bundle says is public would be published.")
            self.stdout.write("This was a dry run: nothing was changed.")
        elif dry_run:
            self.stdout.write(f"Drafts that would be made: {drafts}. This was a dry run: nothing was changed.")
        elif drafts:
            self.stdout.write(f"Drafts that were made: {drafts}. Nothing is public yet: publish them in the admin.")
        else:
            self.stdout.write("Nothing was changed.")

    def progress(self, done: int, total: int):
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} pages", ending="\n" if done == total else "")
