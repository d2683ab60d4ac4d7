"""A reader who keeps the toolkit on their device: offline, online again, and when it is taken off."""

import shutil
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import copy_data, free_port, get, granian, running, wait_until
from tests.gates.browser import axe_violations
from tests.programs import manage

# Each language: a few pages, and words by which they are known.
READ = {
    "en": {"/en/": "The mark of co-production", "/en/process/listening/": "Listening", "/en/lake/": "Lake of ideas"},
    "ar": {"/ar/": "", "/ar/process/": "", "/ar/process/listening/": ""},
}
KEEP, TAKE = '[data-part="keep"] button', '[data-part="take"] button'
KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) found.push(decodeURI(new URL(request.url).pathname));
    }
    return found;
}"""
GONE, LISTENING, SUMMARY = "/en/lake/world-cafe/", "/en/process/listening/", "Ears before mouths."
# Whether a changed page came, and the list that no longer names another was kept: it comes last.
BROUGHT = """async ([changed, words, gone]) => {
    const read = async (path) => (await (await caches.match(path))?.text()) ?? "";
    const list = await read("/en/offline.json");
    return (await read(changed)).includes(words) && list !== "" && !list.includes(gone);
}"""
CHANGE = f"""
from toolkit.models import Mark, Idea
listening = Mark.objects.get(slug="listening", locale__language_code="en")
listening.summary = {SUMMARY!r}
listening.save_revision().publish()
Idea.objects.get(slug="world-cafe", locale__language_code="en").unpublish()
"""


@pytest.fixture(scope="module")
def site(served, tmp_path_factory):
    """A server of its own, for its pages change."""
    data = tmp_path_factory.mktemp("offline") / "data"
    copy_data(served.data, data)
    port = free_port()
    with running(data, port=port, command=granian(port)) as site:
        yield site


def keep(tab: Page, site, locale: str = "en"):
    """Press the button, and wait until everything is kept."""
    tab.goto(urljoin(site.address, f"/{locale}/offline/"))
    tab.locator(KEEP).click()
    expect(tab.locator(TAKE)).to_be_visible()
    expect(tab.locator('[data-part="bar"]')).to_be_hidden()
    expect(tab.locator(KEEP)).to_be_hidden()


def open_offline(tab: Page, site, path: str) -> str:
    """Open a page, and give its heading."""
    tab.goto(urljoin(site.address, path))
    return tab.locator("h1").inner_text()


@pytest.mark.parametrize("locale", READ)
def test_kept_pages_are_read_offline(site, tab, locale):
    headings = {path: open_offline(tab, site, path) for path in READ[locale]}
    keep(tab, site, locale)
    tab.context.set_offline(True)
    assert {path: open_offline(tab, site, path) for path in READ[locale]} == headings
    assert all(words in headings[path] for path, words in READ[locale].items())
    # The stylesheet was kept, too.
    assert tab.evaluate("getComputedStyle(document.querySelector('.site-bar')).display") == "flex"


@pytest.mark.parametrize("path", ["/en/nowhere/", "/en/search/?q=listening", "/en/score/", "/ar/nowhere/"])
def test_what_is_not_kept_says_so(site, tab, path):
    keep(tab, site, path[1:3])
    offered = open_offline(tab, site, f"/{path[1:3]}/offline/unreachable/")
    tab.context.set_offline(True)
    assert open_offline(tab, site, path) == offered
    assert tab.url == urljoin(site.address, path)
    tab.context.set_offline(False)
    tab.locator("main .call a").first.click()
    expect(tab.locator("h1")).not_to_have_text(offered)


def test_bare_address_leads_to_what_is_kept(site, tab):
    keep(tab, site)
    tab.context.set_offline(True)
    assert open_offline(tab, site, "/") == READ["en"]["/en/"]


def test_list_names_all_pages_of_the_language(site, tab):
    keep(tab, site)
    kept = set(tab.evaluate(KEPT))
    # What is printed is all of it once more, and search asks the server.
    left_out = ("/en/print/", "/en/search/")
    assert {path for path in site.pages() if path.startswith("/en/") and not path.startswith(left_out)} <= kept
    assert "/api/v1/en/widget/" in kept
    assert not {path for path in kept if path.startswith(("/cy/", "/ar/", "/admin/", "/en/score/", "/en/search/"))}


def test_new_release_is_taken_over(served, chromium, tmp_path):
    """What has changed comes, and what is gone leaves the device, with the next page that is opened online."""
    copy_data(served.data, tmp_path / "data")
    port = free_port()
    # Pages name their own address, and with it the port.
    manage(tmp_path / "data", "publish", PORT=port)
    with (
        running(tmp_path / "data", port=port, command=granian(port)) as site,
        chromium.new_context() as context,
    ):
        tab = context.new_page()
        keep(tab, site)
        fetched = []
        context.set_offline(True)
        assert open_offline(tab, site, GONE) == "World Café"
        manage(site.data, "shell", "-c", CHANGE, PORT=port)
        # Two changes may be two releases: who is online between them takes over the first alone.
        wait_until(lambda: get(urljoin(site.address, GONE)).status == 410, "page is gone")
        context.set_offline(False)
        context.on("request", lambda request: fetched.append(request.url.removeprefix(site.address)))
        tab.goto(urljoin(site.address, "/en/glossary/"))
        # Not wait_for_function(): a promise is true to it, whatever becomes of it.
        wait_until(lambda: tab.evaluate(BROUGHT, [LISTENING, SUMMARY, GONE]), "new release on the device")
        assert "en/glossary/jargon/" not in fetched
        context.set_offline(True)
        assert open_offline(tab, site, GONE) == "You are offline"
        tab.goto(urljoin(site.address, LISTENING))
        expect(tab.locator("main")).to_contain_text(SUMMARY)


def test_server_that_fails_is_stood_in_for(served, chromium, tmp_path):
    copy_data(served.data, tmp_path / "data")
    port = free_port()
    with chromium.new_context() as context:
        tab = context.new_page()
        with running(tmp_path / "data", port=port, command=granian(port)) as site:
            keep(tab, site)
        assert open_offline(tab, site, "/en/process/listening/") == "Listening"


def test_taken_off_leaves_nothing(site, tab):
    keep(tab, site)
    tab.locator(TAKE).click()
    expect(tab.locator(KEEP)).to_be_visible()
    assert tab.evaluate("async () => [await caches.keys(), await navigator.serviceWorker.getRegistrations()]") == [
        [],
        [],
    ]
    tab.goto(urljoin(site.address, "/en/"))
    assert tab.evaluate(KEPT) == []


def test_nobody_else_gets_a_worker(site, tab):
    for path in ("/en/", "/en/offline/", "/en/process/listening/"):
        tab.goto(urljoin(site.address, path))
        count = "async () => (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length"
        assert tab.evaluate(count) == 0


def test_broken_line_is_gone_on_from(site, tab):
    broken = urljoin(site.address, "/en/glossary/jargon/")
    tab.context.route(broken, lambda route: route.abort())
    tab.goto(urljoin(site.address, "/en/offline/"))
    tab.locator(KEEP).click()
    expect(tab.locator(KEEP)).to_be_visible()
    expect(tab.locator(".keeping-says")).to_contain_text("The internet went away.")
    before = set(tab.evaluate(KEPT))
    assert len(before) > 1
    tab.context.unroute(broken)
    fetched = []
    tab.context.on("request", lambda request: fetched.append(request.url.removeprefix(site.address[:-1])))
    tab.locator(KEEP).click()
    expect(tab.locator(".keeping-says")).to_contain_text("The toolkit is on this device")
    assert not before & set(fetched) - {"/en/offline.json"}
    assert axe_violations(tab) == []


def test_without_script_the_page_leads_to_printing(site, chromium):
    with chromium.new_context(java_script_enabled=False) as context:
        tab = context.new_page()
        tab.goto(urljoin(site.address, "/en/offline/"))
        assert "You can print any page instead" in tab.locator("main").inner_text()
        assert tab.locator("main button:visible").count() == 0


def test_answers_of_the_admin_are_never_kept(site, tab, password):
    keep(tab, site)
    tab.goto(urljoin(site.address, "/admin/login/"))
    tab.fill("#id_username", "admin")
    tab.fill("#id_password", password)
    tab.keyboard.press("Enter")
    tab.wait_for_url(urljoin(site.address, "/admin/"))
    assert [path for path in tab.evaluate(KEPT) if "admin" in path] == []


def test_export_can_be_kept(site, tmp_path):
    """A plain folder has the worker, the list, and all that it names."""
    manage(site.data, "export_release", str(tmp_path / "folder"))
    found = {f"/{path.relative_to(tmp_path / 'folder')}" for path in (tmp_path / "folder").rglob("*")}
    assert {"/sw.js", "/en/offline.json", "/en/offline/index.html", "/ar/offline/unreachable/index.html"} <= found
    shutil.rmtree(tmp_path / "folder")
