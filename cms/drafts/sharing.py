"""Making links to drafts, finding what they show, taking them back. The time comes from whoever calls."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from cms.drafts.consent import is_agreed
from cms.drafts.models import DraftLink
from cms.drafts.tokens import digest_of, token_for

logger = logging.getLogger(__name__)

# How many days a link may work.
DAYS = (1, 3, 7)
# For so long after its end a link is listed.
KEPT = timedelta(days=30)
NOT_AGREED = _(
    "This draft cannot be shared: that would show it to others, and somebody whose words or name are in it has not "
    "said yes to that, or has taken it back."
)
ENDED = _("This link had ended already.")


class UnableToShare(Exception):
    """A draft may not be shown to others. Its text is a sentence for editors."""


@dataclass(frozen=True)
class Draft:
    """What a link shows: a page as it was when the link was made."""

    link: DraftLink
    page: Page


def may_share(user, page: Page) -> bool:
    """Tell whether somebody may make, see and revoke the links to a page's drafts: whoever may edit the page."""
    has_document = hasattr(page.specific_class, "document_type")
    # What an alias shows is the draft of another page.
    return has_document and not page.alias_of_id and page.permissions_for_user(user).can_edit()


def why_not(page: Page) -> str:
    """Say why the latest draft of a page may not be shared, "" when it may."""
    return "" if is_agreed(page.get_latest_revision_as_object()) else str(NOT_AGREED)


@transaction.atomic
def make_link(*, page: Page, user, days: int, once: UUID, now: datetime) -> tuple[DraftLink, str]:
    """Make a link to a page's latest draft, and give it with its token. Raises UnableToShare.

    `once` names this one wish: whoever sends theirs again gets the link that they got then, and no other.
    """
    if reason := why_not(page):
        raise UnableToShare(reason)
    token = token_for(page.pk, user.pk, once)
    fields = {
        "page_id": page.pk,
        "version": partial(copy_of_draft, page, now),
        "made_by": user,
        "made_at": now,
        "until": now + timedelta(days=days),
    }
    link, _is_new = DraftLink.objects.get_or_create(fields, digest=digest_of(token))
    if not link.works(now=now):
        raise UnableToShare(str(ENDED))
    return link, token


def copy_of_draft(page: Page, now: datetime) -> Revision:
    """Keep a copy of the latest draft: while an editor is at work, Wagtail writes over the last revision.

    The copy counts as a little older than the draft, so that this stays the latest one.
    """
    draft, latest = page.get_latest_revision_as_object(), page.get_latest_revision()
    # Readers see when a page was published last, which a revision only knows of its past.
    draft.last_published_at = page.last_published_at
    return Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=latest and latest.user,
        created_at=latest.created_at - timedelta(microseconds=1) if latest else now,
        content=draft.serializable_data(),
        object_str=str(draft),
    )


def find_draft(*, token: str, now: datetime) -> Draft | None:
    """Give what the link with a token shows, None when there is no such link, or it does not work any more."""
    link = working(now).filter(digest=digest_of(token)).select_related("version").first()
    page = link and link.version.as_object()
    return Draft(link, page) if page and is_agreed(page) else None


def working(now: datetime) -> QuerySet[DraftLink]:
    """Give the links that have not ended and were not revoked."""
    return DraftLink.objects.filter(revoked_at=None, until__gt=now)


def note_use(*, link: DraftLink, now: datetime):
    """Write down that a link was used."""
    DraftLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used_at=now)
    logger.info("Draft link %s to page %s was used", link.pk, link.page_id)


def revoke(*, link: DraftLink, now: datetime) -> bool:
    """Let a link work no more, and tell whether it still did."""
    return bool(working(now).filter(pk=link.pk).update(revoked_at=now))


def forget_ended(*, now: datetime) -> int:
    """Delete the links that ended more than 30 days ago, with what they showed, and give how many."""
    ended = Revision.objects.filter(draft_link__until__lt=now - KEPT)
    return ended.delete()[1].get(DraftLink._meta.label, 0)
