"""What was done to pages in a month, from Wagtail's own log."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageLogEntry

from api.releases.manifest import changes_of, read_release, release_ids
from api.releases.tree import DamagedRelease

CREATED, PUBLISHED, UNPUBLISHED, WITHDRAWN, DELETED = "created", "published", "unpublished", "withdrawn", "deleted"
WORDS = {
    CREATED: _("Created"),
    PUBLISHED: _("Published"),
    UNPUBLISHED: _("Taken off the site"),
    WITHDRAWN: _("Words taken back"),
    DELETED: _("Deleted"),
}
ACTIONS = {
    CREATED: ["wagtail.create", "wagtail.copy", "wagtail.copy_for_translation", "wagtail.create_alias"],
    PUBLISHED: ["wagtail.publish", "wagtail.publish.scheduled"],
    UNPUBLISHED: ["wagtail.unpublish", "wagtail.unpublish.scheduled"],
    WITHDRAWN: ["toolkit.withdrawn"],
    DELETED: ["wagtail.delete"],
}
WHAT = {action: what for what, actions in ACTIONS.items() for action in actions}
# So many releases after a change are looked through: somebody else may have published in the same moment.
NEXT = 5
KEPT = 2048


def month_begins(text: str) -> date | None:
    """Read a month such as "2026-11", None where that is none."""
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return None


def months_until(today: date, *, count: int) -> list[date]:
    """Give the beginnings of so many months, the newest first."""
    number = today.year * 12 + today.month - 1
    return [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(count)]


def entries_of_month(first: date, *, what: str, pages: QuerySet[Page], sees_deleted: bool) -> QuerySet[PageLogEntry]:
    """Give what was done in a month, of one kind or of all, to pages that somebody sees; the newest first."""
    zone = get_current_timezone()
    after = (first + timedelta(days=31)).replace(day=1)
    begins, ends = (datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, after))
    entries = PageLogEntry.objects.filter(timestamp__gte=begins, timestamp__lt=ends)
    theirs = Q(page__in=pages.order_by().values("pk"))
    if sees_deleted:
        theirs |= ~Q(page__in=Page.objects.order_by().values("pk"))
    return entries.filter(theirs, action__in=ACTIONS.get(what, WHAT)).select_related("user")


def release_of(made_at: datetime, *, path: str, locale: str) -> int | None:
    """Give the id of the release that brought a change at a path of the site to readers, None if none did."""
    folder = settings.RELEASES_DIR
    ids = release_ids(folder)
    # Releases know their time to the second.
    second = made_at.replace(microsecond=0)
    first = bisect_left(ids, second, key=lambda one: _moment(folder, one))
    found = [one for one in ids[first : first + NEXT] if (path, locale) in _places(folder, one)]
    same = [one for one in found if _moment(folder, one) == second]
    return same[-1] if same else next(iter(found), None)


@lru_cache(maxsize=KEPT)
def _moment(folder: Path, release_id: int) -> datetime:
    """Give when a release was made; of a damaged one, a moment before all others."""
    try:
        return datetime.fromisoformat(read_release(folder, release_id).made_at)
    except DamagedRelease:
        return datetime.min.replace(tzinfo=UTC)


@lru_cache(maxsize=KEPT)
def _places(folder: Path, release_id: int) -> frozenset[tuple[str, str]]:
    try:
        changes = changes_of(folder, read_release(folder, release_id))
    except DamagedRelease:
        return frozenset()
    return frozenset((one["path"], one["locale"]) for one in changes)
