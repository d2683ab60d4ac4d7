"""`manage.py reset_two_factor NAME`: for the last administrator, whose phone is lost."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from cms.accounts.backends import user_name
from cms.accounts.second_factor import take_away


class Command(BaseCommand):
    """Takes somebody's second step at login away: they log in by password, and can set up a new phone."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="The user name or e-mail address of the person.")

    def handle(self, name, **options):
        person = get_user_model().objects.filter(username=user_name(name)).first()
        if person is None:
            raise CommandError(f"Nobody has the name {name}.")
        if take_away(person):
            self.stdout.write(f"{person.get_username()} logs in by password now, and can set up a new phone.")
        else:
            self.stdout.write(f"{person.get_username()} has no second step.")
