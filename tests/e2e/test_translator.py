"""A translator's evening, in Welsh and in Arabic: what has changed, a check, a look, and on to the reviewers."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD, make_people
from tests.gates.browser import axe_violations, overflow
from tests.programs import manage
from toolkit.locales import direction

# The mark whose source changes, and what is written in each language.
EVENINGS = {
    "cy": ("clear-roles", "Mae pawb yn gwybod pwy sy’n gwneud beth, ac yn dweud 3 pheth.", "Teitl newydd sbon"),
    "ar": ("plain-language", "كلمات يفهمها الجميع من أول مرة، في 3 جمل.", "عنوان جديد"),
}
CHANGE = """
from toolkit.models import Mark, SourceChange
page = Mark.objects.get(code={code!r}, locale__language_code="en")
times = SourceChange.objects.filter(key=page.translation_key).count()
page.summary = "Everybody knows this by now, in 3 sentences" + ", again" * times + "."
page.save_revision().publish()
"""


@pytest.fixture(params=EVENINGS)
def evening(request, served, chromium):
    """The language of an evening, with its people; and a changed source."""
    code = request.param
    roles = ("translators", "reviewers")
    make_people(served.data, {f"{role}-{code}": f"Translation: {role} ({code})" for role in roles})
    manage(served.data, "shell", "-c", CHANGE.format(code=EVENINGS[code][0]))
    people = People(chromium, served, code)
    yield people
    people.go_home()


class People:
    """Opens a browser of their own for each."""

    def __init__(self, chromium, served, code: str):
        self.chromium, self.served, self.code = chromium, served, code
        self.contexts = []

    def come(self, role: str) -> Page:
        context = self.chromium.new_context(
            base_url=self.served.address, viewport={"width": 1280, "height": 900}, java_script_enabled=True
        )
        self.contexts.append(context)
        tab = context.new_page()
        tab.goto("/admin/")
        tab.get_by_role("textbox", name="Username").fill(f"{role}-{self.code}")
        tab.get_by_role("textbox", name="Password").fill(PASSWORD)
        tab.get_by_role("button", name="Sign in").click()
        tab.get_by_role("link", name="Translations").first.click()
        return tab

    def go_home(self):
        for context in self.contexts:
            context.close()


def says(tab: Page, text: str):
    expect(tab.locator(".messages")).to_contain_text(text)


def field(tab: Page, label: str):
    """Give the field of a text by what the text is."""
    return tab.get_by_role("region", name=label, exact=True).first.get_by_role("textbox")


def press(tab: Page, name: str):
    tab.get_by_role("button", name=name, exact=True).click()


def test_whole_evening(evening):
    code, (mark, summary, _title) = evening.code, EVENINGS[evening.code]
    tab = evening.come("translators")

    # What has changed, and what it says now.
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Translations:")
    tab.get_by_role("link", name="The original has changed").click()
    title = tab.locator(".translation-things tbody th a").first
    title.click()
    row = tab.locator(".translation-row--changed")
    expect(row).to_have_count(1)
    expect(row.locator("ins")).not_to_have_count(0)
    expect(row.locator("del")).not_to_have_count(0)
    assert field(tab, "Summary").get_attribute("dir") == direction(code)

    # A slip, which a check tells; and then the right words.
    field(tab, "Summary").fill(summary.replace("3", "4"))
    press(tab, "Save")
    expect(tab.locator(".translation-finding").first).to_contain_text("The numbers are not the same")
    field(tab, "Summary").fill(summary)
    press(tab, "Save")
    expect(tab.locator(".translation-row--changed")).to_have_count(0)

    # A look, as readers would see it; they do not yet.
    with tab.expect_popup() as opened:
        tab.get_by_role("link", name="See it as readers would").click()
    expect(opened.value.locator("html")).to_have_attribute("lang", code)
    assert summary in opened.value.content()
    path = f"/{code}/{'planning'}/{mark}/"
    assert summary not in evening.served.get(path).text

    # To the reviewers, who show it to readers.
    press(tab, "Save and send to the reviewers")
    says(tab, "It is with the reviewers now.")
    reviewer = evening.come("reviewers")
    reviewer.get_by_role("link", name="Waits for a reviewer").click()
    reviewer.locator(".translation-things tbody th a").first.click()
    press(reviewer, "Save and show to readers")
    says(reviewer, "It is public now.")
    page = evening.served.get(path).text
    assert summary in page
    assert "The original page has changed" not in page


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_screens_are_good_at_every_width(evening, width):
    tab = evening.come("reviewers")
    tab.set_viewport_size({"width": width, "height": 800})
    home = tab.url
    tab.locator(".translation-things tbody th a").first.click()
    thing = tab.url
    for address in (home, thing, f"{home}words/", f"{home}?need=machine"):
        tab.goto(address)
        ours = [one for one in axe_violations(tab) if "translation-" in one or "main" in one]
        assert ours == [], address
        assert [one for one in overflow(tab) if "translation" in one] == [], address


def test_evening_works_by_keyboard_alone(evening):
    tab = evening.come("translators")
    tab.get_by_role("link", name="The original has changed").press("Enter")
    tab.locator(".translation-things tbody th a").first.press("Enter")
    box = field(tab, "Title")
    box.focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(EVENINGS[evening.code][2])
    save = tab.get_by_role("button", name="Save", exact=True)
    for _ in range(200):
        tab.keyboard.press("Tab")
        if save.evaluate("(button) => button === document.activeElement"):
            break
    tab.keyboard.press("Enter")
    says(tab, "1 text is saved.")
    expect(field(tab, "Title")).to_have_value(EVENINGS[evening.code][2])
