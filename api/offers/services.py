"""Offering something, finding it again by its link, taking it back. The time comes from whoever calls."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from api.offers.models import Offer
from api.offers.rules import Offered, State
from api.offers.signals import offer_taken_back
from api.scoring.tokens import digest_of, token_for
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import remember_erased


def make_offer(*, offered: Offered, agreed: str, write: UUID, now: datetime) -> str:
    """Keep what somebody offers, and give the token of its link, which is kept nowhere.

    `agreed` is the sentence that they agreed to; `write` names the form: sent again, it offers nothing twice.
    """
    token = token_for("offer", write)
    fields = {**vars(offered), "agreed": agreed, "made_at": now}
    Offer.objects.get_or_create(fields, digest=digest_of(token))
    return token


def offer_of(token: str) -> Offer | None:
    """Give the offer that a link is for, None when there is none any more."""
    return Offer.objects.filter(digest=digest_of(token)).first()


@transaction.atomic
def take_back(*, offer: Offer, now: datetime):
    """Take an offer back: what only waits, or was declined, is deleted at once; a page of it is taken down.

    No backup brings it back.
    """
    offer = Offer.objects.select_for_update().filter(pk=offer.pk).first()
    if offer is None or offer.state == State.TAKEN_BACK:
        return
    remember_erased(Erasure.What.OFFER, [offer.digest])
    if offer.state in (State.WAITING, State.DECLINED):
        offer.delete()
        return
    offer.state, offer.decided_at = State.TAKEN_BACK, now
    offer.save()
    offer_taken_back.send(Offer, offer=offer)
