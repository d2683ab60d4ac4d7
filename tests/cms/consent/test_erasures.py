"""What people deleted of their own does not come back with an older backup of the database."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from api.offers.models import Offer
from api.offers.rules import Offered, What
from api.offers.services import make_offer, offer_of, take_back
from api.releases.verify import WITHDRAWN
from api.scoring.models import Board, Participant, RoundMark, Score
from cms.consent.withdrawal.burying import keep_record
from cms.publishing.publish import publish
from tests.api.scoring.boards import opened
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import erased_of_database, forget_erased

pytestmark = pytest.mark.django_db


def put_older_backup_back(do):
    """Do something and write it down, then have the database as it was before."""
    with transaction.atomic():
        do()
        keep_record()
        transaction.set_rollback(True)
    assert not Erasure.objects.exists()


def test_deleted_board_stays_away(releases):
    first, keeper = opened()
    opened()
    put_older_backup_back(lambda: keeper.send("delete", "/board/"))
    publish()
    assert Board.objects.count() == 1
    assert first.send("get", "/board/").status_code == 401


def test_person_who_left_stays_away(releases):
    first, _keeper = opened()
    second = first.joined("Second")
    second.answer(7)
    put_older_backup_back(lambda: second.send("delete", "/board/me/"))
    publish()
    assert list(Participant.objects.values_list("name", flat=True)) == [""]
    assert not Score.objects.exists()


def test_forgotten_scores_stay_away(releases):
    first, _keeper = opened()
    first.answer(7)
    first.show()
    first.agree(6)
    put_older_backup_back(lambda: first.send("post", "/board/forget/"))
    publish()
    assert not Score.objects.exists()
    assert RoundMark.objects.get(lowest=7).highest == 7


def test_offer_that_was_taken_back_stays_away(releases):
    fields = {"title": "", "words": "Nobody asked.", "about": "", "language": "en", "naming": "", "name": ""}
    words = Offered(what=What.SNAKE, **fields, from_board=False)
    token = make_offer(offered=words, agreed="Yes", write=uuid4(), now=timezone.now())
    put_older_backup_back(lambda: take_back(offer=offer_of(token), now=timezone.now()))
    publish()
    assert not Offer.objects.exists()


def test_record_follows_what_is_deleted(releases):
    _first, keeper = opened()
    keeper.send("delete", "/board/")
    keep_record()
    written = (releases / WITHDRAWN).read_text()
    assert erased_of_database()[0][1] in written
    forget_erased(today=timezone.localdate() + timedelta(days=800))
    assert not Erasure.objects.exists()


def test_record_that_knows_more_is_not_written_over(releases):
    _first, keeper = opened()
    put_older_backup_back(lambda: keeper.send("delete", "/board/"))
    written = (releases / WITHDRAWN).read_text()
    _other, keeper = opened()
    keeper.send("delete", "/board/")
    keep_record()
    assert (releases / WITHDRAWN).read_text() == written
