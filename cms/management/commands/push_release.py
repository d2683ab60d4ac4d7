"""`manage.py push_release`: send every file of the current release to the shared storage again, to mend it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.manifest import current_release
from api.releases.shared import shared_storage
from api.releases.tree import DamagedRelease
from cms.publishing.lease import only_publisher
from cms.publishing.push import push, push_pointer


class Command(BaseCommand):
    """Sends the current release of this server, each file of it checked, and makes it current in the storage."""

    help = __doc__

    def handle(self, **options):
        if shared_storage() is None:
            raise CommandError("RELEASES_URL is not set: there is no shared storage to push to.")
        try:
            with only_publisher(settings.RELEASES_DIR) as lease:
                release = current_release(settings.RELEASES_DIR)
                if release is None:
                    raise CommandError("This server has no release: publish first.")
                files = push(release, again=True)
                with lease.kept():
                    push_pointer(release, is_pushed=True)
        except (OSError, DamagedRelease) as error:
            raise CommandError(f"The release was not pushed as a whole: {error}.") from error
        self.stdout.write(f"Release {release.id} is in the shared storage: sent {files} files.")
