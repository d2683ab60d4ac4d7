"""Every kind of page that readers meet, in every language: its address, and how a browser comes to see it."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from api.releases.manifest import blob_path
from api.releases.views import NOTICES
from tests.e2e.conftest import Served, released_entries

# What follows the language in the address.
KINDS = {
    "home": "",
    "stage": "process/",
    "mark": "process/listening/",
    "easy-read": "process/listening/easy-read/",
    "quote": "voices/what-i-heard-you-say/",
    "voices": "voices/",
    "voices-chosen": "voices/?kind=snake",
    "idea": "lake/three-words/",
    "lake": "lake/",
    "lake-chosen": "lake/?stage=process",
    "wrong": "lake/?stage=nowhere",
    "term": "glossary/ladder/",
    "glossary": "glossary/",
    "guide": "using-this-tool/",
    "search": "search/",
    "found": "search/?q=ladder",
    "nothing": "search/?q=xylophone",
    "tested": "how-we-tested/",
    "offline": "offline/",
    "unreachable": "offline/unreachable/",
    "print": "print/",
    "print-stage": "print/process/",
    "feedback": "feedback/?page=mark/listening",
    "feedback-words": "feedback/?page=mark/listening&said=no",
    "offer": "give/?mark=listening",
    "score": "score/?stage=process",
    "join": "score/join/",
    "bring-back": "score/bring-back/",
    "embed": "embed/?stage=process",
}
# They have no address of their own: a browser sees them wherever something is wrong.
WRONG = {f"notice-{name}": f"notice/{name}/" for name in NOTICES}
BOARD, BOARD_MARK, BOARD_RESULTS = "board", "board-mark", "board-results"


def address_of(kind: str, locale: str) -> str:
    return f"/{locale}/{(KINDS | WRONG)[kind]}"


def boards_of(chromium: Browser, site: Served, locale: str) -> dict[str, str]:
    """Open a board in a language, and give the addresses of its pages by their kind."""
    context = chromium.new_context(base_url=site.address)
    tab = context.new_page()
    tab.goto(f"/{locale}/score/?mark=listening")
    tab.locator("#own-marks").fill("Tea")
    tab.locator("form.scoring .main-action").click()
    tab.locator("a.go").first.click()
    board = urlsplit(tab.url).path
    mark = tab.locator(".board-marks a").first.get_attribute("href")
    context.close()
    return {BOARD: board, BOARD_MARK: mark, BOARD_RESULTS: f"{board}results/"}


def notices_of(site: Served, locale: str) -> dict[str, str]:
    """What the server says where something is wrong, each at an address where nothing else is."""
    entries, folder = released_entries(site.data), site.data / "releases"
    return {
        address_of(f"notice-{name}", locale): blob_path(
            folder, entries[path.format(locale=locale)].sha256
        ).read_text()
        for name, path in NOTICES.items()
    }


def show_notices(tab: Page, site: Served, locale: str):
    """Let a tab see at their addresses what is said where something is wrong."""
    for address, page in notices_of(site, locale).items():
        tab.route(f"**{address}", _answer(page))


def _answer(page: str):
    return lambda route: route.fulfill(body=page, content_type="text/html; charset=utf-8")
