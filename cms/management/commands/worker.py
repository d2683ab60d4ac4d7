"""`manage.py worker`: publish in the background, keep dates, and try again what failed."""

import signal

from django.core.management.base import BaseCommand, CommandError

from api.releases.front.layout import keep_front
from cms.worker.loop import Worker

# An editor's date is kept at most a minute late.
LATEST = 60


class Command(BaseCommand):
    """Publishes what waits, keeps the dates of pages, tries again what failed; runs until it is stopped."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--every", type=float, default=15, metavar="SECONDS", help="Between two looks at dates (default: 15)."
        )
        parser.add_argument("--with-parent", type=int, metavar="PID", help="End when this parent process has ended.")

    def handle(self, every, with_parent, **options):
        if not 0 < every <= LATEST:
            raise CommandError(f"--every must be more than 0 and at most {LATEST} seconds, not {every:g}.")
        worker = Worker(dates_every=every, parent=with_parent)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.end)
        self.say("The worker is running. Press Ctrl+C to stop.")
        keep_front()
        worker.run()
        self.say("The worker has ended.")

    def say(self, text: str):
        self.stdout.write(text)
        self.stdout.flush()
