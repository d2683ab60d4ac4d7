"""The panel beside the editor: there for every page of ours, and it answers while somebody types."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from cms.plain_language.models import PlainWord
from tests.cms.plain_language.forms import edit, form_of
from toolkit.documents.library import page_types
from toolkit.models import Mark

pytestmark = pytest.mark.django_db


def ask(client, address: str, **fields):
    check = f"{reverse('plain_language:check')}?of={address}"
    return client.post(check, form_of(client, address) | fields)


def block(number: int, kind: str, value) -> dict:
    start = f"body-{number}"
    names = {
        f"{start}-type": kind,
        f"{start}-order": str(number),
        f"{start}-id": f"id-{number}",
        f"{start}-deleted": "",
    }
    values = {f"{start}-value-{name}": one for name, one in value.items()} if isinstance(value, dict) else {}
    return names | (values or {f"{start}-value": value}) | {"body-count": str(number + 1)}


@pytest.mark.parametrize("kind", [kind.__name__ for kind in page_types()])
def test_panel_stands_beside_every_editor(kind, editor, pages):
    page = next(page for page in pages.values() if type(page).__name__ == kind)
    soup = BeautifulSoup(editor.get(edit(page)).content, "lxml")
    assert soup.select_one("[data-side-panel-toggle=plain-language] [data-side-panel-toggle-counter]")
    assert soup.select_one("[data-side-panel=plain-language] [data-plain-language] [role=status]")
    assert soup.select_one("[data-side-panel=checks]")
    assert soup.select_one("script[src*='plain_language/panel.js']")


def test_panel_stands_beside_a_new_page(editor, pages):
    new = reverse("wagtailadmin_pages:add", args=["toolkit", "mark", pages["first-stage"].pk])
    assert b'data-side-panel="plain-language"' in editor.get(new).content
    answer = ask(editor, new, title="", summary="Ask all paradigms.")
    assert (answer.status_code, answer.json()["count"]) == (200, 1)


def test_plain_page_is_all_clear(editor, pages):
    answer = ask(editor, edit(pages["hearing"])).json()
    assert (answer["count"], answer["html"].strip()) == (0, "")
    assert answer["said"] == "All clear: nothing here could be plainer."


def test_what_is_typed_is_looked_at(editor, pages):
    words = "Ask all paradigms. " + "word " * 26 + "."
    answer = ask(editor, edit(pages["hearing"]), summary=words).json()
    soup = BeautifulSoup(answer["html"], "lxml")
    said = [one.text for one in soup.select("li p")]
    assert said == [
        "This sentence has 26 words. Could it be two?",
        "“paradigms”: say “way of thinking”.",
    ]
    button = soup.select("button")[1]
    assert (button["data-place"], button["data-words"], button.text) == ("summary", "paradigms", "Go to: Summary")
    assert answer["said"] == "2 things could be plainer."


def test_nothing_is_saved(editor, pages):
    ask(editor, edit(pages["hearing"]), summary="Ask all paradigms.")
    assert Mark.objects.get(pk=pages["hearing"].pk).summary == "Being heard."
    assert pages["hearing"].revisions.count() == 0


def test_form_that_cannot_be_saved_is_looked_at(editor, pages):
    picture = block(0, "image", {"image": "", "alt": "", "decorative": "", "caption": "For all paradigms"})
    answer = ask(editor, edit(pages["hearing"]), summary="word " * 100, **picture).json()
    soup = BeautifulSoup(answer["html"], "lxml")
    places = [button["data-place"] for button in soup.select("button")]
    assert places == ["summary", "body.id-0.caption", "body.id-0.alt"]
    assert "Text, piece 1 (Picture), Caption" in soup.text


def test_words_are_shown_as_they_are(editor, pages):
    text = block(0, "text", '{"blocks": [], "entityMap": {}}')
    answer = ask(editor, edit(pages["hearing"]), summary=f"<b>{'word ' * 26}</b>.", **text).json()
    assert "<b>" not in answer["html"]
    assert "&lt;b&gt;word" in answer["html"]


def test_list_of_the_editors_counts(editor, pages):
    PlainWord.objects.create(locale="en", word="zigzag", plain="detour", note="It is shorter.")
    assert "say “detour”. It is shorter." in ask(editor, edit(pages["hearing"]), summary="A zigzag.").json()["html"]


def test_term_of_the_glossary_is_fine(editor, pages):
    PlainWord.objects.create(locale="en", word="jargon word", plain="")
    assert ask(editor, edit(pages["hearing"]), summary="A jargon word.").json()["count"] == 0
    pages["jargon-word"].unpublish()
    html = ask(editor, edit(pages["hearing"]), summary="A jargon word.").json()["html"]
    assert "The glossary has it as a draft: Hard to follow." in html


def test_only_editors_are_answered(client, pages):
    address = f"{reverse('plain_language:check')}?of={edit(pages['hearing'])}"
    assert client.post(address).status_code == 302
    user = get_user_model().objects.create_user("guest", password="a long password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.post(address).status_code == 403


@pytest.mark.parametrize(
    "of", ["", "nowhere", "/admin/", "/en/", "/admin/pages/99999/edit/", "//[", "/admin/pages/1/edit/"]
)
def test_strange_address_is_refused(of, editor, pages):
    assert editor.post(reverse("plain_language:check"), query_params={"of": of}).status_code in (403, 404)


def test_check_is_only_posted(editor):
    assert editor.get(reverse("plain_language:check")).status_code == 405


def test_empty_form_is_no_error(editor, pages):
    answer = editor.post(f"{reverse('plain_language:check')}?of={edit(pages['hearing'])}", {})
    assert answer.status_code == 200


def test_queries_do_not_grow_with_the_text(editor, pages, django_assert_max_num_queries):
    fields = form_of(editor, edit(pages["hearing"]))
    for number in range(30):
        fields |= block(number, "tip", '{"blocks": [], "entityMap": {}}')
    with django_assert_max_num_queries(40):
        editor.post(f"{reverse('plain_language:check')}?of={edit(pages['hearing'])}", fields)
