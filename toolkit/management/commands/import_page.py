"""`manage.py import_page FILE`: turn an existing page of text into drafts."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from toolkit import locales
from toolkit.importing.drafts import NoTitle, Report, UnableToImport, import_drafts
from toolkit.importing.rules import classify
from toolkit.importing.rules.lines import Classified
from toolkit.importing.sources import UnreadableDocument, read_lines

SHOWN = ["line", "kind", "mark"]


class Command(BaseCommand):
    """Reads .txt, .md, .html or .docx, and makes drafts of a stage, its marks, quotes and notes.

    Nothing it makes is public before a person publishes it, and quotes wait for consent.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", help="The document: .txt, .md, .html or .docx, up to 5 MB.")
        parser.add_argument("--stage", help="Code or title of the stage to fill. Without it, the title decides.")
        parser.add_argument("--locale", default=locales.source(), choices=locales.codes(), help="Its language.")
        parser.add_argument("--dry-run", action="store_true", help="Show what would be done, and do nothing.")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="json: what each line was taken for."
        )

    def handle(self, file, stage, locale, dry_run, **options):
        try:
            lines = classify(read_lines(file))
            wants_json = options["format"] == "json"
            report = None if dry_run and wants_json else self.make_drafts(lines, locale, stage, dry_run)
        except NoTitle as error:
            raise CommandError(f"{error} --stage CODE") from error
        except (UnreadableDocument, UnableToImport) as error:
            raise CommandError(str(error)) from error
        if wants_json:
            shown = [{name: getattr(line, name) for name in SHOWN} for line in lines]
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))
        else:
            self.show(lines, report, dry_run)

    def make_drafts(self, lines: list[Classified], locale: str, stage: str | None, dry_run: bool) -> Report:
        """Make the drafts; on a dry run, take everything back again."""
        with transaction.atomic():
            report = import_drafts(lines, locale=locale, stage=stage)
            transaction.set_rollback(dry_run)
        return report

    def show(self, lines: list[Classified], report: Report, dry_run: bool):
        """Say in words what was made, what was there already, and what was left out."""
        left_out = [line for line in lines if line.kind in ("furniture", "prompt")]
        self.stdout.write("This would be made:" if dry_run else "Made, as drafts:")
        self.show_list(report.made or ["nothing"])
        if report.there:
            self.stdout.write("There already:")
            self.show_list(report.there)
        if left_out:
            self.stdout.write("Left out (links, footers, and the four questions that the home page keeps):")
            self.show_list(f"line {line.line}: {line.text[:70]}" for line in left_out)
        if not dry_run:
            self.stdout.write(
                "Nothing is public yet. Look at the drafts in the admin, ask for consent, publish there."
            )

    def show_list(self, sentences):
        for sentence in sentences:
            self.stdout.write(f"  - {sentence}")
