"""On a train: people go on scoring without a network, are told what is not sent yet, and it is sent once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-tasks")]


@pytest.fixture
def on_board(host, toolkit, come):
    """Somebody on a board, and a device of theirs that reads it past the widget."""
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    person.opens()
    person.score(2)
    person.is_sent()
    return person, Device(f"{toolkit}/", person.token, dropped=0)


def status(person):
    return person.widget.locator("[role=status]")


def test_train_in_a_tunnel(on_board):
    person, me = on_board
    person.tab.context.set_offline(True)
    person.score(8)
    person.score(5, 1)
    person.unfold("notes", person.mark())
    person.mark().get_by_label(person.words["a_ladder"]).check()
    person.write("few_words", "Written in a tunnel", person.mark())
    person.press("add", person.mark())
    expect(status(person)).to_have_text(person.words["not_sent"], timeout=15_000)
    # It is seen at once, and at the mark that it is about.
    expect(person.mark().get_by_text("Written in a tunnel")).to_be_visible()
    expect(person.mark(1).get_by_text(person.words["not_sent"])).to_be_visible()
    assert me.board()["marks"][0]["mine"] == 2
    person.tab.context.set_offline(False)
    person.is_sent()
    board = me.board()
    assert [mark["mine"] for mark in board["marks"][:2]] == [8, 5]
    assert [note["text"] for note in board["marks"][0]["notes"]] == ["Written in a tunnel"]


def test_answer_that_is_lost_on_its_way_back(on_board):
    """The server has it, and nobody told the phone: it is sent again under the same name, and is there once."""
    person, me = on_board
    lost = []

    def lose(route):
        if route.request.method == "PUT" and len(lost) < 3:
            lost.append((route.request.headers["idempotency-key"], route.fetch().status))
            route.abort()
        else:
            route.continue_()

    person.tab.route("**/api/v1/board/**", lose)
    person.unfold("notes", person.mark())
    person.mark().get_by_label(person.words["an_action"]).check()
    person.write("few_words", "Once", person.mark())
    person.press("add", person.mark())
    person.is_sent()
    assert ([status for _key, status in lost], len({key for key, _status in lost})) == ([204] * 3, 1)
    assert [note["text"] for note in me.board()["marks"][0]["notes"]] == ["Once"]


def test_joining_without_a_network_goes_on_later(host, toolkit, come):
    device = Device(f"{toolkit}/", dropped=0)
    device.open_board(["listening"])
    link = device.link()
    lost = []

    def lose(route):
        if len(lost) < 2:
            # Once it does not arrive, and once the answer is lost.
            lost.append(route.fetch().status if lost else 0)
            route.abort()
        else:
            route.continue_()

    person = come(f"{host.show('/', host_page(element(toolkit), head=script(toolkit)))}#mark-scoring={link}")
    person.tab.route("**/api/v1/boards/**", lose)
    person.press("join")
    expect(person.mark()).to_be_visible(timeout=30_000)
    assert lost == [0, 201]
    assert len(device.board()["people"]) == 2


def test_page_that_is_opened_again_goes_on(on_board, host):
    """The tab was closed in the tunnel; whoever comes back finds what they did, and it is sent."""
    person, me = on_board
    context = person.tab.context
    person.tab.route("**/api/v1/board/**", lambda route: route.abort())
    person.score(9)
    expect(status(person)).to_have_text(person.words["not_sent"], timeout=15_000)
    person.tab.close()
    person.tab = context.new_page()
    person.go(f"{host.origin}/")
    expect(person.number(9)).to_be_checked(timeout=15_000)
    person.is_sent()
    assert me.board()["marks"][0]["mine"] == 9


def test_two_agree_at_once_and_see_both_versions(host, toolkit, come, on_board):
    person, me = on_board
    person.press("show")
    person.sees("Come back later")
    mark = me.board()["marks"][0]["id"]
    person.unfold("agree", person.mark())
    person.mark().locator("input[value='7']").check()
    person.write("why", "Mine", person.mark())
    me.send("PUT", f"/board/agreed/{mark}/", {"answer": 3, "why": "Theirs", "version": 0})
    person.tab.route("**/api/v1/board/", lambda route: route.abort())
    person.press("keep_agreed", person.mark())
    person.sees(person.words["conflict"])
    person.tab.unroute("**/api/v1/board/")
    notice = person.widget.locator(".notice", has_text="Theirs")
    expect(notice.get_by_text("7 Mine", exact=True)).to_be_visible()
    person.press("keep_mine", notice)
    person.is_sent()
    agreed = me.board()["marks"][0]["agreed"]
    assert (agreed["answer"], agreed["why"], agreed["version"]) == (7, "Mine", 2)


def test_what_is_not_taken_is_not_lost(on_board):
    """The scores were shown in the meantime: the phone says so, with what was meant."""
    person, me = on_board
    person.tab.route("**/api/v1/board/**", lambda route: route.abort())
    person.score(10)
    me.send("POST", "/board/show/")
    person.tab.unroute("**/api/v1/board/**")
    person.sees("The scores of this round have been shown and stay.")
    notice = person.widget.locator(".notice", has_text="have been shown and stay")
    expect(notice.get_by_text("10")).to_be_visible()
    person.press("seen", notice)
    expect(notice).to_have_count(0)
    assert me.board()["marks"][0]["result"]["lowest"] == 2


def test_board_that_is_gone_says_so(on_board):
    person, me = on_board
    me.send("DELETE", "/board/me/")
    person.sees(person.words["gone"])
    person.press("alone_again")
    person.sees(person.words["alone"])


def test_hidden_page_asks_nothing(on_board):
    person, _me = on_board
    hide = """(hidden) => {
        Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }"""
    person.tab.evaluate(hide, True)
    person.tab.wait_for_timeout(6_000)
    asked = len(person.asked)
    person.tab.wait_for_timeout(6_000)
    assert len(person.asked) == asked
    person.tab.evaluate(hide, False)
    person.tab.wait_for_timeout(1_000)
    assert len(person.asked) > asked
