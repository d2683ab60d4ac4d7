"""`manage.py clean_uploads`: take what was written into older pictures out of them."""

from django.core.management.base import BaseCommand

from cms.publishing.signals import collected, publish_once
from cms.uploads.cleaning import clean


class Command(BaseCommand):
    """Draws pictures anew that came in before each was, and names files that are not what they say.

    Cameras write into a picture where it was taken. Pages show copies without that, but a bundle holds the originals.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and change nothing.")

    def handle(self, **options):
        does = "to draw anew" if options["dry_run"] else "drawn anew"
        mended = wrong = 0
        with collected():
            for found in clean(dry_run=options["dry_run"]):
                mended, wrong = mended + (not found.problem), wrong + bool(found.problem)
                self.stdout.write(f"{found.title} ({found.file}): {found.problem or does}")
        publish_once()
        self.stdout.write(f"Pictures {does}: {mended}. To look at: {wrong}.")
        if wrong:
            self.stdout.write("What is to look at is as it was. Upload another file in its place, in the admin.")
