"""Somebody at the widget: what they can do with it, in any language, and what their browser was asked for."""

import re
from functools import cache
from urllib.parse import urlsplit

from django.utils.translation import override
from playwright.sync_api import Locator, Page, expect

from api.widget.words import words

SENT = "[role=status]"


@cache
def words_in(locale: str) -> dict[str, str]:
    """Give the words of the widget in a language."""
    with override(locale):
        return words()


def starts_with(text: str) -> re.Pattern:
    return re.compile(f"^{re.escape(text)}(?!\\d)")


class Person:
    """A tab, and what it was asked for on the network."""

    def __init__(self, tab: Page, locale: str = "en"):
        self.tab, self.words = tab, words_in(locale)
        self.problems: list[str] = []
        self.asked: list[tuple[str, str, dict]] = []
        tab.on("pageerror", lambda error: self.problems.append(str(error)))
        tab.on("request", lambda asked: self.asked.append((asked.method, asked.url, asked.headers)))

    def go(self, address: str):
        self.tab.goto(address)

    @property
    def widget(self) -> Locator:
        return self.tab.locator("mark-scoring").first

    @property
    def token(self) -> str:
        """What lets this person take part, as their browser sent it last."""
        return next(
            headers["authorization"].removeprefix("Bearer ")
            for _method, _url, headers in reversed(self.asked)
            if "authorization" in headers
        )

    @property
    def elsewhere(self) -> set[str]:
        """The origins that were asked for anything."""
        return {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for _method, url, _headers in self.asked}

    def mark(self, place: int = 0) -> Locator:
        return self.widget.locator("section.mark").nth(place)

    def number(self, score: int | str, place: int = 0) -> Locator:
        return self.mark(place).locator(f"input[type=radio][value='{score}']").first

    def score(self, score: int | str, place: int = 0):
        self.number(score, place).check()

    def press(self, word: str, within: Locator | None = None):
        (within or self.widget).get_by_role("button", name=self.words[word], exact=True).first.click()

    def unfold(self, word: str, within: Locator | None = None):
        (within or self.widget).locator("summary", has_text=self.words[word]).first.click()

    def write(self, word: str, text: str, within: Locator | None = None):
        (within or self.widget).get_by_label(self.words[word], exact=True).first.fill(text)

    def sees(self, text: str):
        expect(self.widget.get_by_text(text).first).to_be_visible(timeout=15_000)

    def is_ready(self):
        expect(self.widget.locator("h2")).to_be_visible(timeout=15_000)

    def is_sent(self):
        """Wait until nothing waits any more."""
        expect(self.widget.locator(SENT)).to_have_text(re.compile(f"^$|^{self.words['saved']}$"), timeout=30_000)

    def opens(self, title: str = "Village hall"):
        """Open a board of all the marks that are there."""
        self.is_ready()
        self.unfold("together")
        self.write("board_title", title)
        self.press("open")
        expect(self.widget.locator("h2")).to_have_text(title, timeout=15_000)
        expect(self.mark()).to_be_visible()

    def link(self) -> str:
        """Give the link for others."""
        self.unfold("invite")
        found = self.widget.locator(".address a").inner_text()
        self.unfold("invite")
        return found

    def joins(self, name: str = ""):
        """Join the board by whose link this person came."""
        if name:
            self.write("name", name)
        self.press("join")
        expect(self.mark()).to_be_visible(timeout=15_000)
