"""The end of boards: because somebody says so, or because their time is over."""

from datetime import datetime, timedelta

from django.db import transaction

from api.scoring.models import Board, Write
from toolkit.models import Erasure
from toolkit.withdrawal.erasures import remember_erased

# A device that was away for so long sends no more changes of then.
WRITES_KEPT = timedelta(days=90)


@transaction.atomic
def delete_board(*, board: Board):
    """Delete a board with all that is on it; no backup brings it back."""
    remember_erased(Erasure.What.BOARD, [board.pk], until=board.ends_on)
    Board.objects.filter(pk=board.pk).delete()


def end_boards(*, now: datetime) -> int:
    """Delete the boards whose time is over, and give how many they were."""
    return Board.objects.filter(ends_on__lt=now.date()).delete()[1].get(Board._meta.label, 0)


def forget_writes(*, now: datetime) -> int:
    """Delete the names of changes that were made long ago, and give how many they were."""
    return Write.objects.filter(made_at__lt=now - WRITES_KEPT).delete()[0]
