"""`manage.py export_release DIR`: write a release as a plain folder, for any web server, CDN or USB stick."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.export import UnableToExport, export
from api.releases.manifest import current_release, read_release
from api.releases.tree import DamagedRelease
from cms.management.progress import progress_on
from cms.management.releases import number_of_release


class Command(BaseCommand):
    """Writes a release as a plain folder. It must be served at the root of a host: links begin with "/".

    /en/ becomes en/index.html, and /api/v1/en/ becomes api/v1/en/index.json: docs/releases.md says how to map that.
    """

    help = __doc__
    # They may ask the database, which may be away just now.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", help="A new or an empty folder.")
        parser.add_argument("--release", metavar="ID", help="The release to write, in place of the current one.")
        parser.add_argument("--replace", action="store_true", help="Replace an earlier export, as a whole.")

    def handle(self, folder, **options):
        target = Path(folder)
        try:
            release = self.release(options["release"])
            progress = progress_on(self.stdout, "addresses")
            count = export(settings.RELEASES_DIR, release, target, replace=options["replace"], progress=progress)
        except UnableToExport as error:
            raise CommandError(str(error)) from error
        except DamagedRelease as error:
            raise CommandError(
                f"The release is damaged: {error}. Nothing was exported. See: manage.py verify_release"
            ) from error
        except OSError as error:
            raise CommandError(f"The folder could not be written ({error}).") from error
        self.stdout.write(f"Release {release.id} is in {target}: {count} addresses. Serve it at the root of a host.")

    def release(self, wanted: str | None):
        folder = settings.RELEASES_DIR
        if wanted is not None:
            return read_release(folder, number_of_release(wanted, folder))
        release = current_release(folder)
        if release is None:
            raise CommandError("There is no release yet: publish first.")
        return release
