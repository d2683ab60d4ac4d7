"""A process is killed while it makes one change of a board, or its reply is lost: sent again, it is made just once.

BOARD_TRIALS is how often: 40 by default, on each database.
"""

import os
import random
import signal
from collections.abc import Callable
from statistics import median
from uuid import uuid4

import pytest

TRIALS = int(os.environ.get("BOARD_TRIALS", 40))
# So many on a board, which has room for so much.
ON_A_BOARD = 20
KILLED = -signal.SIGKILL


def put(path: str, **body) -> dict:
    return {"method": "put", "path": path, "body": body}


def of_mark(board: dict, what: str, value) -> list:
    return [one for one in board["marks"][0][what] if value in one.values()]


# For each kind of change: what is sent, and what is on the board then, of which there was nothing before.
SCORED: dict[str, Callable] = {
    "answer": lambda mark, new: (
        put(f"/board/answers/{mark}/", answer=new["score"]),
        lambda board: board["marks"][0]["mine"] == new["score"],
    ),
    "note": lambda mark, new: (
        put(f"/board/notes/{new['id']}/", mark=mark, kind="ladder", text=new["word"]),
        lambda board: len(of_mark(board, "notes", new["word"])) == 1,
    ),
    "mark": lambda mark, new: (
        put(f"/board/marks/{new['id']}/", title=new["word"]),
        lambda board: [one["title"] for one in board["marks"]].count(new["word"]) == 1,
    ),
    "join": lambda mark, new: (
        {
            "method": "post",
            "path": "/boards/join/",
            "body": {"token": new["link"], "name": new["word"], "locale": "cy"},
        },
        lambda board: [one["name"] for one in board["people"]].count(new["word"]) == 1,
    ),
}
SHOWN: dict[str, Callable] = {
    "agree": lambda mark, new: (
        put(f"/board/agreed/{mark}/", answer=new["score"], why=new["word"], version=new["version"]),
        lambda board: (
            (board["marks"][0]["agreed"]["why"], board["marks"][0]["agreed"]["version"])
            == (new["word"], new["version"] + 1)
        ),
    ),
    "dissent": lambda mark, new: (
        put(f"/board/dissents/{new['id']}/", mark=mark, score=None, text=new["word"]),
        lambda board: len(of_mark(board, "dissents", new["word"])) == 1,
    ),
}


class Person:
    """Somebody who is alone on a board: what they send is answered by processes of their own."""

    def __init__(self, publishers):
        self.publishers, self.token = publishers, ""
        opening = {"method": "post", "path": "/boards/", "body": {"locale": "en", "codes": ["listening"]}}
        self.token = self.ask(write=str(uuid4()), **opening)["body"]["token"]

    def job(self, **asked) -> dict:
        return {"asked": {"token": self.token, **asked}}

    def ask(self, **asked) -> dict:
        done = self.publishers.one(**self.job(**asked))
        assert done["status"] == 0, self.publishers.log
        return done["said"]

    def look(self) -> tuple[dict, int]:
        """Give the board, and how many changes were counted on it."""
        said = self.ask(method="get", path="/board/")
        shared, own, *_rest = said["etag"].strip('"').split("-")
        return said["body"], int(shared) + int(own)

    def show(self):
        [mark] = self.look()[0]["marks"]
        self.ask(write=str(uuid4()), **put(f"/board/answers/{mark['id']}/", answer=5))
        self.ask(write=str(uuid4()), method="post", path="/board/show/")


def trial(person: Person, kind: str, *, kill_after: float | None) -> int:
    """Make one change whose process is killed or whose reply is lost, twice. Gives how the first process ended."""
    board, counted = person.look()
    mark, before = board["marks"][0], board["marks"][0]["mine"]
    new = {
        "id": str(uuid4()),
        "word": f"word {uuid4()}",
        "score": random.choice([score for score in range(1, 11) if score != before]),
        "version": (mark["agreed"] or {"version": 0})["version"],
        "link": board["invitation"]["path"].rstrip("/").rpartition("/")[2],
    }
    asked, is_there = {**SCORED, **SHOWN}[kind](mark["id"], new)
    asked["write"] = str(uuid4())
    first = person.publishers.one(**person.job(**asked), kill_after=kill_after)
    said = person.ask(**asked)
    assert said["status"] in (201, 204), said
    after, counts = person.look()
    assert is_there(after), (kind, first)
    # The first try and the second are one change. Of a first answer others hear, too.
    assert counts == counted + (2 if kind == "answer" and before is None else 1), (kind, first)
    return first["status"]


@pytest.mark.parametrize(("kinds", "is_shown"), [(SCORED, False), (SHOWN, True)], ids=["scored", "shown"])
def test_every_change_is_made_once(publishers, kinds, is_shown, figures):
    statuses, usual, person = [], 0.0, None
    for number in range(TRIALS // 2):
        if number % ON_A_BOARD == 0:
            person = Person(publishers)
            if is_shown:
                person.show()
            job = person.job(write=str(uuid4()), **put("/board/me/", name="", locale="en"))
            usual = median(publishers.one(**job)["seconds"] for _time in range(3))
        # Every fourth one ends, and only its reply is lost.
        kill_after = None if number % 4 == 3 else random.uniform(0.2, 1.2) * usual
        statuses.append(trial(person, list(kinds)[number % len(kinds)], kill_after=kill_after))
    assert set(statuses) <= {KILLED, 0}
    # Some end before their time has come, on a busy machine most; all would say nothing.
    assert KILLED in statuses
    figures(f"{len(statuses)} changes, {statuses.count(KILLED)} killed")
