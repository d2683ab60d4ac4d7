"""A film of another site: that site is asked for nothing before a reader presses, and then for its frame alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Served, copy_served
from tests.e2e.test_policies import nothing_refused
from tests.gates.browser import axe_violations

FRAME = "https://www.youtube-nocookie.com/embed/aB3_-fGhiJ0?rel=0"
LINK = "https://youtu.be/aB3_-fGhiJ0"
PATH = "/en/a-film-of-ours/"
SAYS = "This film comes from YouTube. When you press, YouTube learns that you looked."
ADD = f"""
from toolkit.models import Guide, Home
film = {{"kind": "video", "title": "Tea", "file": None, "url": "{LINK}", "transcript": "<p>Tea is made.</p>"}}
page = Guide(title="A film", slug="a-film-of-ours", code="a-film-of-ours", summary="One.", body=[("media", film)])
Home.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def film(started, tmp_path_factory) -> Iterator[Served]:
    """A server with a page that has a film."""
    with copy_served(started, tmp_path_factory.mktemp("film") / "data", adding=ADD) as site:
        yield site


@contextmanager
def opened(chromium, film, **options) -> Iterator[tuple[Page, list, BrowserContext]]:
    """Open the page; give it with what is asked of others, as address and Referer. They answer with an empty page."""
    asked = []
    context = chromium.new_context(base_url=film.address, reduced_motion="reduce", **options)

    def answer(route):
        asked.append((route.request.url, route.request.headers.get("referer")))
        route.fulfill(content_type="text/html", body="<!doctype html><html lang=en><title>Film</title>A film")

    ours = urlsplit(film.address).netloc
    context.route(lambda url: urlsplit(url).netloc != ours, answer)
    try:
        tab = context.new_page()
        tab.goto(PATH, wait_until="networkidle")
        yield tab, asked, context
    finally:
        context.close()


def test_nothing_is_asked_before_the_press_and_the_frame_alone_after(chromium, film):
    with opened(chromium, film) as (tab, asked, context), nothing_refused(context):
        expect(tab.get_by_text(SAYS)).to_be_visible()
        button = tab.get_by_role("button", name="Show the film here Tea")
        button.hover()
        button.focus()
        assert axe_violations(tab) == []
        assert asked == []
        tab.keyboard.press("Enter")
        expect(tab.frame_locator("iframe").get_by_text("A film")).to_be_visible()
        # It learns the site, without which some show nothing, and not the page.
        assert asked == [(FRAME, film.address)]
        expect(tab.locator("iframe[title=Tea]")).to_be_focused()
        expect(button).to_have_count(0)


def test_without_script_there_is_a_link(chromium, film):
    with opened(chromium, film, java_script_enabled=False) as (tab, asked, _context):
        expect(tab.get_by_role("link", name="Watch on YouTube")).to_have_attribute("href", LINK)
        expect(tab.get_by_text(SAYS)).to_be_hidden()
        assert asked == []


def test_no_other_site_comes_into_a_frame(chromium, film):
    with opened(chromium, film) as (tab, asked, _context):
        tab.locator(".film").evaluate("(ask) => (ask.dataset.frame = 'https://evil.example/')")
        tab.get_by_role("button", name="Show the film here Tea").click()
        tab.wait_for_timeout(500)
        assert asked == []


def test_printed_page_has_the_address(chromium, film):
    with opened(chromium, film) as (tab, _asked, _context):
        tab.emulate_media(media="print")
        expect(tab.locator(".film")).to_be_hidden()
        expect(tab.get_by_role("link", name="Watch on YouTube")).to_be_visible()


def test_answers_say_which_frames_may_be_shown(film):
    with urlopen(urljoin(film.address, PATH)) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in policy
