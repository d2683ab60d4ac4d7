"""`manage.py doctor`: look at everything that this installation needs, and say in words what to mend."""

import sys
from functools import partial

from django.core.management.base import BaseCommand
from django.utils.translation import override

from cms.doctor.examining import Group, examine
from cms.doctor.findings import Verdict
from cms.doctor.groups import GROUPS
from cms.doctor.mail import send
from cms.doctor.online import look as look_online
from cms.doctor.report import add_options, status_of, written


class Command(BaseCommand):
    """Looks at settings, database, files, worker, clock, disk, mail, rights of files and versions.

    Changes nothing, and asks nobody but the servers of the settings. Ends with 1 when anything is broken.
    """

    help = __doc__
    # They may ask the database, which may be away just now.
    requires_system_checks = []

    def add_arguments(self, parser):
        add_options(parser)

    def handle(self, **options):
        groups = [*GROUPS]
        if options["online"]:
            groups.append(Group("online", "The site, as a reader sees it", look_online))
        if options["send_to"]:
            groups.append(Group("sending", "A mail", partial(send, options["send_to"])))
        with override("en"):
            found = [(group, examine(group)) for group in groups]
        self.stdout.write(written(found, options["format"]))
        if status_of(found) == Verdict.BROKEN:
            sys.exit(1)
