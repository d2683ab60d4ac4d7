"""`manage.py erase_person NAME`: takes an account and its traces out, and keeps what it wrote without the name."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cms.data_protection.erasing import UnableToErase, erase, plan
from cms.data_protection.finding import Named, UnableToFind, find, tables_naming

ELSEWHERE = """
Not touched by this command:
  words of theirs that are quoted, and credits: Consent in the admin, “Take back”
  scoring boards: manage.py boards LINK --erase
  offers: the link that they got when they sent it, or Offers in the admin
  what they said of pages: Reports, “Is it clear?” in the admin
  backups, the log of the server in front, the mail server, mails that were sent"""


class Command(BaseCommand):
    """Says what erasing somebody's account would do; with --yes, does it."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="The user name or e-mail address of the person.")
        parser.add_argument("--yes", action="store_true", help="Do it. This cannot be undone.")

    def handle(self, name, yes, **options):
        try:
            who = find(name)
            steps = plan(who)
            if yes:
                erase(who, now=timezone.now())
        except (UnableToFind, UnableToErase) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            reason = f"Nothing is erased yet: it cannot be written down beside the releases ({error}). Try again."
            raise CommandError(reason) from error
        self.stdout.write("Erased:" if yes else "This would happen:")
        for step in steps:
            self.stdout.write(f"  {step.name}: {step.count}, {step.then}")
        if yes:
            self.name_what_is_left(who)
        self.stdout.write(ELSEWHERE)
        if not yes:
            self.stdout.write("\nNothing has changed. To do it: the same with --yes. It cannot be undone.")

    def name_what_is_left(self, who: Named):
        """Name the places in which the name stands as part of what somebody wrote."""
        for model, keys in tables_naming(who):
            rows = ", ".join(map(str, keys[:10])) + (" …" if len(keys) > 10 else "")
            self.stdout.write(f"  The name still stands in {model._meta.label} {rows}: look whether it has to.")
