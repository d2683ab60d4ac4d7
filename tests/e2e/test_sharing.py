"""Passing on a link: to a part of a page, which script copies or shares, and to a board, by a button."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

# A clipboard that shows what was put on it.
CLIPBOARD = """Object.defineProperty(navigator, "clipboard", {
    value: { writeText: async (text) => { if (window.denied) throw new Error("no"); window.copied = text; } },
});"""
SHARE = """navigator.share = async ({ url }) => { window.shared = url; };
const ask = window.matchMedia.bind(window);
window.matchMedia = (query) => (query.includes("coarse") ? { matches: true } : ask(query));"""


@pytest.fixture
def mark(served, tab) -> Page:
    tab.add_init_script(CLIPBOARD)
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    tab.get_by_text("Share this page, or one part of it").click()
    return tab


def link(tab: Page):
    return tab.locator(".share-quote a").first


def test_press_copies_the_address(mark):
    link(mark).press("Enter")
    expect(mark.get_by_text("The link is copied.")).to_be_visible()
    assert mark.evaluate("copied") == mark.url
    assert mark.url.endswith("/en/process/listening/#quote-what-i-heard-you-say")
    copied = mark.evaluate("copied")
    mark.goto("about:blank")
    mark.goto(copied)
    expect(mark.locator(".quote:target blockquote")).to_be_in_viewport()


def test_what_may_not_be_copied_is_gone_to(mark):
    mark.evaluate("window.denied = true")
    link(mark).press("Enter")
    expect(mark.locator(".quote:target")).to_be_visible()
    expect(mark.get_by_text("The link is copied.")).to_be_hidden()


def test_phone_shares_the_address(served, tab):
    tab.add_init_script(SHARE)
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    tab.get_by_text("Share this page, or one part of it").click()
    link(tab).press("Enter")
    tab.wait_for_function("window.shared")
    assert tab.evaluate("shared").endswith("#quote-what-i-heard-you-say")


def test_whole_page_can_be_passed_on(mark):
    mark.get_by_role("link", name="The whole page").press("Enter")
    mark.wait_for_function("window.copied")
    assert mark.evaluate("copied") == mark.url.split("#")[0]


def test_without_script_they_are_links(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(urljoin(served.address, "/en/using-this-tool/"))
    page.get_by_text("Share this page, or one part of it").click()
    paragraph = page.locator(".share-paragraph a").first
    beginning = paragraph.inner_text().removesuffix(" …")
    paragraph.click()
    expect(page.locator(".prose p:target")).to_contain_text(beginning)
    context.close()


@pytest.fixture
def opened(served, tab) -> Page:
    """A board that was just opened."""
    tab.add_init_script(CLIPBOARD)
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    tab.get_by_role("button", name="Score this together").click()
    tab.get_by_role("button", name="Open the board").click()
    return tab


def test_link_to_join_a_board_is_copied(opened):
    opened.get_by_role("button", name="Send or copy this link").first.click()
    expect(opened.get_by_text("The link is copied.")).to_be_visible()
    assert opened.evaluate("copied") == opened.locator(".address a").first.get_attribute("href")
    opened.get_by_role("link", name="Go to the board").click()
    expect(opened.get_by_role("button", name="Send or copy this link")).to_have_count(1)


def test_button_goes_where_nothing_may_be_copied(opened):
    opened.evaluate("window.denied = true")
    opened.get_by_role("button", name="Send or copy this link").first.click()
    expect(opened.get_by_role("button", name="Send or copy this link")).to_have_count(1)
    expect(opened.locator(".address a").first).to_be_visible()


def test_without_a_way_to_pass_links_on_no_button_is_shown(served, tab):
    tab.add_init_script('Object.defineProperty(navigator, "clipboard", { value: undefined });')
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    tab.get_by_role("button", name="Score this together").click()
    tab.get_by_role("button", name="Open the board").click()
    expect(tab.locator(".address a")).to_have_count(2)
    expect(tab.get_by_role("button", name="Send or copy this link")).to_have_count(0)
