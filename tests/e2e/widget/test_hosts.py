"""Twelve pages of other sites that make it hard: on each, people can score, by widget, frame or link."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.widget.embedding import element, recipe, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.people import Person, words_in
from tests.gates.browser import launch

# The server shows a release of the starter content.
pytestmark = [pytest.mark.django_db, pytest.mark.needs("chromium"), pytest.mark.xdist_group("widget-hosts")]

# What lists of advertisements and trackers stop by its name, as far as it is general.
BLOCKED = re.compile(
    r"/(?:ads?|adv|analytics|banner|beacon|collect|counter|pixel|popup|promo|social|sponsor|stats?|survey|track(?:er|ing)?)"
    r"(?:[/._-]|$)|[._-](?:ads?|analytics|beacon|pixel|popup|sdk|survey|tag|track(?:er|ing)?|embed)\.js",
)
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage", "indexedDB"])
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });"""
RESET = """<style>
* { all: unset !important; display: inline !important; font: 1px/1 cursive !important; color: yellow !important; }
mark-scoring, mark-scoring * { opacity: 1; position: static !important; pointer-events: auto; }
html { font-size: 1px !important; direction: rtl; text-transform: uppercase; letter-spacing: 1em; }
.mark, .score, .numbers, button, label, input { display: none !important; }
</style>"""
# What libraries of another time put on everything.
OLD_LIBRARIES = """
Object.prototype.forEach = function () { throw new Error("not a list"); };
Object.prototype.extra = "everywhere";
Array.prototype.remove = Array.prototype.contains = function () { return false; };
String.prototype.trim = function () { return String(this).replace(/^\\s+|\\s+$/g, ""); };
Function.prototype.bind = function (self) { const act = this; return (...all) => act.apply(self, all); };
window.$ = window._ = window.h = window.words = undefined;
"""
# A library that makes lists other JSON than they are: nothing would arrive as it was meant.
WRONG_JSON = "Array.prototype.toJSON = function () { return `[${this.join()}]`; };"
BROKEN = "Element.prototype.append = Array.prototype.map = () => { throw new Error('broken'); };"


def keeps_a_score(person, place: int = 0):
    """Score a mark, come back, and see that it is still there."""
    person.is_ready()
    person.score(7, place)
    person.sees(person.words["saved_here"])
    person.tab.reload()
    person.is_ready()
    expect(person.number(7, place)).to_be_checked()


def leads_elsewhere(person, toolkit):
    """Follow the link that stands where the script does not come."""
    link = person.tab.get_by_role("link", name="Score these marks together")
    expect(link).to_be_visible()
    link.click()
    expect(person.tab).to_have_url(f"{toolkit}/en/score/?stage=process")
    expect(person.tab.get_by_role("button", name="Open the board")).to_be_visible()


def test_strict_policy_with_our_recipe(host, toolkit, come):
    refused = []
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(host.show("/", page, Content_Security_Policy=recipe(toolkit)))
    person.tab.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    keeps_a_score(person)
    # It looks as it should, although no style stands in the page.
    box = person.number(7).locator("xpath=following-sibling::span").bounding_box()
    assert min(box["width"], box["height"]) >= 44
    assert refused == []


def test_policy_that_keeps_us_out(host, toolkit, come):
    policy = "default-src 'self'; script-src 'self'; connect-src 'self'"
    page = host_page(element(toolkit), head=script(toolkit))
    leads_elsewhere(come(host.show("/", page, Content_Security_Policy=policy)), toolkit)


def test_storage_that_is_blocked(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=NO_STORAGE)
    person.is_ready()
    person.score(7)
    person.sees(person.words["not_kept_here"])
    person.opens()
    person.score(4)
    person.is_sent()
    assert (
        person.tab.request.get(
            f"{toolkit}/api/v1/board/", headers={"Authorization": f"Bearer {person.token}"}
        ).json()["marks"][0]["mine"]
        == 4
    )


def test_storage_that_is_parted_by_site(host, toolkit):
    """What a browser keeps for a frame on one site is not there on another."""
    frame = f'<iframe src="{toolkit}/en/embed/frame/?stage=process" width="100%" height="600"></iframe>'
    # Playwright turns it off, among other things: the last list of what is off is the one that counts.
    with launch("--disable-features=MediaRouter") as browser:
        person = Person(browser.new_page())
        person.go(host.show("/", host_page(frame)))
        inside = person.tab.frame_locator("iframe")
        inside.locator("input[value='7']").first.check()
        expect(inside.get_by_text(person.words["saved_here"])).to_be_visible()
        person.tab.reload()
        expect(inside.locator("input[value='7']").first).to_be_checked()
        person.go(f"{toolkit}/en/embed/frame/?stage=process")
        person.is_ready()
        expect(person.number(7)).not_to_be_checked()


