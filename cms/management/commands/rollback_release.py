"""`manage.py rollback_release ID`: show the public an older release again, or a newer one."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.tree import DamagedRelease
from cms.management.progress import progress_on
from cms.management.releases import local_time, number_of_release
from cms.publishing.lease import LeaseLost
from cms.publishing.rollback import UnableToRollBack, roll_back


class Command(BaseCommand):
    """Makes a kept release the one that the public sees, at once, if each of its files is sound.

    The pages of the editors stay as they are, and the next publish shows them again. Works without the database.
    """

    help = __doc__
    # They may ask the database, which may be away just now.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("id", help="Of the release to show: manage.py releases lists them.")

    def handle(self, **options):
        folder = settings.RELEASES_DIR
        release_id = number_of_release(options["id"], folder)
        try:
            done = roll_back(folder, release_id, progress=progress_on(self.stdout, "files looked at"))
        except (UnableToRollBack, DamagedRelease, LeaseLost, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The public now sees release {done.release.id}, made at {local_time(done.release.made_at)}. "
            "The next publish brings back what editors have published since."
        )
        if done.before not in (None, release_id):
            self.stdout.write(f"To undo this: manage.py rollback_release {done.before}")
        if done.without_database:
            self.stdout.write(
                "The database does not answer, so this was done without it. If several servers publish to this "
                "folder, make sure that none of them is doing so just now."
            )
