"""The system's Chromium for tests: what axe finds on a page, and whether the page scrolls sideways.

A pytest plugin: `chromium` is one browser per session, `tab` a fresh tab per test, `shared_tab` one for all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.gates.needs import find_chromium, need

# What is expected comes later where other tests keep the machine busy.
expect.set_options(timeout=15_000)

# --no-sandbox: root in a container has no user namespace. The rest: no calls home, no GPU.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 900}
WIDTHS = (320, 768, 1280)  # 320 is WCAG 1.4.10 (Reflow): 1280 at 400 % zoom

# target-size (WCAG 2.5.8) is off by default, although its tag wcag22aa is listed.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

OVERFLOW = """() => {
    const root = document.documentElement, [content, seen] = [root.scrollWidth, root.clientWidth];
    if (content <= seen) return [];
    const name = (e) => e.localName + (e.id && '#' + e.id) + [...e.classList].map((c) => '.' + c).join('');
    const sticksOut = ({left, right}) => right > seen + 1 || left < -1;
    const all = [...document.body.querySelectorAll('*')];
    const culprits = all.filter((e) => sticksOut(e.getBoundingClientRect())).map(name).slice(0, 5);
    return [`scrolls sideways: ${content} px in a ${seen} px window: ${culprits.join(', ')}`];
}"""


CUT_OFF = """() => [...document.querySelectorAll('main td *, main details *, main h2, main p')].filter((e) => {
    const {left, right, width} = e.getBoundingClientRect();
    return width > 1 && !e.closest('.w-sr-only') && (left < -1 || right > window.innerWidth + 1);
}).map((e) => e.outerHTML.slice(0, 100))"""


def axe_violations(page: Page, *, only: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> list[str]:
    """What axe finds on the page as it is now, one line per element; [] when nothing. Rules go by their names."""
    for frame in page.frames:
        # Not a script tag: the page's Content-Security-Policy would refuse it, and that policy stays on.
        frame.evaluate(axe_source())
    rules = AXE_OPTIONS["rules"] | {rule: {"enabled": False} for rule in without}
    options = AXE_OPTIONS | {"rules": rules} | ({"runOnly": list(only), "rules": {}} if only else {})
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [readable(rule, node) for rule in found for node in rule["nodes"]]


def overflow(page: Page) -> list[str]:
    """One line that names what sticks out when the page scrolls horizontally, else []; ltr and rtl."""
    return page.evaluate(OVERFLOW)


def cut_off(page: Page) -> list[str]:
    """What sticks out of the window although the page does not scroll sideways."""
    return page.evaluate(CUT_OFF)


@cache
def axe_source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def readable(rule: dict, node: dict) -> str:
    """One element as one line: rule (impact): where: what to fix."""
    # A target is a path through frames, and through shadow roots where a step is itself a list of selectors.
    where = " > ".join(step if isinstance(step, str) else " > ".join(step) for step in node["target"])
    return f"{rule['id']} ({node['impact']}): {where}: {' '.join(node['failureSummary'].split())}"


@contextmanager
def launch(*more: str) -> Iterator[Browser]:
    """Starts the system's Chromium. Playwright makes the fresh user-data-dir itself and removes it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *more])
        yield browser
        browser.close()


@contextmanager
def open_tab(browser: Browser) -> Iterator[Page]:
    """A tab with cookies and storage of its own."""
    # Reduced motion: axe measures contrast in the middle of a fade otherwise.
    context = browser.new_context(reduced_motion="reduce", viewport={"width": WIDTHS[-1], "height": 800})
    yield context.new_page()
    context.close()


@contextmanager
def orm_allowed() -> Iterator[None]:
    """Lets Django's ORM work while Playwright's sync API runs.

    Playwright keeps an asyncio loop running in this thread, so Django takes every query for one made in a
    coroutine and raises SynchronousOnlyOperation. That loop runs only Playwright's own code, never ours, so
    here the guard has nothing to guard.
    https://docs.djangoproject.com/en/5.2/topics/async/#async-safety
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    need("chromium")
    with orm_allowed(), launch() as browser:
        yield browser


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    with open_tab(chromium) as page:
        yield page


# A fresh tab starts cold and makes axe twice as slow: pages that only get looked at share this one.
@pytest.fixture(scope="session")
def shared_tab(chromium: Browser) -> Iterator[Page]:
    with open_tab(chromium) as page:
        yield page


# Last, so that the relaxed guard of `chromium` begins when every other test of the process is done.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    browsing = [item for item in items if "chromium" in getattr(item, "fixturenames", ())]
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))
    # On a busy machine a browser comes too late now and then. It is asked once more, and the summary says of which
    # tests that was so: one that is named there again and again is to be mended.
    for item in browsing:
        item.add_marker(pytest.mark.flaky(reruns=1))
