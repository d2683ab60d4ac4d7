"""The twelve tasks, by keyboard alone, found by what a screen reader would say: in English and in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.listening import Listener
from tests.e2e.widget.people import words_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-tasks")]

CODES = ["listening", "sharing-power"]


@pytest.fixture
def other(toolkit) -> Device:
    """Somebody else of the group, who opened the board on a device of their own."""
    device = Device(f"{toolkit}/", dropped=0)
    device.open_board(CODES)
    return device


def mark(device: Device, place: int = 0) -> dict:
    return device.board()["marks"][place]


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_keyboard_and_ear_do_all_tasks(host, toolkit, come, other, lang, direction):
    page = host_page(
        element(toolkit, 'mark="listening sharing-power"'), head=script(toolkit), lang=lang, dir=direction
    )
    person = come(f"{host.show('/', page)}#mark-scoring={other.link()}", accept_downloads=True)
    person.words, say = words_in(lang), words_in(lang)
    person.is_ready()
    ear = Listener(person.tab)

    def is_done():
        person.is_sent()

    # Join.
    ear.does(f"button {say['join']}")
    expect(person.mark()).to_be_visible()
    assert len(other.board()["people"]) == 2
    me = Device(f"{toolkit}/", person.token, dropped=0)

    # Score: from the first number with the arrow keys; nothing is chosen to begin with.
    heard = ear.tab_to("radio 1")
    assert "checked" not in heard
    assert say["lowest"] in heard
    around = " ".join(ear.hears_around())
    assert mark(other)["title"] in around
    assert re.sub(r"%\(\w+\)s", "1", say["range"], count=1).split("1")[0] in around
    ear.press(*["ArrowRight"] * 6)
    assert ear.hears() == "radio 7 checked"
    is_done()
    assert mark(me)["mine"] == 7

    # Change. One press of Tab leaves the group: it is one stop.
    ear.press("ArrowRight")
    ear.press("Tab")
    assert ear.hears() == f"button {say['clear']}"
    is_done()
    assert mark(me)["mine"] == 8

    # Clear, and score again, in the words that are there in the place of a number.
    ear.press("Enter")
    is_done()
    assert mark(me)["mine"] is None
    ear.does("radio 1", "Space")
    is_done()
    assert mark(me)["mine"] == 1

    # Write a note.
    ear.does(f"DisclosureTriangle {say['notes']}")
    ear.does(f"radio {say['a_ladder']}", "Space")
    ear.types(say["few_words"], "Tea first")
    ear.does(f"button {say['add']}")
    is_done()
    assert [(note["kind"], note["text"]) for note in mark(me)["notes"]] == [("ladder", "Tea first")]

    # Add a mark of the group's own.
    ear.does(f"DisclosureTriangle {say['own_mark']}")
    ear.types(say["what_else"], "Tea and time")
    ear.press("Enter")
    is_done()
    assert other.board()["marks"][2]["title"] == "Tea and time"

    # Show the scores: this person asks, and the other says yes.
    ear.does(f"button {say['show']}")
    person.sees(say["asked_by_me"])
    is_done()
    other.send("POST", "/board/show/")
    # Nobody has to look: it is said, politely, and the focus has not moved by itself.
    expect(person.widget.locator("[role=status]")).to_have_text(say["shown"], timeout=20_000)

    # Agree.
    ear.does(f"DisclosureTriangle {say['agree']}")
    ear.does("radio 1", "Space")
    ear.types(say["why"], "Most of us")
    ear.does(f"button {say['keep_agreed']}")
    is_done()
    assert (mark(other)["agreed"]["answer"], mark(other)["agreed"]["why"]) == (1, "Most of us")

    # Dissent.
    ear.does(f"DisclosureTriangle {say['dissent']}")
    ear.types(say["dissent_score"], "3")
    ear.types(say["because"], "Not the quiet ones")
    ear.does(f"button {say['keep_beside']}")
    is_done()
    assert [(one["score"], one["text"]) for one in mark(other)["dissents"]] == [(3, "Not the quiet ones")]

    # Take it away.
    ear.does(f"DisclosureTriangle {say['take_away']}")
    ear.tab_to(f"button {say['csv']}")
    with person.tab.expect_download() as download:
        ear.press("Enter")
    assert "Most of us" in download.value.path().read_text()

    # Forget single scores, once it is sure.
    ear.does(f"DisclosureTriangle {say['forget_title']}")
    ear.does(f"button {say['forget']}")
    expect(person.widget.locator("[role=alert]")).to_have_text(say["sure"])
    ear.does(f"checkbox {say['forget_sure']}", "Space")
    ear.does(f"button {say['forget']}")
    is_done()
    assert mark(other)["result"]["forgotten"] is True

    # Begin a new round.
    ear.does(f"button {say['new_round']}")
    is_done()
    assert other.board()["round"]["number"] == 2
    expect(person.number(1)).not_to_be_checked()


def test_focus_stays_while_others_do_things(host, toolkit, come, other):
    """What changes on the board moves nobody's focus, and nothing that is being written."""
    person = come(f"{host.show('/', host_page(element(toolkit), head=script(toolkit)))}#mark-scoring={other.link()}")
    person.joins()
    person.unfold("notes", person.mark())
    field = person.mark().get_by_label(person.words["few_words"])
    field.press_sequentially("Half a sen")
    asked = [url for _method, url, _headers in person.asked if url.endswith("/board/")]
    for n in range(3):
        other.send("PUT", f"/board/answers/{mark(other)['id']}/", {"answer": 5 + n})
        other.send("PUT", "/board/me/", {"name": f"Now {n}", "locale": "en"})
    expect(person.mark().get_by_text("Answers to this mark: 1.")).to_be_visible(timeout=15_000)
    assert len([url for _method, url, _headers in person.asked if url.endswith("/board/")]) > len(asked)
    field.press_sequentially("tence")
    assert field.input_value() == "Half a sentence"
    assert Listener(person.tab).hears().startswith(f"textbox {person.words['few_words']}")


def test_who_loses_the_focus_goes_on_nearby(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    person.is_ready()
    person.score(7, 2)
    person.mark(2).get_by_role("button", name=person.words["clear"]).press("Enter")
    title = person.mark(2).locator("h3").inner_text()
    assert Listener(person.tab).hears() == f"heading {title}"
