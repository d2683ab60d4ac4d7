"""How the widget looks, and what axe finds: in every state, at every width, in all colours, in both directions."""

import pytest
from playwright.sync_api import expect

from api.scoring.rules import MOST_MARKS
from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.people import Person, words_in
from tests.gates.browser import WIDTHS, axe_violations, overflow
from tests.gates.nu import check_html

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-look")]

# Writes down in which marks anything changes.
CHANGED = """(host) => {
    window.changed = new Set();
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            const mark = (target.closest ? target : target.parentElement)?.closest("section.mark");
            if (mark) window.changed.add(mark.querySelector("h3").textContent);
        }
    }).observe(host.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
}"""
OPEN = "(host) => host.shadowRoot.querySelectorAll('details').forEach((e) => { e.open = true; })"


def found(person: Person, state: str) -> list[str]:
    """What is wrong with what is shown now, in all colours and at all widths."""
    tab, problems = person.tab, []
    for _folded in range(2):
        person.widget.evaluate(OPEN)
        tab.wait_for_timeout(100)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 800})
        problems += [f"{state} at {width}: {one}" for one in overflow(tab) + axe_violations(tab)]
    tab.emulate_media(color_scheme="dark")
    problems += [f"{state}, dark: {one}" for one in axe_violations(tab)]
    tab.emulate_media(color_scheme="light")
    tab.emulate_media(forced_colors="active")
    problems += [f"{state}, forced: {one}" for one in axe_violations(tab) if "color-contrast" not in one]
    tab.emulate_media(forced_colors="none")
    return problems


