"""What changed from one release to another, for those who keep a copy of all that is public."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from drf_spectacular.utils import extend_schema

from api.content.addresses import CHANGES
from api.content.answers import Readable, check_page, described, made_answer, release_with, unchanged_answer
from api.content.pages import link_header, list_page
from api.content.parameters import FOLLOWING, Wanted, wanted, wrong
from api.content.shapes import ChangesPage
from api.limits import Limited
from api.problems import BadParameters, Problem
from api.releases.manifest import Entry, Release, read_release, release_ids, tree_of
from api.releases.tree import EMPTY, DamagedRelease, Root, Tree
from api.releases.views import INDEX_PATH
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.shapes import shaped

# Whoever follows asks for several pages of the same differences: some 8 MB for 80,000 addresses.
KEPT_DIFFERENCES = 2
NOTHING = Entry(status=0)


class ChangesView(Readable):
    """Addresses whose content changed after a release."""

    throttle_classes = [Limited]

    @extend_schema(
        operation_id="changes",
        summary="What changed since a release",
        parameters=[described(name, known) for name, known in FOLLOWING.items()],
        responses={200: ChangesPage, 429: Problem},
    )
    def get(self, request):
        current = release_with(INDEX_PATH)
        asked = wanted(FOLLOWING, request.GET.lists())
        since, to = asked.filters["since"], asked.filters.get("to", current.id)
        before, after = root_of("since", since, current), root_of("to", to, current)
        named = digest(f"{before.sha256} {after.sha256} changes {since} {to} {asked}".encode())
        if unchanged := unchanged_answer(request, named):
            return unchanged
        page = changes_page(asked, since, to, before, after)
        return made_answer(request, canonical_bytes(shaped(ChangesPage, page)), named, link_header(page))


def root_of(parameter: str, release_id: int, current: Release) -> Root:
    """Give the root of a release's resources. Raises BadParameters, which names the parameter that it came from."""
    if release_id == current.id:
        return current.resources
    if release_id == 0:
        return EMPTY
    try:
        return read_release(settings.RELEASES_DIR, release_id).resources
    except DamagedRelease as error:
        raise BadParameters([not_kept(parameter)]) from error


def not_kept(parameter: str) -> dict:
    """Say that a release is not there, and which are."""
    kept = ", ".join(map(str, release_ids(settings.RELEASES_DIR)))
    again = " Or begin again: “since=0” gives all that there is." if parameter == "since" else ""
    return wrong(parameter, f"must be a release that is still kept, one of: {kept}.{again}")


def changes_page(asked: Wanted, since: int, to: int, before: Root, after: Root) -> dict:
    """Give a page of changes, in the order of their addresses. Raises BadParameters."""
    folder = settings.RELEASES_DIR
    try:
        paths = changed_paths(folder, before, after)
    except DamagedRelease as error:
        raise BadParameters([not_kept("since")]) from error
    check_page(asked, len(paths))
    trees = tree_of(folder, before), tree_of(folder, after)
    page = list_page(
        CHANGES,
        [change_at(path, *trees) for path in paths[asked.first : asked.first + asked.per_page]],
        count=len(paths),
        number=asked.page,
        per_page=asked.per_page,
        # The pages of one answer are of the same two releases, whatever is published in the meantime.
        filters={"since": str(since), "to": str(to)},
    )
    return {**page, "since": since, "release": to}


@lru_cache(maxsize=KEPT_DIFFERENCES)
def changed_paths(folder: Path, before: Root, after: Root) -> list[str]:
    """Give all addresses at which two releases have something else. Raises DamagedRelease."""
    differences = tree_of(folder, before).differences(tree_of(folder, after))
    # What has no slash at its start is the release's own business.
    return sorted(path for path, was, now in differences if path.startswith("/") and shown(was) != shown(now))


def shown(value: dict | None) -> Entry:
    """Give what readers see of an entry in a tree: how it is compressed is no difference, nor whether it is gone."""
    entry = Entry.of(value) if value else NOTHING
    if entry.status == 410:
        return NOTHING
    return Entry(sha256=entry.sha256, type=entry.type, status=entry.status, location=entry.location)


def change_at(path: str, before: Tree, after: Tree) -> dict:
    """Give what happened at an address."""
    was, now = shown(before.get(path)), shown(after.get(path))
    return {"change": _kind(was, now), "path": path, "type": now.type, "etag": now.sha256, "location": now.location}


def _kind(was: Entry, now: Entry) -> str:
    if now.status != 200:
        return "moved" if now.location else "gone"
    return "changed" if was.status == 200 else "added"
