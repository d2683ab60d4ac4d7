"""Boards of an older backup: what was deleted from them since goes again, and none is taken for that of today."""

from datetime import datetime

from django.db.models import F

from api.scoring.models import Board, Participant, RoundMark
from api.scoring.services.ending import end_boards
from api.scoring.services.joining import delete_all_of
from api.scoring.services.rounds import forget_scores_of
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import erased

# More changes than a board has ever seen between two backups.
FAR = 1_000_000


def count_on():
    """Count all boards on, far above what devices, and processes that keep what they read, have seen of them."""
    Board.objects.update(version=F("version") + FAR)
    Participant.objects.update(version=F("version") + FAR)


def erase_again(*, now: datetime):
    """Delete boards that were deleted or have ended, people who have left, and single scores that were forgotten."""
    Board.objects.filter(pk__in=erased(Erasure.What.BOARD)).delete()
    for person in Participant.objects.filter(pk__in=erased(Erasure.What.PERSON)):
        delete_all_of(person)
    scores = (key.rpartition("/") for key in erased(Erasure.What.SCORES))
    for mark, _, number in scores:
        forget_scores_of(RoundMark.objects.filter(mark=mark, round__number=number), now=now)
    end_boards(now=now)
