"""When somebody last looked at a page: they published it, or read it and said that it is still right."""

from datetime import UTC, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

REVIEWED, TAKEN_BACK = "toolkit.reviewed", "toolkit.review_taken_back"
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
# Who presses again within this time means the same.
AGAIN = timedelta(minutes=10)
# Before everything, for databases do not agree on which is greater, a moment or nothing.
NEVER = datetime(1900, 1, 1, tzinfo=UTC)


def standing_reviews() -> QuerySet[PageLogEntry]:
    """Give what was said of pages and not taken back, the newest first."""
    return PageLogEntry.objects.filter(action=REVIEWED, data__taken_back__isnull=True).order_by("-timestamp", "-pk")


def not_looked_at(pages: QuerySet[Page], *, since: datetime) -> QuerySet[Page]:
    """Give those of some pages that nobody has published or reviewed since a moment, the longest forgotten first.

    Each has `reviewed_at`, `last_said_at`, and the ids `last_said_by` and `last_published_by`, where there are any.
    """
    own = standing_reviews().filter(page=OuterRef("pk"))
    published = PageLogEntry.objects.filter(page=OuterRef("pk"), action__in=PUBLISHED).order_by("-timestamp", "-pk")
    old = Q(last_published_at__lt=since) | Q(last_published_at=None)
    return (
        pages.filter(old, ~Exists(own.filter(timestamp__gte=since)))
        .annotate(
            last_said_at=Subquery(own.values("timestamp")[:1]),
            last_said_by=Subquery(own.values("user")[:1]),
            last_published_by=Subquery(published.values("user")[:1]),
        )
        .annotate(
            reviewed_at=Greatest(
                Coalesce(F("last_said_at"), Value(NEVER)), Coalesce(F("last_published_at"), Value(NEVER))
            )
        )
        .order_by("reviewed_at", "path")
    )


def latest_review(page: Page) -> PageLogEntry | None:
    """Give the last review of a page that nobody took back."""
    return standing_reviews().filter(page=page.pk).select_related("user").first()


def say_still_right(*, page: Page, user, now: datetime):
    """Write down that somebody has read a page, and that it is still right."""
    latest = latest_review(page)
    if not latest or latest.user_id != user.pk or latest.timestamp < now - AGAIN:
        log(instance=page, action=REVIEWED, user=user, timestamp=now)


def take_back(*, page: Page, user, now: datetime) -> bool:
    """Take back the last review of a page. It stays in its history, as taken back; tell whether there was one."""
    latest = latest_review(page)
    if latest is None:
        return False
    PageLogEntry.objects.filter(pk=latest.pk).update(data={**latest.data, "taken_back": True})
    log(instance=page, action=TAKEN_BACK, user=user, timestamp=now)
    return True
