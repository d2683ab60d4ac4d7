"""What the page about privacy says is so: for how long things are kept, and what is kept at all."""

from datetime import timedelta

import pytest

from api.feedback.models import Answer
from api.feedback.services import KEPT as FEEDBACK_KEPT
from api.offers.ending import KEPT as OFFERS_KEPT
from api.offers.models import Offer
from toolkit.bundle.load import STARTER

SAID = (STARTER / "en" / "privacy.md").read_text(encoding="utf-8")
# What is told of what somebody sends.
TOLD = {
    Answer: {"is_clear", "page", "locale", "release", "day", "words"},
    Offer: {"what", "title", "words", "about", "language", "naming", "name", "agreed", "from_board", "made_at"},
}
# The digest of a link, and what became of an offer.
AFTERWARDS = {Answer: set(), Offer: {"digest", "state", "decided_at", "reason", "page"}}


@pytest.mark.parametrize(
    ("sentence", "kept", "days"),
    [("we delete your answer after a year", FEEDBACK_KEPT, 365), ("is deleted after 30 days", OFFERS_KEPT, 30)],
)
def test_times_are_those_of_the_software(sentence, kept, days):
    assert sentence in SAID
    assert kept == timedelta(days=days)


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model.__name__)
def test_nothing_is_kept_that_is_not_told(model):
    kept = {field.name for field in model._meta.get_fields()} - {"id"}
    assert kept == TOLD[model] | AFTERWARDS[model]
