"""Many people write the same agreed score at the same time: nobody writes over another without seeing it.

BOARD_WRITERS is how many: 15 by default.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.conftest import free_port, granian, running
from tests.e2e.crash.devices import Device

WRITERS = int(os.environ.get("BOARD_WRITERS", 15))


@pytest.fixture
def site(place):
    port, settings = free_port(), {**place.settings, "BOARDS_PER_HOUR": "0"}
    with running(place.data, port=port, command=granian(port), **settings) as server:
        yield server


@pytest.fixture
def writers(site) -> list[Device]:
    """The devices of people on a board that has been shown."""
    first = Device(site.address, dropped=0)
    first.open_board(["listening"])
    mark = first.board()["marks"][0]["id"]
    first.send("PUT", f"/board/answers/{mark}/", {"answer": 5})
    first.send("POST", "/board/show/")
    link = first.link()
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(lambda number: first.joined(link, name=str(number)), range(WRITERS)))


def agree(device: Device, seen: dict | None, word: str) -> tuple[int, dict | None]:
    """Add a word to what is agreed, as a device has seen it."""
    mark = device.board()["marks"][0]["id"]
    why = f"{seen['why']} {word}" if seen else word
    body = {"answer": 5, "why": why, "version": seen["version"] if seen else 0}
    return device.send("PUT", f"/board/agreed/{mark}/", body)


def until_agreed(device: Device, word: str) -> int:
    """Add a word to what is agreed, again and again beside what others wrote; give how often it was refused."""
    seen, refused = None, 0
    while True:
        status, said = agree(device, seen, word)
        if status == 204:
            return refused
        assert (status, said["code"], said["yours"]["why"].split()[-1]) == (409, "conflict", word)
        seen, refused = said["current"], refused + 1


def test_nobody_writes_over_another(writers):
    words = [f"word{number}" for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as pool:
        refused = sum(pool.map(until_agreed, writers, words))
    agreed = writers[0].board()["marks"][0]["agreed"]
    # Each of them is there once, and each change was counted.
    assert sorted(agreed["why"].split()) == sorted(words)
    assert agreed["version"] == WRITERS
    # All but one had seen nothing when they wrote first.
    assert refused >= WRITERS - 1
