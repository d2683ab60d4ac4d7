"""`manage.py export_bundle DIR`: write all content as a folder of Markdown files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from toolkit.bundle.export import Exported, export_folder
from toolkit.bundle.format import UnreadableFile
from toolkit.bundle.selection import UnableToExport


class Command(BaseCommand):
    """Writes what is public, with credits, translations, pictures and a note on the licence, into a new folder.

    Words that somebody withdrew, and the private notes on consent, are never written.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help="A folder that is new or empty.")
        parser.add_argument("--drafts", action="store_true", help="Write pages that are not public, too.")
        parser.add_argument("--replace", action="store_true", help="Take the place of an earlier bundle.")

    def handle(self, folder, drafts, replace, **options):
        folder = folder.absolute()
        try:
            exported = export_folder(
                folder, now=timezone.now(), drafts=drafts, replace=replace, progress=self.progress
            )
        except (UnableToExport, UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        self.report(exported, folder)

    def report(self, exported: Exported, folder: Path):
        self.stdout.write(f"{exported.pages} pages and {exported.files} pictures and files are in {folder}")
        for title in exported.missing:
            self.stderr.write(f"The file of “{title}” is missing: the bundle goes without it.")
        if exported.newer_drafts:
            self.stdout.write("These pages have changes that are not published. The bundle has their public words:")
            for path in exported.newer_drafts:
                self.stdout.write(f"  - {path}")

    def progress(self, done: int, total: int):
        if self.stdout.isatty():
            self.stdout.write(f"\r{done} of {total} pages", ending="\n" if done == total else "")
