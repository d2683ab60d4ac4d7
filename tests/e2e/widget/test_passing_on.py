"""Passing on a board's link from a page of another site, by a button: the browser decides what a page may do."""

import pytest
from playwright.sync_api import FrameLocator, expect

from api.widget.snippets import Embed, frame_line
from tests.e2e.test_sharing import SHARE
from tests.e2e.widget.embedding import element, recipe, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.people import Person, words_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-hosts")]

WORDS = words_in("en")
# A browser without a screen grants no clipboard by itself, as others do.
CLIPBOARD = ["clipboard-read", "clipboard-write"]
FORBIDS = "clipboard-write=(), web-share=()"


def pasted(person: Person) -> str:
    """Give what the browser has copied."""
    return person.tab.evaluate("navigator.clipboard.readText()")


def opened_in(frame: FrameLocator) -> FrameLocator:
    """Open a board in a frame, and show how others come to it."""
    frame.locator("summary", has_text=WORDS["together"]).click()
    frame.get_by_role("button", name=WORDS["open"]).click()
    frame.locator("summary", has_text=WORDS["invite"]).click()
    return frame


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_link_is_copied(lang, host, toolkit, come):
    page = host_page(element(toolkit), head=script(toolkit), lang=lang)
    person = come(host.show("/", page, Content_Security_Policy=recipe(toolkit)), permissions=CLIPBOARD)
    person.words = words_in(lang)
    person.opens()
    link = person.link()
    person.unfold("invite")
    person.press("pass_on")
    expect(person.widget.locator("[role=status]")).to_have_text(person.words["copied"])
    assert pasted(person) == link
    friend = come(link)
    friend.words = words_in(lang)
    friend.joins()


def test_phone_sends_the_link(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=SHARE)
    person.opens()
    link = person.link()
    person.unfold("invite")
    person.press("pass_on")
    person.tab.wait_for_function("window.shared")
    assert person.tab.evaluate("shared") == link


def test_page_that_forbids_it_is_told_so(host, toolkit, come):
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(host.show("/", page, Permissions_Policy=FORBIDS), permissions=CLIPBOARD)
    person.opens()
    person.unfold("invite")
    person.press("pass_on")
    expect(person.widget.locator("[role=alert]")).to_have_text(WORDS["by_hand"])
    expect(person.widget.locator(".address a")).to_be_visible()


def test_who_thinks_better_of_it_is_told_nothing(host, toolkit, come):
    aborts = (
        SHARE + 'navigator.share = async () => { window.asked = true; throw new DOMException("", "AbortError"); };'
    )
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=aborts)
    person.opens()
    person.unfold("invite")
    person.press("pass_on")
    person.tab.wait_for_function("window.asked")
    expect(person.widget.get_by_role("button", name=WORDS["pass_on"])).to_be_visible()
    expect(person.widget.locator("[role=alert]")).to_have_count(0)


def test_our_frame_is_allowed_to_copy(host, toolkit, come):
    line = frame_line(Embed("en", stages=("process",)), site=toolkit, words="Score")
    person = come(host.show("/", host_page(line)), permissions=CLIPBOARD)
    inside = opened_in(person.tab.frame_locator("iframe"))
    inside.get_by_role("button", name=WORDS["pass_on"]).click()
    expect(inside.locator("[role=status]")).to_have_text(WORDS["copied"])
    assert pasted(person) == inside.locator(".address a").inner_text()


def test_frame_that_may_not_copy_says_so(host, toolkit, come):
    line = frame_line(Embed("en", stages=("process",)), site=toolkit, words="Score")
    line = line.replace(' allow="clipboard-write; web-share"', "")
    person = come(host.show("/", host_page(line)), permissions=CLIPBOARD)
    inside = opened_in(person.tab.frame_locator("iframe"))
    inside.get_by_role("button", name=WORDS["pass_on"]).click()
    expect(inside.locator("[role=alert]")).to_have_text(WORDS["by_hand"])
