"""`manage.py publish`: bring the public site up to date."""

from django.core.management.base import BaseCommand, CommandError

from cms.publishing.publish import publish_everything


class Command(BaseCommand):
    """Builds everything that is public and makes it the current release."""

    help = __doc__

    def handle(self, **options):
        try:
            written = publish_everything()
        except OSError as error:
            raise CommandError(f"The release could not be written ({error}). The site shows the last one.") from error
        number, count = written.release.id, len(written.release.entries)
        if not written.is_new:
            self.stdout.write(f"Nothing has changed: release {number} stays ({count} resources).")
            return
        self.stdout.write(
            f"Release {number} is live: {count} resources, {len(written.added)} added, "
            f"{len(written.changed)} changed, {len(written.gone)} gone."
        )
