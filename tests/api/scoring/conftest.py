"""A board with two people on it."""

import pytest

from tests.api.scoring.boards import Device, opened


@pytest.fixture
def keeper_and_two(releases) -> tuple[Device, Device, Device]:
    """The keeper's device of a new board, and those of two people who take part."""
    first, keeper = opened()
    return keeper, first, first.joined("Second", "cy")


@pytest.fixture
def two(keeper_and_two) -> tuple[Device, Device]:
    """The devices of two people on a board of two marks."""
    return keeper_and_two[1:]


@pytest.fixture
def one(releases) -> Device:
    """The device of somebody who is alone on a board."""
    return opened()[0]
