"""`manage.py verify_release`: whether every file of a release is there and is what was written."""

from collections.abc import Iterable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from api.releases.files import locked
from api.releases.manifest import current_release, release_ids
from api.releases.tree import DamagedRelease
from api.releases.verify import SEARCH, Fault, pointed_to, pointer_faults, release_faults, surely_extra_files
from api.search.check import index_faults
from cms.management.progress import progress_on
from cms.management.releases import number_of_release
from cms.publishing.repair import is_current_damaged, repair

EXTRA = "belongs to no release: nobody can see it"
ADVICE = {
    "current": "What the public sees is damaged. Mend it with: manage.py verify_release --repair",
    "older": "Put the files of older releases back from a backup, or remove these releases with: "
    "manage.py prune_releases --damaged",
    "index": "Lists and search are wrong. Mend them with: manage.py verify_release --repair",
    "extra": "Extra files do no harm. Remove them with: manage.py verify_release --all --repair",
}


class Command(BaseCommand):
    """Looks at every file of the current release, or of another, and says what is wrong with which.

    Reads the disk itself. Ends with 1 when anything is wrong.
    """

    help = __doc__
    # They may ask the database, which may be away just now.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("id", nargs="?", help="Of the release to look at, in place of the current one.")
        parser.add_argument("--all", action="store_true", help="Every kept release, and files that belong to none.")
        parser.add_argument("--repair", action="store_true", help="Mend what can be mended, and look again.")

    def handle(self, **options):
        self.folder, self.progress = settings.RELEASES_DIR, progress_on(self.stdout, "done")
        if not release_ids(self.folder):
            raise CommandError("There is no release yet: publish first.")
        if options["all"] and options["id"] is not None:
            raise CommandError("Give the number of a release, or --all, but not both.")
        one = None if options["id"] is None else number_of_release(options["id"], self.folder)
        faults = self.faults(one, options["all"])
        if faults and options["repair"]:
            self.stdout.write("\n".join(["Wrong were:", *(f"  {fault}" for fault in faults)]))
            self.mend(one, options["all"])
            faults = self.faults(one, options["all"])
        if faults:
            raise CommandError(
                "\n".join(["Not all is well:", *(f"  {fault}" for fault in faults), *self.advice(faults)])
            )
        self.stdout.write(self.all_is_well(one, options["all"]))

    def wanted(self, one: int | None, every: bool) -> list[int]:
        """Give the ids of the releases to look at; none where the pointer, which is then wrong, names none."""
        current = pointed_to(self.folder)
        if every:
            return sorted({*release_ids(self.folder), *([current] if current else [])})
        return [found for found in [one or current] if found]

    def faults(self, one: int | None, every: bool) -> list[Fault]:
        found = [] if one else pointer_faults(self.folder)
        found += release_faults(self.folder, self.wanted(one, every), self.progress)
        if not found and pointed_to(self.folder) in self.wanted(one, every):
            found += index_faults(self.folder, current_release(self.folder))
        if every:
            # While somebody publishes, there are files that belong to no release yet.
            with locked(self.folder):
                found += [Fault(name, EXTRA) for name in surely_extra_files(self.folder)]
        return found

    def mend(self, one: int | None, every: bool):
        try:
            published = repair(self.folder, self.wanted(one, every), progress=self.progress)
        except (DatabaseError, OSError, DamagedRelease) as error:
            raise CommandError(
                f"It could not be mended ({error}). manage.py rollback_release shows the public another release "
                "that is kept and sound, even without the database."
            ) from error
        if published:
            self.stdout.write(f"Everything was published anew: the public now sees release {published.release.id}.")
            for name, error in sorted(published.failures.items()):
                self.stdout.write(f"  {name} could not be built, and stays as it was: {error}")

    def advice(self, faults: Iterable[Fault]) -> list[str]:
        """Say what to do about faults."""
        index = [fault for fault in faults if fault.name.startswith(SEARCH)]
        damaged = [fault for fault in faults if fault.what != EXTRA and fault not in index]
        is_current = bool(damaged) and is_current_damaged(self.folder)
        kinds = {
            "current": is_current,
            "older": damaged and not is_current,
            "index": index,
            "extra": any(fault.what == EXTRA for fault in faults),
        }
        return [ADVICE[kind] for kind, is_so in kinds.items() if is_so]

    def all_is_well(self, one: int | None, every: bool) -> str:
        ids = self.wanted(one, every)
        if every:
            releases = "the one release" if len(ids) == 1 else f"all {len(ids)} releases"
            return f"All is well: every file of {releases} is as it was written, and there is no other."
        return f"All is well: every file of release {ids[0]} is as it was written."
