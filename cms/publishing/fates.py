"""What became of the pages that an editor changed: live, moved, gone, hidden, planned, or not built."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Page

from api.releases.manifest import Release, current_release, tree_of
from api.releases.tree import DamagedRelease
from cms.models import Change, Failure
from cms.publishing.targets import name_of_page
from toolkit import locales

LIVE, MOVED, GONE, HIDDEN, PLANNED, FAILED = "live", "moved", "gone", "hidden", "planned", "failed"


@dataclass(frozen=True)
class Fate:
    """What became of a page: `kind`, its title, locale and address as readers see them, and its editor's number.

    `page_id` is None when the page was deleted. `reason` says in words why it could not be built.
    """

    kind: str
    title: str
    locale: str
    path: str = ""
    page_id: int | None = None
    reason: str = ""


def release_now() -> Release | None:
    """Give the release that readers see, None when there is none that can be read."""
    try:
        return current_release(settings.RELEASES_DIR)
    except DamagedRelease:
        return None


def fates_of(changes: Iterable[Change], before: Release | None, now: Release | None) -> list[Fate]:
    """Give what became of each changed page from one release to another, leaving out what readers never knew of."""
    keys = {change.object_id: change.key for change in changes if change.kind == Change.Kind.PAGE}
    pages = Page.objects.filter(pk__in=keys).select_related("locale").in_bulk()
    known = {(page.translation_key, page.locale.language_code): page for page in pages.values()}
    deleted = [(keys[pk], code) for pk in keys if pk not in pages for code in locales.codes()]
    names = [(pages[pk].translation_key, pages[pk].locale.language_code) for pk in keys if pk in pages]
    targets = [name_of_page(str(key), code) for key, code in names]
    failures = {failure.target: failure.reason for failure in Failure.objects.filter(target__in=targets)}
    found = []
    for key, code in [*names, *deleted]:
        name = name_of_page(str(key), code)
        fate = _fate(known.get((key, code)), code, _shown(before, name), _shown(now, name), failures.get(name))
        found += [fate] if fate else []
    return found


def _fate(page: Page | None, code: str, was: dict | None, now: dict | None, failure: str | None) -> Fate | None:
    """Say what became of one page, from what two releases show of it."""
    kind = _kind(page, was, now, failure)
    if kind is None:
        return None
    title = page.title if page else (now or was)["title"]
    return Fate(kind, title, code, now["path"] if now else "", page and page.pk, failure or "")


def _kind(page: Page | None, was: dict | None, now: dict | None, failure: str | None) -> str | None:
    if failure:
        return FAILED
    if page and page.scheduled_revision:
        return PLANNED
    if now:
        return MOVED if was and was["path"] != now["path"] else LIVE
    if was:
        return GONE
    return HIDDEN if page and page.live else None


def _shown(release: Release | None, name: str) -> dict | None:
    """Give what a release remembers of a page that readers can see in it: {"type", "title", "path", "api"}."""
    try:
        node = release and tree_of(settings.RELEASES_DIR, release.nodes).get(name)
    except DamagedRelease:
        return None
    memory = (node or {}).get("memory") or {}
    return None if memory.get("gone") else memory.get("about")