@pytest.mark.parametrize(("lang", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_every_state_is_accessible(host, toolkit, come, lang, direction):
    head = script(toolkit) + '<meta name="color-scheme" content="light dark">'
    body = element(toolkit, 'mark="listening power sharing-power"')
    address = host.show("/", host_page(body, head=head, lang=lang, dir=direction))
    person = come(address)
    person.words = words_in(lang)
    person.is_ready()
    person.score(7)
    problems = found(person, "alone")
    person.write("code", "abcd efgh")
    person.press("join")
    expect(person.widget.locator("[role=alert]")).to_be_visible()
    problems += found(person, "a wrong code")
    other = Device(f"{toolkit}/", dropped=0)
    other.open_board(["listening", "sharing-power"], ["Tea and time"])
    person.go("about:blank")
    person.go(f"{address}#mark-scoring={other.link()}")
    expect(person.widget.get_by_role("button", name=person.words["join"])).to_be_visible()
    problems += found(person, "asked to join")
    person.joins("Somebody")
    person.score(4)
    person.is_sent()
    mark = other.board()["marks"][0]["id"]
    other.send("PUT", f"/board/answers/{mark}/", {"answer": 9})
    other.send("POST", "/board/show/")
    person.sees(person.words["asked"])
    problems += found(person, "asked to show")
    person.press("yes_show")
    person.sees(person.words["different_first"])
    other.send("PUT", f"/board/agreed/{mark}/", {"answer": 6, "why": "Most of us", "version": 0})
    note = "0" * 8 + "-0000-4000-8000-" + mark[-12:]
    other.send("PUT", f"/board/notes/{note}/", {"mark": mark, "kind": "snake", "text": "Too fast", "version": 0})
    other.send("PUT", f"/board/dissents/{note}/", {"mark": mark, "score": 2, "text": "No", "version": 0})
    expect(person.widget.locator(".agreed").first).to_be_visible(timeout=15_000)
    problems += found(person, "shown")
    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize("width", [320, 768])
def test_numbers_stand_in_one_row_or_two(host, toolkit, come, width):
    page = host_page(element(toolkit), head=script(toolkit))
    person = come(host.show("/", page), viewport={"width": width, "height": 700})
    person.is_ready()
    boxes = [person.number(n).locator("xpath=..").bounding_box() for n in range(1, 11)]
    assert len({round(box["y"]) for box in boxes}) == (2 if width == 320 else 1)
    assert min(min(box["width"], box["height"]) for box in boxes) >= 44


def test_sites_give_it_their_colours(host, toolkit, come):
    accent, title = "--mark-scoring-accent: rgb(1, 2, 3)", "color: rgb(4, 5, 6)"
    rule = f"<style>mark-scoring {{ {accent} }} mark-scoring::part(title) {{ {title} }}</style>"
    person = come(host.show("/", host_page(element(toolkit), head=rule + script(toolkit))))
    person.is_ready()
    colour = "(e) => getComputedStyle(e).color"
    assert person.mark().locator("a").evaluate(colour) == "rgb(1, 2, 3)"
    assert person.widget.locator("h2").evaluate(colour) == "rgb(4, 5, 6)"


def test_frame_grows_with_what_is_in_it(host, toolkit, come):
    """Where the script is on the page around it, too; and it listens to no other frame."""
    address = f"{toolkit}/en/embed/frame/?stage=process&accent=%23a3300b"
    frame = f'<iframe src="{address}" width="100%" height="100"></iframe>'
    lie = "parent.postMessage({type: 'mark-scoring:frame', height: 9, waiting: false}, '*')"
    liar = host.show("/liar", f"<script>{lie}</script>")
    page = host_page(f'{frame}<iframe id="liar" src="{liar}" height="50"></iframe>', head=script(toolkit))
    person = come(host.show("/", page))
    inside = person.tab.frame_locator("iframe >> nth=0")
    expect(inside.locator("h2")).to_be_visible()
    outer = person.tab.locator("iframe").first
    expect(outer).not_to_have_attribute("height", "100")
    height = int(outer.get_attribute("height"))
    assert height == round(inside.locator("body").bounding_box()["height"])
    assert outer.get_attribute("data-waiting") == "false"
    assert inside.locator(".mark a").first.evaluate("(e) => getComputedStyle(e).color") == "rgb(163, 48, 11)"
    inside.locator("summary").last.click()
    person.tab.wait_for_timeout(500)
    assert int(outer.get_attribute("height")) > height
    assert person.tab.locator("#liar").get_attribute("height") == "50"


def test_what_is_inside_stays_until_all_is_there(host, toolkit, come):
    person = come("about:blank")
    person.tab.route("**/api/v1/**/widget/", lambda route: None)
    person.go(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    person.tab.wait_for_timeout(500)
    expect(person.tab.get_by_role("link", name="Score these marks together")).to_be_visible()
    assert person.widget.evaluate("(host) => host.shadowRoot") is None


def test_better_line_is_taken(host, toolkit, come):
    """What did not come the first time is asked for again."""
    person, refused = come("about:blank"), []

    def refuse_once(route):
        refused.append(1)
        route.abort() if len(refused) == 1 else route.continue_()

    person.tab.route("**/api/v1/**/widget/", refuse_once)
    person.go(host.show("/", host_page(element(toolkit), head=script(toolkit))))
    person.is_ready()
    assert len(refused) == 2


def test_browser_without_custom_elements_keeps_the_link(host, toolkit, come):
    missing = "Object.defineProperty(window, 'customElements', { value: undefined });"
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=missing)
    person.tab.wait_for_timeout(1000)
    expect(person.tab.get_by_role("link", name="Score these marks together")).to_be_visible()
    assert person.widget.evaluate("(host) => host.shadowRoot") is None


def test_browser_without_constructed_stylesheets_has_the_look(host, toolkit, come):
    missing = "window.CSSStyleSheet = undefined;"
    person = come(host.show("/", host_page(element(toolkit), head=script(toolkit))), init=missing)
    person.is_ready()
    box = person.number(7).locator("xpath=..").bounding_box()
    assert min(box["width"], box["height"]) >= 44


def test_language_of_the_page_is_taken(host, toolkit, come):
    for lang, expected in (("cy", "cy"), ("en-GB", "en"), ("ar-EG", "ar"), ("fr", "en"), ("", "en")):
        person = come(host.show(f"/{lang}", host_page(element(toolkit), head=script(toolkit), lang=lang)))
        person.is_ready()
        assert person.widget.locator(".widget").get_attribute("lang") == expected
        if lang == "ar-EG":
            assert person.number(7).locator("xpath=..").inner_text() == "٧"


def test_another_stage_is_shown_when_the_page_says_so(host, toolkit, come):
    person = come(host.show("/", host_page(element(toolkit, 'mark="listening"'), head=script(toolkit))))
    person.is_ready()
    assert person.widget.locator("section.mark").count() == 1
    person.widget.evaluate("(host) => host.setAttribute('mark', 'listening sharing-power')")
    expect(person.widget.locator("section.mark")).to_have_count(2)
    person.widget.evaluate("(host) => host.remove()")
    assert person.tab.locator("mark-scoring").count() == 0


def test_site_owner_makes_an_embed(served_starter, come):
    """As whoever has a site does: choose, look, copy; on a phone, with a form that needs no script."""
    person = come(f"{served_starter.address}en/score/")
    person.tab.get_by_role("link", name="Put the marks on your own site").click()
    person.tab.locator("main summary").nth(1).click()
    person.tab.get_by_label("All of this stage").nth(1).check()
    person.tab.get_by_label("In which language?").select_option("cy")
    person.tab.get_by_role("button", name="Show it").click()
    lines = person.tab.get_by_label("To paste into your page").first.input_value()
    assert 'stage="process" locale="cy"' in lines
    preview = person.tab.frame_locator("iframe")
    expect(preview.locator("h2")).to_have_text(words_in("cy")["title"])
    preview.locator("input[value='7']").first.check()
    assert overflow(person.tab) == []


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_pages_of_the_embed_are_sound(served_starter, shared_tab, locale):
    query = "?stage=process&colours=own&ink=%23222222&board=x"
    pages = [f"/{locale}/embed/{query}", "/widget/v1/docs/"]
    frame = f"/{locale}/embed/frame/?stage=process"
    assert check_html({path: served_starter.get(path).text for path in [*pages, frame]}) == []
    problems = []
    for path in pages:
        shared_tab.goto(f"{served_starter.address.rstrip('/')}{path}")
        for width in WIDTHS:
            shared_tab.set_viewport_size({"width": width, "height": 800})
            problems += [f"{path} at {width}: {one}" for one in overflow(shared_tab)]
        problems += [f"{path}: {one}" for one in axe_violations(shared_tab)]
    assert problems == [], "\n".join(problems)


def test_scoring_one_of_sixty_draws_one_anew(host, toolkit, come):
    device = Device(f"{toolkit}/", dropped=0)
    device.open_board(["listening"], [f"Our own {n}" for n in range(MOST_MARKS - 1)])
    address = f"{host.show('/', host_page(element(toolkit), head=script(toolkit)))}#mark-scoring={device.link()}"
    person = come(address)
    person.joins()
    expect(person.widget.locator("section.mark")).to_have_count(MOST_MARKS)
    person.is_sent()
    person.widget.evaluate(CHANGED)
    person.score(7, 40)
    expect(person.mark(40).get_by_role("button", name=person.words["clear"])).to_be_visible()
    assert person.tab.evaluate("[...window.changed]") == ["Our own 39"]
