"""Rules that every public document keeps: its shape, its bytes, and what never gets into it."""

import json
import re

import pytest
from django.contrib.auth import get_user_model

from tests.contract import ADDRESSES, address_in_contract, contract_errors
from tests.needles import text_fields
from tests.releases import publish_everything, shown
from tests.small_site import document_of, read_library, small_site
from toolkit.documents.build import build_document
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.library import Library, page_types
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import DOCUMENTS
from toolkit.models import IdeaCredit

pytestmark = pytest.mark.django_db

# Words of a page that are for everybody. A new field of text is private until somebody adds it here.
PUBLIC = {
    "toolkit": {"title", "summary", "prompt_meaning", "prompt_ladders", "prompt_snakes", "prompt_score"},
    "stage": {"title", "summary"},
    "mark": {"title", "summary"},
    "quote": {"title", "words", "name", "thanks"},
    "idea": {"title", "summary", "time", "group_size", "source", "source_url"},
    "term": {"title", "meaning"},
    "page": {"title", "summary"},
    "lake": {"title", "summary"},
    "voices": {"title", "summary"},
    "glossary": {"title", "summary"},
    "easy-read": {"title", "summary"},
    "credit": {"name", "thanks"},
}


def pages_of(library: Library, kind: str) -> list:
    return [page for page in library.pages if page.document_type == kind]


def every_byte(folder) -> dict[str, bytes]:
    """Give everything that the latest release shows, by address."""
    return shown(folder)


def every_document(folder) -> dict[str, dict]:
    """Give every JSON answer of the release that the contract knows, by address."""
    everything = every_byte(folder)
    ours = [path for path in everything if path.startswith("/api/v1/") and path.endswith("/")]
    ours.remove("/api/v1/docs/")
    return {path: json.loads(everything[path]) for path in ours}


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_document_has_exactly_its_shape(library, kind):
    for page in pages_of(library, kind):
        assert set(document_of(page, library)) == set(DOCUMENTS[kind]().fields)


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_two_builds_give_equal_bytes(library, kind):
    again = read_library()
    for page, other in zip(pages_of(library, kind), pages_of(again, kind), strict=True):
        first = build_document(page, Reading(library, "en"))
        second = build_document(other, Reading(again, "en"))
        assert canonical_bytes(first) == canonical_bytes(second)


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_document_knows_its_place(library, kind):
    for page in pages_of(library, kind):
        document = document_of(page, library)
        assert (document["type"], document["code"], document["locale"]) == (kind, page.code, "en")
        assert re.fullmatch(r"/en/([a-z0-9-]+/)*", document["path"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["updated_at"])
        assert document["alternates"] == [{"locale": "en", "path": document["path"], "api": document["api"]}]


def test_draft_has_a_document_as_well(library):
    draft = pages_of(library, "mark")[0]
    draft.last_published_at = None
    assert document_of(draft, library)["updated_at"] is None


def test_every_address_has_its_own_page(library):
    for name in ("public_path", "code"):
        seen = [(page.document_type if name == "code" else "", getattr(page, name)) for page in library.pages]
        assert len(seen) == len(set(seen))


def test_every_answer_keeps_to_the_contract(starter_release):
    answers = every_document(starter_release)
    assert len(answers) > 100
    assert {path: errors for path, answer in answers.items() if (errors := contract_errors(path, answer))} == {}


def test_release_answers_every_address_of_the_contract(starter_release):
    answered = {address_in_contract(path) for path in every_document(starter_release)}
    # The start of the API names the release that is current, so a view adds that; the others are made when asked for.
    assert answered == set(ADDRESSES) - {"/api/v1/", "/api/v1/{locale}/search/", "/api/v1/changes/"}


# --- What never gets out ---------------------------------------------------------------------------------------


def needles(kind: str, model) -> dict[str, str]:
    """Give a word for every text field of a model that can be told from all others."""
    return {name: f"needle.{kind}.{name}.end" for name in text_fields(model)}


@pytest.fixture
def releases(db, tmp_path, settings):
    """A release folder of the test's own, with nothing in it."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


def hide_needles(site: dict, filled):
    """Put needles into the text fields of every model for which `filled` holds, and empty the others."""
    person = get_user_model().objects.create(
        username="needle.user.username.end", first_name="needle.user.first.end", email="needle.user.email.end@x.org"
    )
    for kind, model, rows in [("credit", IdeaCredit, IdeaCredit.objects.all()), *map(row_of, site.values())]:
        words = {name: word if filled(kind, name) else "" for name, word in needles(kind, model).items()}
        rows.update(**words, **({} if kind == "credit" else {"owner": person}))
    for page in site.values():
        page.title, page.seo_title = "needle.draft.title.end", "needle.draft.seo.end"
        page.save_revision(user=person)
        page.copy(update_attrs={"slug": f"{page.slug}-draft", "title": "needle.hidden.title.end"}, keep_live=False)


def row_of(page) -> tuple:
    return page.document_type, type(page), type(page).objects.filter(pk=page.pk)


def needles_found(folder) -> set[str]:
    """Give the needles that stand anywhere in the release."""
    everything = b"".join(every_byte(folder).values()).decode(errors="replace")
    return set(re.findall(r"needle\.([a-z-]+\.[a-z_]+)\.end", everything))


def test_only_public_words_get_out(releases):
    hide_needles(small_site(), filled=lambda kind, name: True)
    publish_everything()
    assert needles_found(releases) == {f"{kind}.{name}" for kind, names in PUBLIC.items() for name in names}


def test_private_words_fill_no_gap(releases):
    hide_needles(small_site(), filled=lambda kind, name: name not in PUBLIC[kind])
    publish_everything()
    assert needles_found(releases) == set()


def test_needles_stand_in_private_fields_too():
    quote = next(model for model in page_types() if model.document_type == "quote")
    assert {"consent_note", "consent_scope", "seo_title", "search_description"} <= set(text_fields(quote))


def test_unnamed_people_stay_unnamed(releases):
    quote = small_site()["it-happened"]
    type(quote).objects.filter(pk=quote.pk).update(naming="not-named", consent="given", name="Ann Needle")
    publish_everything()
    assert [path for path, content in every_byte(releases).items() if b"Ann Needle" in content] == []


def test_ids_and_clock_never_get_out(releases):
    seen = []
    for _time in range(2):
        # The same pages under other ids.
        pages = small_site()
        publish_everything()
        seen.append(every_byte(releases))
        pages["small-home"].delete()
    assert seen[0] == seen[1]


def test_editor_markup_never_gets_out(releases):
    small_site()
    publish_everything()
    assert [path for path, content in every_byte(releases).items() if b"linktype" in content] == []
