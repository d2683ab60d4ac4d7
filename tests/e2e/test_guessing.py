"""Strangers guess at the codes of boards, on a hundred connections at once: they find none, and are held up.

BOARD_GUESSES is how often they guess: 2,000 by default; BOARD_LIVE is how many boards there are: 40.
"""

import json
import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from random import Random
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from api.scoring.limits import NETWORKS
from api.scoring.tokens import CODE_LENGTH, LETTERS
from tests.e2e.conftest import copy_data, free_port, granian, running, wait_until
from tests.e2e.crash.devices import Device

GUESSES, BOARDS = int(os.environ.get("BOARD_GUESSES", 2_000)), int(os.environ.get("BOARD_LIVE", 40))
CONNECTIONS, PER_MINUTE = 100, 20
JOIN = "/api/v1/boards/join/"


@pytest.fixture(scope="module")
def site(served, tmp_path_factory):
    """A server behind a proxy, which tells where somebody asks from, with boards on it."""
    data, port = tmp_path_factory.mktemp("guessed") / "data", free_port()
    copy_data(served.data, data)
    settings = {"BOARDS_PER_HOUR": "0", "BOARD_GUESSES_PER_MINUTE": str(PER_MINUTE), "BEHIND_PROXY": "1"}
    with running(data, port=port, command=granian(port), **settings) as server:
        yield server


@pytest.fixture(scope="module")
def codes(site) -> set[str]:
    """The codes of the boards that there are."""
    found = set()
    for _board in range(BOARDS):
        device = Device(site.address, dropped=0)
        device.open_board(["listening"])
        found.add(device.board()["invitation"]["code"])
    return found


def guess(connection: HTTPConnection, code: str, network: str) -> tuple[int, dict]:
    """Try a code from a network; give the status and what was said."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4()), "X-Forwarded-For": network}
    connection.request("POST", JOIN, json.dumps({"code": code, "locale": "en"}), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def guesses(site, count: int, network) -> tuple[Counter, float]:
    """Guess on many connections at the same time; give what became of it, and how many seconds it took."""

    def strangers(seed: int) -> Counter:
        random, connection = Random(seed), HTTPConnection(urlsplit(site.address).netloc, timeout=60)
        tries = ("".join(random.choices(LETTERS, k=CODE_LENGTH)) for _guess in range(count // CONNECTIONS))
        return Counter(guess(connection, code, network(random))[0] for code in tries)

    began = time.monotonic()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = sum(pool.map(strangers, range(CONNECTIONS)), Counter())
    return found, time.monotonic() - began


def test_one_network_is_held_up(site, codes, figures):
    found, seconds = guesses(site, GUESSES // 2, lambda random: "192.0.2.7")
    figures(f"{found.total()} guesses in {seconds:.0f} s: {dict(found)}")
    assert set(found) <= {404, 429}
    # Never more than so many at once, and as many again in each minute.
    assert 0 < found[404] <= PER_MINUTE * (1 + seconds / 60) + 1


def test_many_networks_are_held_up_together(site, codes, figures):
    def network(random: Random) -> str:
        return f"198.51.{random.randrange(256)}.{random.randrange(256)}"

    found, seconds = guesses(site, GUESSES // 2, network)
    figures(f"{found.total()} guesses in {seconds:.0f} s: {dict(found)}")
    assert set(found) <= {404, 429}
    assert 0 < found[404] <= PER_MINUTE * NETWORKS * (1 + seconds / 60) + 1


def test_right_code_is_let_in_again(site, codes):
    """From a network that guessed nothing, as soon as there is room for a guess."""
    connection = HTTPConnection(urlsplit(site.address).netloc, timeout=60)
    wait_until(lambda: guess(connection, min(codes), "203.0.113.5")[0] == 201, "room for a guess")
