"""Whatever a group does on a board, the board says what they did; and what is hidden makes no difference to anybody.

Two boards live through the same history, but for the scores. As long as scores are hidden, all others see the very
same on both: every body, header and export.
"""

import json
import os
import re

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from api.scoring.state import answers_at, board_at, own_state, shape_at, shared_state
from tests.api.scoring.boards import Device, opened

pytestmark = pytest.mark.django_db

STEPS = int(os.environ.get("BOARD_STEPS", 400))
STEPS_OF_A_HISTORY = 25
MARKS = ["listening", "sharing-power", "disagreeing-well"]
ANSWERS = st.one_of(st.integers(1, 10), st.sampled_from(["not-yet", "not-relevant"]))
WORDS = st.sampled_from(["Too fast", "=1+1", "قريب جدا", "Rhy gyflym"])
PERSON, MARK = st.integers(0, 4), st.integers(0, 2)
NAMES = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:]+Z|[0-9a-f]{8}-[0-9a-f-]{27}|/join/[\w-]+/|\"[2-9a-z]{8}\"|[A-Za-z0-9_-]{27}"
)
HEADERS = ("ETag", "Retry-After", "Content-Length", "Cache-Control")


class Twin:
    """One of the two boards: the devices on it, and what should be on it."""

    def __init__(self):
        first, self.keeper = opened(codes=MARKS)
        self.devices: list[Device] = [first]
        self.ids = first.marks()
        self.begin()
        self.before: list[dict] = []

    def begin(self):
        self.answers: dict[tuple[Device, int], object] = {}
        self.agreed: dict[int, tuple] = {}
        self.forgotten: dict[int, list] = {}
        self.asked: Device | None = None
        self.is_shown = False

    def of_mark(self, mark: int) -> list:
        return [answer for (_device, one), answer in self.answers.items() if one == mark]

    def scores(self, mark: int) -> list[int]:
        return sorted(answer for answer in self.of_mark(mark) if isinstance(answer, int))


def seen(device: Device) -> dict:
    """Give all that a device can learn, without the names that differ from board to board, and without its own."""
    found = {}
    for path in ("/board/", "/board/export.csv", "/board/export.json"):
        response = device.send("get", path)
        body = response.content.decode()
        if path == "/board/" and response.status_code == 200:
            board = json.loads(body)
            for mark in board["marks"]:
                mark["mine"] = None
            body = json.dumps(board)
        headers = [response.get(name, "") for name in HEADERS]
        found[path] = (response.status_code, headers if path != "/board/" else headers[:2], NAMES.sub("…", body))
    return found


