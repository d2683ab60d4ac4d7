"""`manage.py check_language`: what could be plainer, page by page; ends with 1 where there is anything."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from cms.plain_language.looking import all_known, look_at
from cms.plain_language.refreshing import pages_to_check
from cms.plain_language.words import block_of, place_name, shortened, tell
from toolkit import locales


class Command(BaseCommand):
    """Looks at all pages, as readers see them or as they are being written."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--locale", help="Only pages in this language, such as en.")
        parser.add_argument("--drafts", action="store_true", help="What is written last, published or not.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, locale, drafts, format, **options):
        if locale and locale not in locales.codes():
            raise CommandError(f"There is no language {locale} here. There are: {', '.join(locales.codes())}.")
        with override("en"):
            pages = list(self.found(locale, drafts))
        if format == "json":
            self.stdout.write(json.dumps(pages, indent=2, ensure_ascii=False))
        else:
            self.print(pages)
        if pages:
            sys.exit(1)

    def found(self, locale: str | None, drafts: bool):
        """Give each page on which there is something."""
        known = all_known()
        for page in pages_to_check(locale=locale, drafts=drafts):
            findings = look_at(page, known).findings
            if findings:
                yield {
                    "title": page.title,
                    "locale": page.locale.language_code,
                    "path": page.public_path,
                    "edit": f"/admin/pages/{page.pk}/edit/",
                    "findings": [
                        {
                            "code": one.code,
                            "place": one.place,
                            "where": place_name(type(page), one.place, block_of(page, one.place)),
                            "words": one.words,
                            "said": tell(one),
                        }
                        for one in findings
                    ],
                }

    def print(self, pages: list[dict]):
        for page in pages:
            self.stdout.write(f"{page['path']}  {page['title']}  ({page['edit']})")
            for one in page["findings"]:
                self.stdout.write(f"  {one['where']}: {one['said']}")
                if one["words"] and one["code"] == "hard-sentence":
                    self.stdout.write(f"    “{shortened(one['words'])}”")
        if not pages:
            self.stdout.write("All clear: nothing could be plainer.")
        else:
            things = counted(sum(len(page["findings"]) for page in pages), "thing")
            self.stdout.write(f"{things} could be plainer, on {counted(len(pages), 'page')}.")


def counted(count: int, what: str) -> str:
    """Give a number with what is counted."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
