"""`manage.py pull_release`: bring this server up to the release that is current in the shared storage."""

from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.files import locked
from api.releases.pull import Pulled, pull
from api.releases.shared import SharedStorage, shared_storage
from api.releases.tree import DamagedRelease


class Command(BaseCommand):
    """Fetches what this server lacks of the shared storage's current release, and makes it the current one here."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="Look at every file, and mend what is missing or damaged here."
        )

    def handle(self, **options):
        shared = shared_storage()
        if shared is None:
            raise CommandError("RELEASES_URL is not set: there is no shared storage to pull from.")
        began = monotonic()
        try:
            pointer = shared.pointer()
            if pointer is None:
                raise CommandError("The shared storage holds no release yet: publish on one of the servers.")
            pulled = self.pull(shared, everything=options["all"])
            release = pulled.release if pulled else shared.release(pointer)
        except (OSError, DamagedRelease) as error:
            raise CommandError(f"Nothing was pulled: {error}. This server keeps the release it has.") from error
        if pulled is None:
            self.stdout.write(f"This server has release {release.id} already.")
            return
        fetched = f"fetched {pulled.files} files, {pulled.size / 1e6:.1f} MB, in {monotonic() - began:.1f} s"
        self.stdout.write(f"Release {release.id} is live on this server: {fetched}.")

    def pull(self, shared: SharedStorage, *, everything: bool) -> Pulled | None:
        with locked(settings.RELEASES_DIR):
            return pull(settings.RELEASES_DIR, shared, everything=everything)
