"""What happens to the pages of an offer when whoever offered it takes it back."""

import logging

from django.utils import timezone
from wagtail.models import Page

from api.offers.models import Offer
from cms.consent.withdrawal.withdraw import withdraw
from cms.offers.drafts import credit_key
from cms.publishing.purging import UNFINISHED
from toolkit.models import Idea, IdeaCredit, Quote, Withdrawal

logger = logging.getLogger(__name__)


def take_back(offer: Offer, **_signal):
    """Take what came of an offer off the site in every language, and keep it from being published again.

    A quote, and the credit for an idea, are withdrawn with all that was kept of them. What else an idea or a mark
    says has no consent of its own: these are taken down and locked.
    """
    for page in Page.objects.filter(translation_key=offer.page, alias_of=None).specific():
        if not isinstance(page, Quote):
            page.revisions.update(approved_go_live_at=None)
            page.unpublish()
            Page.objects.filter(pk=page.pk).update(locked=True, locked_by=None, locked_at=timezone.now())
    try:
        _withdraw(offer)
    except UNFINISHED:
        logger.exception("What was offered is taken back; the rest is done by the worker")


def _withdraw(offer: Offer):
    key = credit_key(offer.page)
    if Quote.objects.filter(translation_key=offer.page).exists():
        withdraw(offer.page, Withdrawal.Kind.QUOTE)
    elif Idea.objects.filter(translation_key=offer.page).exists() and IdeaCredit.objects.filter(translation_key=key):
        withdraw(key, Withdrawal.Kind.CREDIT)
