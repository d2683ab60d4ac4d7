"""The end of offers: those that are done with are deleted. Those that wait are never deleted by themselves."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from wagtail.models import Page

from api.offers.models import Offer
from api.offers.rules import State

# So long a decision can be undone, and whoever offered it can read why.
KEPT = timedelta(days=30)
# Whoever has offered something waits for an answer: after so long, somebody should be reminded.
LONG_AGO = timedelta(days=180)


def forget_decided(*, now: datetime) -> int:
    """Delete what was declined or taken back 30 days ago, and give how many they were.

    Where there is a page of an offer, its link works as long as the page is there.
    """
    over = Offer.objects.filter(state__in=[State.DECLINED, State.TAKEN_BACK], decided_at__lt=now - KEPT)
    without_page = Offer.objects.filter(state=State.DRAFT).exclude(page__in=Page.objects.values("translation_key"))
    return over.delete()[0] + without_page.delete()[0]


def waiting() -> QuerySet[Offer]:
    """Give what waits for a decision, the oldest first."""
    return Offer.objects.filter(state=State.WAITING)


def waiting_long(now: datetime) -> QuerySet[Offer]:
    """Give what has waited for more than 180 days."""
    return waiting().filter(made_at__lt=now - LONG_AGO)
