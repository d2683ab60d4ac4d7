"""Who may see reports, which pages stand in theirs, and who may say that a page is still right."""

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

VIEW = "reports.view_reports"
REVIEW = {"change", "publish"}


def may_view(user) -> bool:
    """Tell whether somebody may see the reports."""
    return user.has_perm(VIEW)


def seen_pages(user) -> QuerySet[Page]:
    """Give the pages that somebody can come to in the explorer."""
    return page_permission_policy.explorable_instances(user)


def seen_ids(user) -> set[int]:
    """Give the ids of those pages."""
    return set(seen_pages(user).order_by().values_list("pk", flat=True))


def is_reviewable(page: Page) -> bool:
    """Tell whether there is something to review: a page of ours that readers may see."""
    return page.live and not page.alias_of_id and hasattr(page.specific_class, "document_type")


def may_review(user, page: Page) -> bool:
    """Tell whether somebody may say that a page is still right: whoever may change or publish it."""
    return page_permission_policy.user_has_any_permission_for_instance(user, REVIEW, page)


def reviewable_ids(user, pages: list[Page]) -> set[int]:
    """Give the ids of those of some pages of which somebody may say so, with one query."""
    mine = page_permission_policy.instances_user_has_any_permission_for(user, REVIEW)
    return set(mine.filter(pk__in=[page.pk for page in pages]).order_by().values_list("pk", flat=True))
