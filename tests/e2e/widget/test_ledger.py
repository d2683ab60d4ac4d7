"""Twenty people's pages with a network that is cut at random, tabs that are killed, devices that are full.

Whatever somebody does is written down first, and read back from the board at the end: nothing lost, nothing doubled.
WIDGET_ACTIONS is how many things each does: 4 by default.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.people import Person
from tests.gates.browser import PHONE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-ledger")]

PEOPLE = 20
ACTIONS = int(os.environ.get("WIDGET_ACTIONS", 4))
CODES = ["listening", "sharing-power", "disagreeing-well"]
# So often a request does not arrive, or its answer does not come back.
LOST, UNHEARD = 0.15, 0.15
# Of every five people, one's tab is killed now and then, and one's device has no room left.
KILLED, FULL = 1, 2
FILL = """(() => {
    let size = 1 << 20;
    for (let n = 0; size >= 1; n++) {
        try { localStorage.setItem(`full ${n}`, "x".repeat(size)); } catch { size >>= 1; }
    }
})()"""


@dataclass
class Phone:
    """Somebody with a phone on a bad line, and what they meant to happen."""

    number: int
    person: Person
    random: Random
    scores: dict[int, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    is_cut: bool = False
    lost: int = 0
    kills: int = 0

    @property
    def kind(self) -> int:
        return self.number % 5

    def cut(self, route):
        """Let a request through, or lose it on its way there, or its answer on the way back."""
        chance = self.random.random() if self.is_cut else 1
        try:
            if chance < LOST:
                self.lost += 1
                route.abort()
            elif chance < LOST + UNHEARD:
                self.lost += 1
                route.fetch()
                route.abort()
            else:
                route.continue_()
        except Error:
            # The tab was closed in the meantime.
            self.lost += 1

    def open(self, address: str):
        tab = self.person.tab
        tab.route("**/api/v1/**", self.cut)
        self.person.go(address)

    def act(self, n: int):
        """Score a mark, or write a note: written down first."""
        place = self.random.randrange(len(CODES))
        if self.random.random() < 0.7:
            self.scores[place] = self.random.randint(1, 10)
            self.person.score(self.scores[place], place)
            return
        self.notes.append(f"Note {n} of {self.number}")
        mark = self.person.mark(place)
        if not mark.locator("details[open]").count():
            self.person.unfold("notes", mark)
        mark.get_by_label(self.person.words["a_ladder"]).check()
        self.person.write("few_words", self.notes[-1], mark)
        self.person.press("add", mark)

    def is_killed(self, address: str):
        """Close the tab, whatever it is at, and open the page anew."""
        self.kills += 1
        context = self.person.tab.context
        self.person.tab.close()
        self.person = Person(context.new_page())
        self.open(address)
        expect(self.person.mark()).to_be_visible(timeout=30_000)


def test_nothing_is_lost_and_nothing_is_doubled(host, toolkit, chromium: Browser, figures):
    group = Device(f"{toolkit}/", dropped=0)
    group.open_board(CODES)
    address, random = host.show("/", host_page(element(toolkit), head=script(toolkit))), Random(20261126)
    contexts = [chromium.new_context(viewport=PHONE, reduced_motion="reduce") for _number in range(PEOPLE)]
    phones = [
        Phone(number, Person(context.new_page()), Random(random.random())) for number, context in enumerate(contexts)
    ]
    try:
        link = group.link()
        for phone in phones:
            # Already now: what stands in the page until all is there gives way when the line is better.
            phone.is_cut = True
            phone.open(f"{address}#mark-scoring={link}")
            if phone.kind == FULL:
                phone.person.tab.evaluate(FILL)
            phone.person.press("join")
        for phone in phones:
            expect(phone.person.mark()).to_be_visible(timeout=60_000)
        for n in range(ACTIONS):
            for phone in random.sample(phones, PEOPLE):
                phone.act(n)
                if phone.kind == KILLED and random.random() < 0.4:
                    phone.is_killed(address)
        for phone in phones:
            phone.is_cut = False
        for phone in phones:
            phone.person.is_sent()
            check(phone, toolkit)
        figures(
            f"{PEOPLE} pages, {PEOPLE * ACTIONS} things done, {sum(phone.lost for phone in phones)} requests or "
            f"answers lost, {sum(phone.kills for phone in phones)} tabs killed: 0 lost, 0 doubled"
        )
        people = group.board()["people"]
        assert len(people) == PEOPLE + 1, "Somebody joined twice"
    finally:
        for context in contexts:
            context.close()


def check(phone: Phone, toolkit: str):
    """Hold what is on the board against what somebody meant."""
    board = Device(f"{toolkit}/", phone.person.token, dropped=0).board()
    kept = {place: mark["mine"] for place, mark in enumerate(board["marks"]) if mark["mine"] is not None}
    assert kept == phone.scores, f"Phone {phone.number}"
    notes = Counter(note["text"] for mark in board["marks"] for note in mark["notes"])
    assert notes == Counter(phone.notes), f"Phone {phone.number}"
    assert phone.person.problems == []