def test_lists_of_what_to_block(host, toolkit, come):
    person = come("about:blank")
    stopped = []
    person.tab.route(BLOCKED, lambda route: (stopped.append(route.request.url), route.abort()))
    person.go(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    keeps_a_score(person)
    assert stopped == []
    person.tab.route("**/widget/v1/**", lambda route: route.abort())
    person.tab.reload()
    leads_elsewhere(person, toolkit)


def test_stylesheet_that_resets_everything(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=RESET + script(toolkit))))
    keeps_a_score(person)
    label = person.number(7).locator("xpath=following-sibling::span")
    box = label.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    look = (
        "(e) => [getComputedStyle(e).fontSize, getComputedStyle(e).textTransform, getComputedStyle(e).letterSpacing]"
    )
    assert label.evaluate(look) == ["16px", "none", "normal"]
    # And the other way round: what the widget looks like is nothing to the page.
    assert person.tab.evaluate("document.styleSheets.length + document.adoptedStyleSheets.length") == 1


def test_scripts_that_change_what_all_objects_have(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=OLD_LIBRARIES)
    keeps_a_score(person)
    person.opens()
    person.score(5)
    person.is_sent()


@pytest.mark.parametrize("change", [WRONG_JSON, BROKEN])
def test_scripts_that_break_the_browser(host, toolkit, come, change):
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=change)
    leads_elsewhere(person, toolkit)


def test_page_from_right_to_left(host, toolkit, come):
    page = host_page(element(toolkit), head=script(toolkit), lang="ar", dir="rtl")
    person = come(host.show("/", page))
    person.words = words_in("ar")
    keeps_a_score(person)
    assert person.widget.locator(".widget").get_attribute("dir") == "rtl"
    # Numbers grow to the right in every language, and a mark that is not translated yet runs in its own direction.
    first, second = (person.number(n).bounding_box()["x"] for n in (1, 2))
    assert first < second
    assert person.mark().locator("h3").get_attribute("dir") == "ltr"


def test_browser_without_scripts(host, toolkit, come):
    page = host_page(element(toolkit), head=script(toolkit))
    leads_elsewhere(come(host.show("/", page), java_script_enabled=False), toolkit)


def test_page_in_a_sandbox(host, toolkit, come):
    """No origin, no storage, no forms, no windows."""
    inner = host.show("/inner", host_page(element(toolkit), head=script(toolkit)))
    frame = f'<iframe sandbox="allow-scripts" src="{inner}" width="350" height="700"></iframe>'
    person = come(host.show("/", host_page(frame)))
    inside = person.tab.frame_locator("iframe")
    inside.locator("input[value='7']").first.check()
    expect(inside.get_by_text(person.words["not_kept_here"])).to_be_visible()
    inside.locator("summary", has_text=person.words["together"]).click()
    inside.get_by_label(person.words["board_title"]).fill("In a sandbox")
    inside.get_by_label(person.words["board_title"]).press("Enter")
    expect(inside.locator("h2")).to_have_text("In a sandbox")


def test_page_without_an_origin(host, toolkit, come):
    """As a file on somebody's desk is: nothing may be kept for it."""
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(host.show("/", page, Content_Security_Policy="sandbox allow-scripts"))
    assert person.tab.evaluate("self.origin") == "null"
    person.is_ready()
    person.score(7)
    person.sees(person.words["not_kept_here"])
    person.opens()
    person.score(3)
    person.is_sent()


def test_three_widgets_in_two_languages(host, toolkit, come):
    parts = ('stage="process"', 'stage="planning" locale="cy"', 'mark="listening sharing-power"')
    page = host_page("".join(element(toolkit, one) for one in parts), head=script(toolkit))
    person = come(host.show("/", page))
    widgets = person.tab.locator("mark-scoring")
    for place in range(3):
        expect(widgets.nth(place).locator("h2")).to_be_visible()
    assert [widgets.nth(place).locator(".widget").get_attribute("lang") for place in range(3)] == ["en", "cy", "en"]
    assert [widgets.nth(place).locator("section.mark").count() for place in range(3)][2] == 2
    widgets.nth(2).locator("input[value='9']").first.check()
    person.tab.reload()
    expect(widgets.nth(2).locator("input[value='9']").first).to_be_checked()
    expect(widgets.nth(0).locator("input[value='9']").first).not_to_be_checked()
    # One script and, of each language, one document.
    documents = [url for _method, url, _headers in person.asked if url.endswith("/widget/")]
    assert len(set(documents)) == 2
