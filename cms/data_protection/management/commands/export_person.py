"""`manage.py export_person NAME`: a copy of what is kept about somebody with an account."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from cms.data_protection.exporting import export
from cms.data_protection.finding import UnableToFind, find


class Command(BaseCommand):
    """Writes as JSON all that is kept about somebody with an account, or who is invited, and what is not in it."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="The user name or e-mail address of the person.")

    def handle(self, name, **options):
        try:
            found = export(find(name), now=timezone.now())
        except UnableToFind as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
