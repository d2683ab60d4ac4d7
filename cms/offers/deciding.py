"""Deciding on offers: a draft is made of one, one is declined, and both are undone. The time comes from outside."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from api.offers.models import Offer
from api.offers.rules import LONGEST_REASON, State
from api.scoring.rules import Unable, check_text
from cms.offers.drafts import home_of, page_of, words_of
from cms.offers.rights import may_add

DECIDED = _("Somebody else has decided on this in the meantime, or it was taken back.")
NO_PLACE = _("There is no page yet below which this could go. Choose a stage, or make that page first.")
NO_REASON = _("Say why, in at most {longest} characters: whoever offered it reads it.")
WORKED_ON = _(
    "Somebody has worked on the draft or published it, so that it stays. If nobody needs it, delete the page itself."
)


class UnableToDecide(Exception):
    """A decision cannot be made. Its text is a sentence for moderators."""


@transaction.atomic
def make_draft(*, offer: Offer, user, stage: str = "", now: datetime) -> Page:
    """Make a draft of an offer, whose words are then in the draft alone. Raises UnableToDecide, PermissionDenied.

    `stage` is the code of the stage that a mark shall belong to.
    """
    offer = _held(offer, State.WAITING)
    parent = home_of(offer, stage)
    if parent is None:
        raise UnableToDecide(str(NO_PLACE))
    if not may_add(user, parent):
        raise PermissionDenied
    page = page_of(offer, parent, user)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    _empty(offer, page, now)
    return page


def _empty(offer: Offer, page: Page, now: datetime):
    """Leave of an offer only what its link needs."""
    for name in Offer.OWN_WORDS:
        setattr(offer, name, "")
    offer.page, offer.state, offer.decided_at = page.translation_key, State.DRAFT, now
    offer.save()


@transaction.atomic
def decline(*, offer: Offer, reason: str, now: datetime):
    """Decline an offer, and say why to whoever holds its link. Raises UnableToDecide."""
    offer = _held(offer, State.WAITING)
    try:
        offer.reason = check_text(reason, LONGEST_REASON, code="reason")
    except Unable:
        raise UnableToDecide(str(NO_REASON).format(longest=LONGEST_REASON)) from None
    offer.state, offer.decided_at = State.DECLINED, now
    offer.save()


@transaction.atomic
def undo(*, offer: Offer, user):
    """Let an offer wait again; a draft that was made of it goes. Raises UnableToDecide, PermissionDenied."""
    offer = _held(offer, State.DRAFT, State.DECLINED)
    if offer.state == State.DRAFT:
        _take_words_back(offer, user)
    offer.state, offer.reason, offer.page, offer.decided_at = State.WAITING, "", None, None
    offer.save()


def _take_words_back(offer: Offer, user):
    """Delete an untouched draft, and give its words back to the offer that it was made of."""
    pages = list(Page.objects.filter(translation_key=offer.page))
    if len(pages) != 1 or not is_untouched(page := pages[0].specific):
        raise UnableToDecide(str(WORKED_ON))
    if not page.permissions_for_user(user).can_delete():
        raise PermissionDenied
    for name, text in words_of(page, offer).items():
        setattr(offer, name, text)
    page.delete(user=user)


def is_untouched(page: Page) -> bool:
    """Tell whether nobody has changed a draft: until a page is published, its row stays as it was made."""
    latest = page.get_latest_revision_as_object()
    return page.first_published_at is None and all(
        _content(getattr(page, name)) == _content(getattr(latest, name))
        for name in ("title", "words", "naming", "name", "kind", "summary", "body", "serves")
        if hasattr(page, name)
    )


def _content(value) -> object:
    """Give what a field holds, of a body without the names that its blocks are given when they are saved."""
    if not hasattr(value, "get_prep_value"):
        return value
    return [(block["type"], block["value"]) for block in value.get_prep_value()]


def _held(offer: Offer, *states: State) -> Offer:
    """Give an offer, locked until the decision is made, in one of the states. Raises UnableToDecide."""
    found = Offer.objects.select_for_update().filter(pk=offer.pk, state__in=states).first()
    if found is None:
        raise UnableToDecide(str(DECIDED))
    return found
