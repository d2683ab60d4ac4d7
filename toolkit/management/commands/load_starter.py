"""`manage.py load_starter`: put the starter content on the site."""

from django.core.management.base import BaseCommand, CommandError

from toolkit.bundle.format import UnreadableFile
from toolkit.bundle.load import load_folder
from toolkit.bundle.references import MissingPage


class Command(BaseCommand):
    """Loads every starter page that the site does not have yet. Pages that are there stay as they are."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--language", action="append", default=[], metavar="CODE", help="only pages in this language, such as en"
        )
        parser.add_argument(
            "--page", action="append", default=[], metavar="CODE", help="only pages with this code, such as handbook"
        )

    def handle(self, *, language, page, **options):
        try:
            new = load_folder(languages=language, codes=page, progress=self.show)
        except (UnreadableFile, MissingPage) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{new} pages are new." if new else "Everything is there already.")

    def show(self, done: int, total: int):
        """Show progress in place where somebody watches."""
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} pages", ending="\n" if done == total else "")