class History(RuleBasedStateMachine):
    """What people do on both boards."""

    steps = 0

    def __init__(self):
        super().__init__()
        self.twins = [Twin(), Twin()]

    def both(self, person: int):
        """Give both boards, each with the device of the same person."""
        History.steps += 1
        return [(twin, twin.devices[person % len(twin.devices)]) for twin in self.twins]

    @property
    def is_shown(self) -> bool:
        return self.twins[0].is_shown

    @precondition(lambda self: len(self.twins[0].devices) < 5)
    @rule(name=WORDS, locale=st.sampled_from(["en", "cy", "ar"]))
    def join(self, name, locale):
        for twin, first in self.both(0):
            twin.devices.append(first.joined(name, locale))

    @rule(person=PERSON, mark=MARK, answers=st.tuples(ANSWERS, ANSWERS))
    def answer(self, person, mark, answers):
        both = self.both(person)
        same = [twin.answers.get((device, mark)) == one for (twin, device), one in zip(both, answers, strict=True)]
        if same[0] != same[1]:
            # Whoever says the same again changes nothing, and their own device, no other, can tell.
            return
        for (twin, device), answer in zip(both, answers, strict=True):
            is_free = mark not in twin.forgotten and not (twin.is_shown and (device, mark) in twin.answers)
            response = device.send("put", f"/board/answers/{twin.ids[mark]}/", {"answer": answer})
            is_same = twin.answers.get((device, mark)) == answer and mark not in twin.forgotten
            assert response.status_code == (204 if is_free or is_same else 409)
            if is_free:
                twin.answers[device, mark] = answer

    @rule(person=PERSON, mark=MARK)
    def take_back(self, person, mark):
        for twin, device in self.both(person):
            response = device.send("delete", f"/board/answers/{twin.ids[mark]}/")
            if response.status_code == 204:
                twin.answers.pop((device, mark), None)
            else:
                assert twin.is_shown

    @rule(person=PERSON, mark=MARK, words=WORDS, kind=st.sampled_from(["snake", "ladder", "action"]))
    def note(self, person, mark, words, kind):
        for _twin, device in self.both(person):
            assert device.write(kind, words, place=mark).status_code == 204

    @rule(person=PERSON)
    def show(self, person):
        for twin, device in self.both(person):
            response = device.show()
            assert response.status_code == (204 if twin.answers or twin.is_shown else 409)
            if twin.answers and not twin.is_shown:
                twin.is_shown = len(twin.devices) == 1 or twin.asked not in (None, device)
                twin.asked = device

    @rule(person=PERSON)
    def wait(self, person):
        for twin, device in self.both(person):
            device.send("delete", "/board/show/")
            twin.asked = None

    @rule(person=PERSON, mark=MARK, answer=ANSWERS, why=WORDS)
    def agree(self, person, mark, answer, why):
        for twin, device in self.both(person):
            version = (device.mark(mark)["agreed"] or {"version": 0})["version"]
            response = device.agree(answer, why, version, place=mark)
            assert response.status_code == (204 if twin.is_shown else 409)
            if twin.is_shown:
                twin.agreed[mark] = (answer, why)

    @rule(person=PERSON)
    def forget(self, person):
        for twin, device in self.both(person):
            marks = [mark for mark in twin.agreed if twin.of_mark(mark)]
            old = any(past["kept"] for past in twin.before)
            response = device.send("post", "/board/forget/")
            assert response.status_code == (204 if marks or old else 409)
            for mark in marks:
                twin.forgotten[mark] = twin.forgotten.get(mark, []) + twin.scores(mark)
                twin.answers = {key: answer for key, answer in twin.answers.items() if key[1] != mark}
            for past in twin.before:
                past["kept"] = False

    @rule(person=PERSON)
    def start_round(self, person):
        for twin, device in self.both(person):
            number = device.board()["rounds"] + 1
            assert device.send("put", f"/board/rounds/{number}/").status_code == (204 if twin.is_shown else 409)
            if twin.is_shown:
                twin.before.append(
                    {"agreed": dict(twin.agreed), "kept": any(twin.of_mark(mark) for mark in twin.agreed)}
                )
                twin.begin()

    @precondition(lambda self: len(self.twins[0].devices) > 1 and not self.twins[0].before)
    @rule(person=PERSON)
    def leave(self, person):
        for twin, device in self.both(person):
            assert device.send("delete", "/board/me/").status_code == 204
            twin.devices.remove(device)
            twin.answers = {key: answer for key, answer in twin.answers.items() if key[0] != device}
            twin.asked = None if twin.asked == device else twin.asked

    @invariant()
    def hidden_scores_make_no_difference(self):
        if self.is_shown or self.twins[0].before:
            return
        one, other = self.twins
        for device, same in zip([*one.devices, one.keeper], [*other.devices, other.keeper], strict=True):
            assert seen(device) == seen(same)

    @invariant()
    def board_says_what_was_done(self):
        for twin in self.twins:
            device = twin.devices[-1]
            for place, mark in enumerate(device.board()["marks"]):
                assert mark["mine"] == twin.answers.get((device, place))
                assert mark["answered"] == len(twin.of_mark(place))
                agreed = mark["agreed"] and (mark["agreed"]["answer"], mark["agreed"]["why"])
                assert agreed == twin.agreed.get(place)
                assert (mark["result"] is not None) == twin.is_shown
                if twin.is_shown:
                    told = [one["score"] for one in mark["result"]["scores"] for _ in range(one["count"])]
                    ends = twin.scores(place) + twin.forgotten.get(place, [])
                    assert told == twin.scores(place)
                    assert mark["result"]["lowest"] == min(ends, default=None)
                    assert mark["result"]["highest"] == max(ends, default=None)
                then = [past["agreed"].get(place, (None,))[0] for past in reversed(twin.before)]
                assert [past["agreed"] and past["agreed"]["answer"] for past in mark["before"]] == then

    def teardown(self):
        for kept in (answers_at, board_at, own_state, shape_at, shared_state):
            kept.cache_clear()


def test_any_history_is_told_and_hidden(releases):
    chosen = hypothesis_settings(
        max_examples=max(1, STEPS // STEPS_OF_A_HISTORY),
        stateful_step_count=STEPS_OF_A_HISTORY,
        database=None,
        deadline=None,
        print_blob=True,
    )

    class InTransaction(History):
        def __init__(self):
            self.begun = transaction.atomic()
            self.begun.__enter__()
            super().__init__()

        def teardown(self):
            super().teardown()
            transaction.set_rollback(True)
            self.begun.__exit__(None, None, None)

    History.steps = 0
    while History.steps < STEPS:
        run_state_machine_as_test(InTransaction, settings=chosen)
