"""A hall scores while the server is killed over and over again: nothing that somebody said is lost or doubled.

Every intended action is written down before it is sent, and read back from the board at the end. BOARD_PEOPLE is how
many score, each with two devices: 10 by default; 90 make 2,610 changes.
"""

import json
import os
import signal
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Condition, Thread
from uuid import uuid4

from tests.e2e.conftest import Served, answers, free_port, granian, wait_until
from tests.e2e.crash.devices import Device
from tests.programs import ROOT, environment

PEOPLE = int(os.environ.get("BOARD_PEOPLE", 10))
ANSWERS, NOTES = 24, 5
# So many changes a server acknowledges before it is killed, in the middle of others. Seconds would be too many for a
# fast machine, which is done before, and too few for a slow one, which gets nowhere. With many people it is a change
# for each: were it less, some would come to nothing in one life after another.
LIFE = max(50, PEOPLE)
CODES = ["listening", "sharing-power", "disagreeing-well"]
OWN_MARKS = [f"Our own {number}" for number in range(7)]


class MortalServer:
    """A server that is killed whenever it has acknowledged so many changes, and started again."""

    def __init__(self, place):
        self.place, self.port = place, free_port()
        self.address, self.kills = f"http://localhost:{self.port}/", 0
        self.acknowledged, self.is_over, self.news = 0, False, Condition()

    def start(self) -> subprocess.Popen:
        settings = {**self.place.settings, "BOARDS_PER_HOUR": "0", "BOARD_GUESSES_PER_MINUTE": "0"}
        with open(self.place.data.with_name("mortal.log"), "a") as log:
            # A session of its own: the workers are killed with it.
            process = subprocess.Popen(
                granian(self.port),
                cwd=ROOT,
                env=environment(self.place.data, **settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        served = Served(self.address, self.place.data, self.place.data.with_name("mortal.log"), process)
        wait_until(lambda: answers(served), "server to answer")
        return process

    def live(self):
        process = self.start()
        while self.lives_on():
            kill(process)
            self.kills += 1
            process = self.start()
        self.last = process

    def lives_on(self) -> bool:
        """Wait until it is time to be killed, and tell whether to come back then."""
        with self.news:
            enough = self.acknowledged + LIFE
            self.news.wait_for(lambda: self.is_over or self.acknowledged >= enough)
            return not self.is_over

    def acknowledge(self):
        """Count a change that a device was told is made."""
        with self.news:
            self.acknowledged += 1
            self.news.notify()

    def end(self):
        """Kill it no more."""
        with self.news:
            self.is_over = True
            self.news.notify()


def kill(process: subprocess.Popen):
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def mortal_server(place):
    """Let a server live, and be killed, until the block ends; it answers from then on."""
    server = MortalServer(place)
    life = Thread(target=server.live)
    life.start()
    try:
        yield server
    finally:
        server.end()
        life.join()
        kill(server.last)


def plan(number: int, marks: list[str]) -> list[dict]:
    """Write down what a person will do: their answers, some of them thought over, and what they note."""
    actions = []
    for turn in range(ANSWERS):
        mark = marks[turn % len(marks)]
        path, body = f"/board/answers/{mark}/", {"answer": (number * 7 + turn * 3) % 10 + 1}
        actions.append({"path": path, "body": body, "write": str(uuid4())})
    for turn in range(NOTES):
        body = {"mark": marks[turn], "kind": "snake", "text": f"Person {number}, note {turn}", "version": 0}
        actions.append({"path": f"/board/notes/{uuid4()}/", "body": body, "write": str(uuid4())})
    return actions


def carry_out(server: MortalServer, device: Device, actions: list[dict]) -> list[int]:
    """Send changes in their order, and give what became of each."""
    statuses = []
    for one in actions:
        statuses.append(device.send("PUT", one["path"], one["body"], write=one["write"])[0])
        server.acknowledge()
    return statuses


def join(server: MortalServer, first: Device, link: str) -> Device:
    """Let one more person take part."""
    joined = first.joined(link, write=uuid4())
    server.acknowledge()
    return joined


def expected_of(actions: list[dict]) -> tuple[dict, dict]:
    """Give what a person should find on their board: the last answer for each mark, and every note."""
    final = {one["path"].split("/")[-2]: one["body"] for one in actions}
    found = {key: body["answer"] for key, body in final.items() if "answer" in body}
    return found, {key: body["text"] for key, body in final.items() if "text" in body}


def test_nothing_is_lost_or_doubled(place, tmp_path, figures):
    began = time.monotonic()
    with mortal_server(place) as server:
        first = Device(server.address)
        first.open_board(CODES, OWN_MARKS)
        marks, link = [mark["id"] for mark in first.board()["marks"]], first.link()
        ledger = [plan(number, marks) for number in range(PEOPLE)]
        (tmp_path / "ledger.json").write_text(json.dumps(ledger))
        with ThreadPoolExecutor(2 * PEOPLE) as pool:
            phones = list(pool.map(lambda _person: join(server, first, link), range(PEOPLE)))
            devices = [(phone, phone.same_person()) for phone in phones]
            # Both devices send all: whichever is first makes the change, and the other makes none.
            work = [
                pool.submit(carry_out, server, device, actions)
                for both, actions in zip(devices, ledger, strict=True)
                for device in both
            ]
            statuses = Counter(status for done in work for status in done.result())
    changes = sum(map(len, ledger))
    assert statuses == {204: 2 * changes}
    assert server.kills >= (2 * changes) // LIFE // 2
    sent_again = sum(device.sent_again for both in devices for device in both)
    wrong = read_back(place, devices, ledger)
    figures(f"{changes} changes by {PEOPLE} people, {server.kills} kills, {sent_again} times sent again")
    figures(f"{time.monotonic() - began:.0f} s: {len(wrong)} lost or doubled")
    assert wrong == []


def read_back(place, devices: list[tuple[Device, Device]], ledger: list[list[dict]]) -> list:
    """Give whatever differs between the ledger and the board, as each person sees it on a server that lives."""
    server, wrong = MortalServer(place), []
    process = server.start()
    try:
        for (device, _other), actions in zip(devices, ledger, strict=True):
            reader = Device(server.address, device.token, dropped=0)
            board = reader.board()
            told = {mark["id"]: mark["mine"] for mark in board["marks"]}
            notes = Counter((note["id"], note["text"]) for mark in board["marks"] for note in mark["notes"])
            answered, noted = expected_of(actions)
            wrong += [] if told == answered else [("answers", told, answered)]
            wrong += [] if notes == Counter(noted.items()) else [("notes", notes, noted)]
        # Whoever opened the board has answered nothing.
        counts = {mark["answered"] for mark in board["marks"]}
        wrong += [] if counts == {len(ledger)} else [("answered", counts, len(ledger))]
        wrong += [] if len(board["people"]) == len(ledger) + 1 else [("people", len(board["people"]))]
    finally:
        kill(process)
    return wrong
