"""What stands in drafts: each is read once, for a revision never changes what it says."""

from collections.abc import Iterator
from threading import Lock

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, Revision

from cms.reports.contents import Contents, contents_of, found

# Revisions that are read from the database at once.
BATCH = 500
_kept: dict[int, Contents] = {}
_lock = Lock()


def draft_contents() -> list[Contents]:
    """Give what stands in the latest draft of every page that has one which readers do not see."""
    drafted = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False), alias_of=None, depth__gt=1)
    rows = drafted.exclude(latest_revision=None).order_by("path")
    wanted = dict(rows.values_list("latest_revision", "locale"))
    with _lock:
        for revision in _kept.keys() - wanted.keys():
            del _kept[revision]
        for revision, contents in _read({pk: locale for pk, locale in wanted.items() if pk not in _kept}):
            _kept[revision] = contents
        return [_kept[revision] for revision in wanted if revision in _kept]


def _read(wanted: dict[int, int]) -> Iterator[tuple[int, Contents]]:
    revisions = sorted(wanted)
    for start in range(0, len(revisions), BATCH):
        rows = Revision.objects.filter(pk__in=revisions[start : start + BATCH])
        for pk, page, content_type, content in rows.values_list("pk", "object_id", "content_type", "content"):
            page_type = ContentType.objects.get_for_id(content_type).model_class()
            if hasattr(page_type, "document_type"):
                yield pk, contents_of(int(page), wanted[pk], found(page_type, content))
