"""The command that lists what was taken back, and sees to it that it stays away."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from cms.consent.withdrawal.burying import forget_elsewhere, write_record
from cms.consent.withdrawal.withdraw import finish_what_is_left, keep_out
from cms.publishing.publish import publish
from toolkit.models import Withdrawal
from toolkit.withdrawal.erasures import read_erased, take_up_erased
from toolkit.withdrawal.tombstones import read_record, take_up


class Command(BaseCommand):
    """Lists what people took back, and takes out again what an older backup has brought back.

    The record of it, withdrawn.json in the folder of releases, holds no words: keep a copy of it elsewhere. After a
    backup of everything was put back, give it with --take-up.
    """

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--take-up", metavar="FILE", help="A copy of withdrawn.json that knows of more.")

    def handle(self, take_up, **options):
        if take_up:
            self.take_up(Path(take_up))
        publish()
        keep_out()
        finish_what_is_left(now=timezone.now())
        for one in Withdrawal.objects.all():
            state = "nothing is left of it" if one.finished_at else "not finished"
            self.stdout.write(f"{one.made_at:%Y-%m-%d} {one.kind} {one.key}: {state}")
        self.stdout.write(f"{Withdrawal.objects.count()} taken back in all.")

    def take_up(self, file: Path):
        """Take up a record from elsewhere."""
        try:
            record, deleted = read_record(file.read_bytes()), read_erased(file.read_bytes())
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        with transaction.atomic():
            take_up(record)
            take_up_erased(deleted)
            forget_elsewhere()
            write_record()
