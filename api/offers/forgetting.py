"""Forgetting words that somebody has taken back, wherever they were offered."""

from api.offers.models import Offer
from api.offers.rules import holds_any
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import erased
from toolkit.withdrawal.tombstones import withdrawn_among


def forget_words(words: list[str]) -> int:
    """Delete the offers that hold one of some phrases, and give how many they were.

    Case, spaces and punctuation make no difference. A short phrase, such as “No!”, must be all of the words.
    """
    offers = Offer.objects.exclude(words="", title="", name="").only("title", "words", "name")
    found = [offer.pk for offer in offers.iterator() if holds_any(words, [offer.words, offer.title, offer.name])]
    for pk in found:
        Offer.objects.filter(pk=pk).delete()
    return len(found)


def forget_again():
    """Delete what an older backup has brought back: offers that were taken back, and words that were."""
    Offer.objects.filter(digest__in=erased(Erasure.What.OFFER)).delete()
    for offer in Offer.objects.exclude(words="", title="").only("words", "title").iterator():
        if withdrawn_among([offer.words, offer.title]):
            Offer.objects.filter(pk=offer.pk).delete()
