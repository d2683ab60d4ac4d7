"""`manage.py publish`: bring the public site up to date."""

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from api.releases.tree import DamagedRelease
from cms.publishing.check import differences
from cms.publishing.publish import publish


class Command(BaseCommand):
    """Builds what has changed and makes it the current release."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="Build everything, whether it has changed or not.")
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing: build everything anew, and say where the current release differs from it.",
        )

    def handle(self, **options):
        if options["check"]:
            self.check_release()
            return
        try:
            published = publish(everything=options["all"], progress=self.progress)
        except OSError as error:
            raise CommandError(f"The release could not be written ({error}). The site shows the last one.") from error
        except Error as error:
            raise CommandError(f"The database did not answer ({error}). The site shows the last release.") from error
        release, counts = published.release, published.release.counts
        if published.is_new:
            changed = ", ".join(f"{count} {what}" for what, count in counts.items())
            self.stdout.write(f"Release {release.id} is live: {release.resources.count} addresses, {changed}.")
        else:
            count = release.resources.count
            self.stdout.write(f"Nothing has changed: release {release.id} stays ({count} addresses).")
        if published.failures:
            names = "\n".join(f"  {name}: {error}" for name, error in sorted(published.failures.items()))
            raise CommandError(f"These could not be built, and stay as they were:\n{names}")

    def check_release(self):
        try:
            found = differences(progress=self.progress)
        except DamagedRelease as error:
            raise CommandError(f"The current release is damaged ({error}): manage.py verify_release") from error
        except Error as error:
            raise CommandError(f"The database did not answer ({error}).") from error
        if found:
            listed = "\n".join(f"  {path}: {what}" for path, what in found)
            raise CommandError(f"The current release is not what a full build gives:\n{listed}")
        self.stdout.write("The current release is, byte for byte, what a full build gives.")

    def progress(self, done: int, total: int):
        if self.stdout.isatty() and (done % 50 == 0 or done == total):
            self.stdout.write(f"\r  {done} of {total} parts", ending="\n" if done == total else "")
            self.stdout.flush()
