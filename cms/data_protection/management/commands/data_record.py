"""`manage.py data_record`: what is kept about people, for whoever has to know."""

import json

from django.core.management.base import BaseCommand

from cms.data_protection.writing import as_json, as_markdown


class Command(BaseCommand):
    """Prints the record of what is kept about people: what, why, where, for how long, who sees and who deletes it."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["markdown", "json"], default="markdown")

    def handle(self, *, format, **options):
        text = as_markdown() if format == "markdown" else json.dumps(as_json(), ensure_ascii=False, indent=2)
        self.stdout.write(text.rstrip("\n"))
