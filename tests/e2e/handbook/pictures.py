"""What each picture of the handbook shows: the steps to that screen, as a person takes them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.admin import fill, open_editor, press, type_into, wait_for_autosave, wait_for_scripts
from tests.e2e.handbook.people import People

# By the name of the file, in their order in the handbook.
PICTURES: dict[str, Callable[[People], Page]] = {}
HARD = (
    "We utilise the time, and then we go on, and when all of it has been said that anybody wanted to say on that day "
    "at all, we stop."
)
WORDS = "They moved the meeting so that I could bring my daughter along."
UNASKED = "For once nobody looked at the clock while I was talking."
OFFER = "We cook together before we talk. By the soup, everybody has said something."
TEXT = """Keeping a garden together
Marks of co-production
Watering
It is vital to agree who waters, and to write it down on the shed.
I drowned three ferns before I asked my neighbour.
Breaks should be long enough for a cup of tea, and everybody needs one.
Resting
It is important to rest, and to say so.
"""


def picture(take):
    """Add a picture: its file is named after the function, which gives the window to show."""
    PICTURES[take.__name__.replace("_", "-")] = take
    return take


def see_actions(tab: Page, name: str):
    """Unfold the actions at the foot of the editor."""
    footer = tab.get_by_role("navigation", name="Actions (footer)")
    footer.get_by_role("button", name="More actions").click()
    expect(footer.get_by_role("button", name=name)).to_be_visible()


def close_side_panel(tab: Page):
    """Wagtail opens the panel that was open last."""
    wait_for_scripts(tab)
    for toggle in tab.locator("[data-side-panel-toggle][aria-expanded=true]").all():
        toggle.click()


def begin_a_quote(tab: Page):
    tab.goto("/admin/")
    tab.get_by_role("link", name="Add a quote").click()


@picture
def start(people: People):
    tab = people.tab("publisher")
    tab.goto("/admin/")
    tab.get_by_role("button", name="Toggle sidebar").click()
    return tab


@picture
def changing_a_mark(people: People):
    tab = people.tab("editor")
    open_editor(tab, "Listening")
    wait_for_scripts(tab)
    tab.get_by_role("button", name="Toggle preview").click()
    frame = tab.frame_locator("#w-preview-iframe")
    expect(frame.get_by_role("heading", name="Listening")).to_be_visible(timeout=15_000)
    return tab


@picture
def pieces(people: People):
    tab = people.tab("editor")
    open_editor(tab, "Clear roles")
    close_side_panel(tab)
    tab.get_by_role("button", name="Insert a block").first.click()
    expect(tab.get_by_role("option", name="Citation")).to_be_visible()
    return tab


@picture
def plain_words(people: People):
    tab = people.tab("editor")
    open_editor(tab, "Keeping promises")
    fill(tab, "summary", HARD)
    tab.locator("[data-side-panel-toggle='plain-language']").click()
    expect(tab.locator("[data-findings]")).to_contain_text("say “use”", timeout=15_000)
    return tab


@picture
def a_quote(people: People):
    tab = people.tab("editor")
    begin_a_quote(tab)
    close_side_panel(tab)
    fill(tab, "title", "A meeting that moved")
    type_into(tab, "words", WORDS)
    tab.locator("[name=naming]").select_option(label="Their role, no name")
    fill(tab, "name", "Parent, a school project")
    tab.locator("[name=consent]").select_option(label="Given")
    wait_for_autosave(tab)
    tab.locator("[name=naming]").evaluate("(e) => e.closest('section').scrollIntoView()")
    see_actions(tab, "Submit to Two co-producers agree")
    return tab


@picture
def what_waits(people: People):
    press(people.tab("editor"), "Submit to Two co-producers agree")
    tab = people.tab("reviewer")
    tab.goto("/admin/start/waiting/")
    return tab


@picture
def agreeing(people: People):
    tab = people.tab("reviewer")
    tab.get_by_role("link", name="A meeting that moved").first.click()
    wait_for_scripts(tab)
    see_actions(tab, "Approve and Publish")
    return tab


@picture
def undoing(people: People):
    press(people.tab("reviewer"), "Approve and Publish")
    tab = people.tab("publisher")
    tab.get_by_role("button", name="Toggle sidebar").click()
    open_editor(tab, "Good organising")
    fill(tab, "summary", "Somebody looks after dates, doors, tea and the way home.")
    wait_for_autosave(tab)
    press(tab, "Publish")
    expect(tab.get_by_role("button", name="Undo")).to_be_visible()
    return tab


@picture
def what_to_mend(people: People):
    tab = people.tab("editor")
    begin_a_quote(tab)
    fill(tab, "title", "Nobody has asked yet")
    type_into(tab, "words", UNASKED)
    wait_for_autosave(tab)
    press(tab, "Submit to Two co-producers agree")
    tab = people.tab("reviewer")
    tab.goto("/admin/start/waiting/")
    tab.get_by_role("link", name="Nobody has asked yet").first.click()
    wait_for_scripts(tab)
    press(tab, "Approve and Publish")
    return tab


@picture
def taking_back(people: People):
    tab = people.tab("keeper")
    tab.goto("/admin/consent/?q=daughter")
    tab.get_by_role("link", name="Take back").first.click()
    expect(tab.get_by_role("button", name="Take back for good")).to_be_visible()
    return tab


@picture
def bringing_in(people: People):
    tab = people.tab("editor")
    tab.goto("/admin/imports/")
    tab.get_by_label("Or paste its text here").fill(TEXT)
    tab.get_by_role("button", name="Go on").click()
    tab.wait_for_url("**/admin/imports/*/**")
    return tab


@picture
def an_offer(people: People):
    reader = people.tab("reader")
    reader.goto("/en/give/?mark=listening")
    reader.locator("[name=what]").first.check()
    reader.locator("#give-words").fill(OFFER)
    reader.locator("[name=consent]").check()
    reader.locator("form.scoring button").last.click()
    reader.locator(".address a").wait_for()
    tab = people.tab("editor")
    tab.goto("/admin/offers/")
    return tab


@picture
def translating(people: People):
    tab = people.tab("translator")
    tab.goto("/admin/translations/")
    tab.get_by_role("link", name="Planning", exact=True).first.click()
    expect(tab.get_by_role("button", name="Save").first).to_be_visible()
    return tab


@picture
def reports(people: People):
    tab = people.tab("publisher")
    tab.goto("/admin/start/reports/")
    return tab
