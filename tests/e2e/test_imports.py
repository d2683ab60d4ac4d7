"""A document is brought in by keyboard alone: what it was taken for is seen and corrected, and drafts are made."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.documents import MARKS, TITLE, write_all
from tests.gates.browser import axe_violations, cut_off, overflow

PAGE = """Keeping a garden together
Marks of co-production
Watering
It is vital to agree who waters, and to write it down on the shed.
I drowned three ferns before I asked my neighbour.
Breaks should be long enough for a cup of tea, and everybody needs one.
I was exhausted for days, and nobody asked me why.
Tools should be shared, and it is important to say where they are.
I waited eleven weeks for a spade, and I was angry.
Resting
It is important to rest, and to say so.
"""


@pytest.fixture
def document(tmp_path):
    file = tmp_path / "garden.txt"
    file.write_text(PAGE)
    return file


def tab_to(tab: Page, target):
    """Press Tab until something has the focus."""
    for _ in range(150):
        tab.keyboard.press("Tab")
        if target.evaluate("(e) => e === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {target}")


def bring(tab: Page, file):
    tab.goto("/admin/imports/")
    tab.get_by_label("Your file").set_input_files(file)
    tab.get_by_role("button", name="Go on").press("Enter")
    tab.wait_for_url("**/admin/imports/*/**")


def row(tab: Page, words: str):
    """Give the row of the paragraph with these words."""
    return tab.locator(".import-row").filter(has=tab.locator(".import-words", has_text=words))


def kind_of(tab: Page, words: str):
    """Give the list that says what the paragraph with these words is."""
    return row(tab, words).locator("select[name$='-kind']")


def test_document_becomes_drafts_by_keyboard_alone(admin, document):
    tab, keys = admin, admin.keyboard
    tab.goto("/admin/imports/")
    # The system's own dialog for files is not of the page.
    tab.get_by_label("Your file").set_input_files(document)
    tab_to(tab, tab.get_by_role("button", name="Go on"))
    keys.press("Enter")

    # What it is not sure of comes first: two places at which the title of a mark may be missing.
    expect(tab.locator(".import-doubt").first).to_contain_text("Does a new mark begin here?")
    mark = row(tab, "Breaks should be").get_by_label("The mark it belongs to")
    tab_to(tab, mark)
    keys.press("Control+A")
    keys.type("Breaks")
    keys.press("Escape")
    tab_to(tab, tab.get_by_role("button", name="Keep this"))
    keys.press("Enter")

    # All paragraphs: a letter chooses, Enter goes on to the next.
    tab.wait_for_url("**/summary/")
    tab_to(tab, tab.get_by_role("link", name="Look through all paragraphs"))
    keys.press("Enter")
    tab_to(tab, kind_of(tab, "I drowned three ferns"))
    keys.press("n")
    expect(kind_of(tab, "I drowned three ferns")).to_have_value("note")
    keys.press("Enter")
    expect(kind_of(tab, "Breaks should be")).to_be_focused()
    keys.press("t")
    expect(kind_of(tab, "Breaks should be")).to_have_value("tip")
    keys.press("Shift+Enter")
    expect(kind_of(tab, "I drowned three ferns")).to_be_focused()
    keys.press("q")
    expect(kind_of(tab, "I drowned three ferns")).to_have_value("quote")
    tab_to(tab, tab.get_by_role("button", name="see the summary"))
    keys.press("Enter")

    expect(tab.locator(".import-marks")).to_contain_text("Breaks")
    tab_to(tab, tab.get_by_role("button", name="Make drafts"))
    keys.press("Enter")
    for title in ("Keeping a garden together", "Watering", "Breaks", "Resting"):
        expect(tab.locator(".import-drafts").get_by_role("link", name=title, exact=True)).to_be_visible()
    tab.locator(".import-drafts").get_by_role("link", name="Breaks", exact=True).press("Enter")
    expect(tab.locator("[name=title]")).to_have_value("Breaks")


@pytest.mark.parametrize("kind", ["docx", "html", "md"])
def test_file_of_a_word_processor_is_read(admin, tmp_path, kind):
    bring(admin, write_all(tmp_path)[kind])
    admin.get_by_role("link", name="Summary").first.click()
    expect(admin.locator(".import-look")).to_contain_text(TITLE)
    for mark in MARKS:
        expect(admin.locator(".import-marks")).to_contain_text(mark)


PASTE = """([html, text]) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", text);
    const field = document.querySelector("[data-imports-text]");
    field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
    field.value = text;
}"""
PASTED = (
    "<h1>Pasted</h1><h2>First mark</h2><ul><li>One</li></ul><h2>Second mark</h2><p>Two</p>",
    "Pasted\n• One\nTwo",
)


def test_paste_keeps_its_headings(admin):
    admin.goto("/admin/imports/")
    admin.evaluate(PASTE, PASTED)
    expect(admin.locator("[data-imports-kept]")).to_contain_text("headings and lists")
    admin.get_by_role("button", name="Go on").click()
    expect(admin.locator(".import-words--mark-title")).to_have_count(2)


def test_changed_paste_is_what_one_sees(admin):
    """Who changes a text after pasting it does not get back what they took out."""
    admin.goto("/admin/imports/")
    admin.evaluate(PASTE, PASTED)
    expect(admin.locator("[data-imports-kept]")).to_contain_text("headings and lists")
    admin.get_by_label("Or paste its text here").fill("Only this")
    expect(admin.locator("[data-imports-kept]")).to_have_text("")
    admin.get_by_role("button", name="Go on").click()
    expect(admin.locator(".import-words")).to_have_text(["Only this"])


def screens(tab: Page, document) -> list[str]:
    """Give the address of each screen, of a document that is finished in the end."""
    bring(tab, document)
    first = tab.url.partition("?")[0]
    return ["/admin/imports/", f"{first}?show=first", f"{first}?show=all", f"{first}summary/", f"{first}delete/"]


def assert_good(tab: Page, address: str):
    tab.goto(address)
    for details in tab.locator("main details").all():
        details.evaluate("(e) => { e.open = true }")
    assert [one for one in axe_violations(tab) if "import" in one or "main" in one] == [], address
    assert overflow(tab) == [] and cut_off(tab) == [], address


def test_screens_are_good_at_every_width(admin, document):
    for address in screens(admin, document):
        for width in (360, 768, 1280):
            admin.set_viewport_size({"width": width, "height": 800})
            assert_good(admin, address)
    admin.goto(address.replace("delete/", "summary/"))
    admin.get_by_role("button", name="Make drafts").click()
    admin.wait_for_url("**/report/")
    for width in (360, 768, 1280):
        admin.set_viewport_size({"width": width, "height": 800})
        assert_good(admin, admin.url)


def test_screens_are_good_from_right_to_left(in_arabic, admin, tmp_path):
    file = tmp_path / "arabic.txt"
    file.write_text("العمل معا\n\nمهمة أولى\n\nنحن نعمل معا كل يوم في هذا المشروع، ونكتب من يفعل ماذا.")
    admin.goto("/admin/imports/")
    expect(admin.locator("html")).to_have_attribute("dir", "rtl")
    admin.locator("[name=file]").set_input_files(file)
    admin.locator("[name=where]").select_option("ar:")
    admin.locator(".import-bring form button").click()
    expect(admin.locator(".import-words").first).to_have_attribute("dir", "rtl")
    for width in (360, 1280):
        admin.set_viewport_size({"width": width, "height": 800})
        assert_good(admin, admin.url)


def test_all_of_it_works_without_scripts(served, session_of_admin, chromium, document):
    context = chromium.new_context(base_url=served.address, storage_state=session_of_admin, java_script_enabled=False)
    tab = context.new_page()
    bring(tab, document)
    kind_of(tab, "Tools should").select_option("mark-title")
    tab.get_by_role("button", name="Keep this").click()
    expect(tab.locator(".import-marks")).to_contain_text("Tools should be shared")
    context.close()
