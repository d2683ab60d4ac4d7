"""A co-producer in the admin: edits, sees the preview, publishes, takes back; and consent where it must be asked."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.e2e.admin import (
    add_below,
    add_text_block,
    choose,
    error_at,
    fill,
    message,
    open_editor,
    press,
    preview,
    type_into,
    unpublish,
    wait_for_autosave,
)
from tests.programs import manage
from toolkit.blocks import Body
from toolkit.documents.library import page_types
from toolkit.models.voices import CONSENT_MISSING

# What runs Wagtail's checks beside the editor, hidden there.
CHECKER = re.compile("<!-- Wagtail user bar embed code -->.*<!-- end Wagtail user bar embed code -->", re.DOTALL)
# When the page changed, and what: a draft has not changed anything yet.
CHANGED = re.compile(
    r'<time datetime="[^"]*">[^<]*</time>|"dateModified": "[^"]*"|<meta property="article:modified_time"[^>]*>'
    r'|<details class="what-changed">.*?</details>',
    re.DOTALL,
)


def document(served, path: str) -> dict:
    return json.loads(served.get(f"/api/v1/en/{path}").text)


def titles(served, path: str, name: str = "results") -> list[str]:
    return [found["title"] for found in document(served, path)[name]]


def test_preview_is_what_readers_get(admin, served):
    open_editor(admin, "Fair credit")
    fill(admin, "summary", "Everyone is named as they wish.")
    type_into(admin, "body", " Ask first.")
    draft = preview(admin, shows="Everyone is named as they wish.")
    wait_for_autosave(admin)
    press(admin, "Publish")
    page = served.get("/en/completing/fair-credit/").text
    assert " Ask first." in page
    assert CHANGED.sub("", CHECKER.sub("", draft)).split() == CHANGED.sub("", page).split()


def test_published_change_shows_everywhere(admin, served):
    open_editor(admin, "Giving back")
    fill(admin, "title", "Giving something back")
    fill(admin, "summary", "Those who gave their time get something, too.")
    type_into(admin, "body", " Send a letter.")
    wait_for_autosave(admin)
    press(admin, "Publish")
    assert "Live now: Giving something back." in message(admin)
    assert " Send a letter." in served.get("/en/completing/giving-back/").text
    assert "Those who gave their time" in served.get("/en/completing/").text
    assert "Giving something back" in served.get("/en/").text
    assert " Send a letter." in str(document(served, "marks/giving-back/")["body"])
    assert "Giving something back" in titles(served, "stages/completing/", "marks")
    assert "Giving something back" in titles(served, "marks/?per_page=100")


def test_draft_stays_with_editors(admin, served):
    before = served.get("/en/completing/passing-it-on/").body
    open_editor(admin, "Passing it on")
    fill(admin, "summary", "A thought that is not finished.")
    type_into(admin, "body", " Nor is this.")
    wait_for_autosave(admin)
    press(admin, "Save draft")
    open_editor(admin, "Passing it on")
    assert admin.locator("[name=summary]").input_value() == "A thought that is not finished."
    manage(served.data, "publish")
    assert served.get("/en/completing/passing-it-on/").body == before


def test_quote_waits_for_consent(admin, served):
    add_below(admin, "All voices", "quote")
    fill(admin, "title", "The chair by the door")
    type_into(admin, "words", "I always took the chair by the door.")
    fill(admin, "name", "Member of a group")
    wait_for_autosave(admin)
    press(admin, "Publish")
    assert error_at(admin, "consent") == str(CONSENT_MISSING)
    assert admin.locator("[name=title]").input_value() == "The chair by the door"
    assert "I always took the chair" in admin.locator("#page-edit-form").inner_text()
    wait_for_autosave(admin)
    press(admin, "Save draft")
    assert "The chair by the door" not in titles(served, "quotes/?per_page=100")
    open_editor(admin, "The chair by the door")
    choose(admin, "consent", "given")
    wait_for_autosave(admin)
    press(admin, "Publish")
    assert "I always took the chair by the door." in served.get("/en/voices/").text
    assert "The chair by the door" in titles(served, "quotes/?per_page=100")


def test_new_mark_comes_and_goes(admin, served):
    add_below(admin, "Review", "mark")
    fill(admin, "title", "Laughing together")
    fill(admin, "summary", "There is room for a joke.")
    add_text_block(admin, "Laughter opens doors.")
    wait_for_autosave(admin)
    press(admin, "Publish")
    assert "Laughter opens doors." in served.get("/en/review/laughing-together/").text
    assert "There is room for a joke." in served.get("/en/review/").text
    assert titles(served, "stages/review/", "marks")[-1] == "Laughing together"
    unpublish(admin, "Laughing together")
    assert served.get("/en/review/laughing-together/").status == 410
    assert served.get("/api/v1/en/marks/laughing-together/").status == 410
    assert "Laughing together" not in served.get("/en/review/").text + served.get("/en/").text
    assert "Laughing together" not in titles(served, "marks/?per_page=100")


# What they are called, or what there is to choose from, says it all.
SELF_EVIDENT = {
    ("Quote", "kind"),
    ("Idea", "kind"),
    ("Idea", "setting"),
    ("Idea", "source_url"),
    ("image", "image"),
    ("media", "kind"),
    ("media", "title"),
    ("citation", "text"),
    ("citation", "url"),
}


@pytest.mark.parametrize("kind", [kind.__name__ for kind in page_types()])
def test_every_field_explains_itself(kind, admin):
    pages = admin.request.get(f"/admin/pages/usage/toolkit/{kind.lower()}/?locale=en").text()
    editor = re.search(r"/admin/pages/\d+/edit/", pages)[0]
    form = BeautifulSoup(admin.request.get(editor).text(), "lxml").select_one("#page-edit-form")
    assert {(kind, name) for name in fields_without_help(form)} <= SELF_EVIDENT


def fields_without_help(form):
    fields = form.select("[data-field-wrapper]")
    assert fields
    bare = [field for field in fields if not field.select_one("[data-field-help]").get_text(strip=True)]
    return [re.search(r"-child-(\w+)-wrapper$", field["id"])[1] for field in bare]


def test_every_block_explains_itself():
    blocks = Body().child_blocks.values()
    assert [block.name for block in blocks if not block.meta.description] == []
    parts = [(block.name, part) for block in blocks for part in getattr(block, "child_blocks", {}).values()]
    assert {(name, part.name) for name, part in parts if not part.field.help_text} <= SELF_EVIDENT
