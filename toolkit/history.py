"""Keeping what changed on a page with each publish, and telling it of a page: the last few days on which it did."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC

from toolkit.changing import PARTS, Difference, Version, difference, version_of
from toolkit.models.changes import PageChange

# More than that nobody reads below a page.
DAYS = 5


def public_version(page) -> Version | None:
    """Give what readers see of a page now, afresh from the database; None where they see nothing."""
    found = type(page).objects.filter(pk=page.pk, live=True).first()
    return found and version_of(found)


def keep_change(page, before: Version | None):
    """Write down what differs between what readers saw of a page and what they see, where anything does."""
    now = type(page).objects.filter(pk=page.pk, live=True).exclude(last_published_at=None).first()
    if before is None or now is None:
        return
    found = difference(before, version_of(now))
    if found.parts:
        _keep(now, found)


def _keep(page, found: Difference):
    day = page.last_published_at.astimezone(UTC).date()
    # Whoever else publishes the page at the same moment may have begun the day's entry.
    known, _is_new = PageChange.objects.get_or_create(page_id=page.pk, day=day, defaults={"minor": page.minor_edit})
    known.parts = [part for part in PARTS if part in {*known.parts, *found.parts}]
    known.added = list(dict.fromkeys([*known.added, *found.added]))
    known.minor = known.minor and page.minor_edit
    known.save()
    older = PageChange.objects.filter(page_id=page.pk).values_list("pk", flat=True)[DAYS:]
    PageChange.objects.filter(pk__in=list(older)).delete()


def changes_of(page_ids: Iterable[int] | None = None) -> dict[int, list[dict]]:
    """Give the changes of some pages, or of all, by the page's database id: the newest first."""
    rows = PageChange.objects.all() if page_ids is None else PageChange.objects.filter(page_id__in=page_ids)
    found = defaultdict(list)
    for page_id, day, parts, added, minor in rows.values_list("page_id", "day", "parts", "added", "minor"):
        found[page_id].append({"date": day.isoformat(), "parts": parts, "added": added, "minor": minor})
    return found
