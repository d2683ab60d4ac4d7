"""Words of the glossary, explained on the page that uses them: at its end, and with script where they stand."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.gates.browser import axe_violations

GUIDE = "/en/using-this-tool/"


@pytest.fixture
def guide(served, tab) -> Page:
    tab.goto(urljoin(served.address, GUIDE))
    return tab


def test_without_script_a_term_leads_to_its_meaning_and_back(served, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(urljoin(served.address, GUIDE))
    page.get_by_role("link", name="mark", exact=True).first.click()
    expect(page.locator(":target")).to_contain_text("A sign of good co-production")
    page.locator(":target").get_by_role("link", name="Back to the text (Mark)").click()
    expect(page.locator(":target")).to_have_text("mark")
    context.close()


def test_script_shows_the_meaning_where_the_word_stands(guide):
    term, other = (guide.get_by_role("button", name=name, exact=True) for name in ("mark", "snake"))
    meaning = guide.get_by_role("status").filter(has_text="A sign of good co-production")
    term.press("Enter")
    expect(meaning).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    assert meaning.evaluate("(e) => e.previousElementSibling.contains(document.activeElement)")
    assert axe_violations(guide) == []
    other.press(" ")
    expect(meaning).to_have_count(0)
    expect(term).to_have_attribute("aria-expanded", "false")
    other.press("Escape")
    expect(guide.locator(".term-meaning")).to_have_count(0)


def test_words_of_people_are_left_alone(served, tab):
    tab.goto(urljoin(served.address, "/en/process/listening/"))
    assert tab.locator("blockquote .term").count() == 0


def test_arabic_word_is_explained_in_arabic(served, tab):
    tab.goto(urljoin(served.address, "/ar/"))
    term = tab.locator("a.term").first
    expect(term).to_have_text("علامة")
    term.click()
    expect(tab.locator(".term-meaning")).to_contain_text("دليل")


def test_paper_has_the_meanings(guide):
    guide.emulate_media(media="print")
    expect(guide.locator(".explained dd").first).to_be_visible()
