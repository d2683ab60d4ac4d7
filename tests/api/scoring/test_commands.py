"""What whoever looks after the server can say and do about boards."""

import json
from datetime import timedelta

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from api.scoring.models import Board

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_told(two, command):
    first, second = two
    first.answer(3)
    link = f"https://toolkit.example/en/score/board/{second.token}/"
    kept = json.loads(command("boards", link))
    assert [one["name"] for one in kept["people"]] == ["", "Second"]
    assert kept["rounds"][0]["marks"][0]["scores"] == []


def test_board_is_erased_by_any_link(two, command):
    command("boards", two[0].board()["invitation"]["path"], "--erase")
    assert not Board.objects.exists()


@pytest.mark.parametrize("arguments", [["https://toolkit.example/en/"], ["--erase"]])
def test_unclear_wishes_change_nothing(two, command, arguments):
    with pytest.raises(CommandError):
        command("boards", *arguments)
    assert Board.objects.exists()


def test_ended_boards_are_deleted(two, command):
    assert "Boards: 1" in command("boards")
    Board.objects.update(ends_on=timezone.now().date() - timedelta(days=1))
    assert "1 have ended" in command("boards")
    assert "deleted: 1" in command("boards", "--end")
