"""`manage.py releases [ID]`: list the releases that are kept, or what changed with one of them."""

import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from api.releases.manifest import Release, changes_of, read_release, release_ids
from api.releases.tree import DamagedRelease
from api.releases.verify import pointed_to
from cms.management.releases import local_time, number_of_release

COUNTED = ("added", "changed", "gone")
LINE = "{is_current:1} {id:>6}  {when:16}  {added:>7} {changed:>7} {gone:>7}  {who}"
HEAD = {
    "is_current": "",
    "id": "id",
    "when": "when",
    "added": "added",
    "changed": "changed",
    "gone": "gone",
    "who": "who",
}


class Command(BaseCommand):
    """Lists the releases that are kept, the newest first; with an ID, the pages that changed with that release.

    Times are those of TIME_ZONE. "Added", "changed" and "gone" count addresses: pages, documents, pictures.
    """

    help = __doc__
    # They may ask the database, which may be away just now.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("id", nargs="?", help="Of the release to show.")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="json: times are in UTC.")

    def handle(self, **options):
        folder = settings.RELEASES_DIR
        wants_json = options["format"] == "json"
        if options["id"] is not None:
            self.show_one(number_of_release(options["id"], folder), wants_json)
            return
        found = [facts_of(folder, release_id) for release_id in reversed(release_ids(folder))]
        if wants_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        elif found:
            self.stdout.write(LINE.format(**HEAD))
            for facts in found:
                self.stdout.write(line_of(facts))
        else:
            self.stdout.write("There is no release yet: publish first.")

    def show_one(self, release_id: int, wants_json: bool):
        folder = settings.RELEASES_DIR
        try:
            changes = changes_of(folder, read_release(folder, release_id))
        except DamagedRelease as error:
            raise CommandError(f"Release {release_id} is damaged: {error}.") from error
        facts = facts_of(folder, release_id)
        if wants_json:
            self.stdout.write(json.dumps({**facts, "changes": changes}, ensure_ascii=False, indent=1))
            return
        self.stdout.write(LINE.format(**HEAD))
        self.stdout.write(line_of(facts))
        self.stdout.write("Pages that changed with it:" if changes else "No page changed with it.")
        for one in changes:
            self.stdout.write(f"  {one['change']:8} {one['locale']:5} {one['title']} ({one['path']})")


def facts_of(folder, release_id: int) -> dict:
    """Give what is known about a release, as JSON data."""
    is_current = release_id == pointed_to(folder)
    try:
        return {**_facts(read_release(folder, release_id)), "is_current": is_current}
    except DamagedRelease as error:
        return {"id": release_id, "is_current": is_current, "damage": str(error)}


def _facts(release: Release) -> dict:
    return {
        "id": release.id,
        "parent": release.parent,
        "made_at": release.made_at,
        "made_by": list(release.made_by),
        "counts": {name: release.counts.get(name, 0) for name in COUNTED},
        "addresses": release.resources.count,
    }


def line_of(facts: dict) -> str:
    """Give a line about a release. The current one has a star."""
    shown = {"is_current": "*" if facts["is_current"] else "", "id": facts["id"]}
    if "damage" in facts:
        return LINE.format(**shown, when="", **dict.fromkeys(COUNTED, ""), who=f"damaged: {facts['damage']}")
    return LINE.format(
        **shown, when=local_time(facts["made_at"]), **facts["counts"], who=", ".join(facts["made_by"]) or "–"
    )
