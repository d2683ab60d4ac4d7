"""`manage.py boards`: answer people who ask what is kept of them, and delete it."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from api.scoring.exports.report import report
from api.scoring.holders import board_of_link
from api.scoring.models import Board
from api.scoring.services.ending import delete_board, end_boards, forget_writes


class Command(BaseCommand):
    """Says how many boards there are; with a link of a board, all that is kept on it; can delete it."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("link", nargs="?", help="Any link to a board, or its token: show all that is kept on it.")
        parser.add_argument("--erase", action="store_true", help="Delete that board with all that is on it.")
        parser.add_argument(
            "--end", action="store_true", help="Delete all boards whose time is over, as the worker does."
        )

    def handle(self, *, link, erase, end, **options):
        if erase and not link:
            raise CommandError("Say which board to erase: give any of its links.")
        if end:
            ended = end_boards(now=timezone.now())
            forget_writes(now=timezone.now())
            self.stdout.write(f"Boards that ended and were deleted: {ended}.")
        elif link:
            self._one(link, erase)
        else:
            self.stdout.write(summary(timezone.now().date()))

    def _one(self, link: str, erase: bool):
        board = board_of_link(link)
        if board is None:
            raise CommandError("No board has this link. Copy the whole address of one of its pages.")
        if erase:
            delete_board(board=board)
            self.stdout.write(
                "The board is deleted with all that was on it. Backups of the database may still hold it."
            )
        else:
            people = [{"name": one.name, "locale": one.locale} for one in board.participants.all()]
            kept = {**report(board), "people": people, "ends_on": board.ends_on.isoformat()}
            self.stdout.write(json.dumps(kept, ensure_ascii=False, indent=2))


def summary(today: date) -> str:
    """Say in a sentence how many boards there are."""
    overdue = Board.objects.filter(ends_on__lt=today).count()
    return f"Boards: {Board.objects.count()}, of which {overdue} have ended and wait for the worker to delete them."
