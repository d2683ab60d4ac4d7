"""What is public, and that building documents asks the database nothing."""

import pytest
from wagtail.models import PageViewRestriction

from tests.small_site import document_of, read_library, small_site
from toolkit.consent import Consent, Naming
from toolkit.documents.build import build_document
from toolkit.documents.library import Library, page_types
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import DOCUMENTS
from toolkit.models import Quote

pytestmark = pytest.mark.django_db


def update(page, **fields):
    """Change the live row itself, past every door of the admin."""
    type(page).objects.filter(pk=page.pk).update(**fields)


def restrict(page, kind=PageViewRestriction.LOGIN):
    PageViewRestriction.objects.create(page=page, restriction_type=kind)


# What takes a page, and everything below it, off the site.
HIDINGS = {
    "unpublished": lambda page: update(page, live=False),
    "for those who log in": restrict,
    "behind a password": lambda page: restrict(page, PageViewRestriction.PASSWORD),
    "for a group": lambda page: restrict(page, PageViewRestriction.GROUPS),
}


@pytest.fixture
def site():
    return small_site()


def public_codes() -> set[str]:
    return {page.code for page in read_library().pages}


def test_every_published_page_is_public(site):
    assert public_codes() == set(site)


@pytest.mark.parametrize("hide", list(HIDINGS.values()), ids=list(HIDINGS))
def test_hidden_page_takes_its_children_along(site, hide):
    hide(site["first-stage"])
    assert public_codes() == set(site) - {"first-stage", "hearing", "hearing-easy-read", "speaking"}


@pytest.mark.parametrize("hide", list(HIDINGS.values()), ids=list(HIDINGS))
def test_hidden_home_hides_the_site(site, hide):
    hide(site["small-home"])
    assert public_codes() == set()


@pytest.mark.parametrize("hide", list(HIDINGS.values()), ids=list(HIDINGS))
@pytest.mark.parametrize("code", ["hearing", "it-happened", "tea-first", "jargon-word", "first-stage", "later-stage"])
def test_hidden_page_vanishes_from_every_document(site, hide, code):
    hide(site[code])
    library = read_library()
    assert code not in str([document_of(page, library) for page in library.pages])


def test_restriction_spares_similar_pages(site):
    restrict(site["hearing"])
    assert public_codes() == set(site) - {"hearing", "hearing-easy-read"}


def test_draft_words_stay_inside(site):
    site["hearing"].title = "Needle"
    site["hearing"].save_revision()
    assert document_of(site["hearing"])["title"] == "Hearing"


@pytest.mark.parametrize("naming", list(Naming))
@pytest.mark.parametrize("consent", list(Consent))
def test_live_row_without_consent_stays_hidden(site, naming, consent):
    update(site["it-happened"], naming=naming, consent=consent)
    quote = Quote.objects.get(code="it-happened")
    assert ("it-happened" in public_codes()) is quote.may_be_public
    quotes = [block for block in document_of(site["hearing"])["body"] if block["type"] == "quote"]
    assert bool(quotes) is quote.may_be_public


@pytest.mark.parametrize("consent", list(Consent))
def test_credit_without_consent_stays_hidden(site, consent):
    site["tea-first"].credits.update(naming=Naming.FULL_NAME, consent=consent)
    assert bool(document_of(site["tea-first"])["credits"]) is (consent == Consent.GIVEN)


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_building_documents_makes_no_query(library, kind, django_assert_num_queries):
    pages = [page for page in library.pages if page.document_type == kind]
    assert pages
    # Pictures are looked up one by one, each once.
    for number in {block["value"]["image"] for page in pages for block in pictures_of(page)}:
        Reading(library, "en").picture(number)
    with django_assert_num_queries(0):
        for page in pages:
            build_document(page, Reading(library, "en"))


def pictures_of(page) -> list[dict]:
    """Give the blocks of a page that show a picture, as they are stored."""
    blocks = page.body.get_prep_value() if hasattr(page, "body") else []
    return [block for block in blocks if block["type"] in ("image", "pair")]


@pytest.mark.parametrize("hide", [None, *HIDINGS.values()])
def test_looking_up_finds_what_reading_all_finds(site, hide):
    if hide:
        hide(site["first-stage"])
    whole = read_library()
    for page in site.values():
        assert list(Library().versions(page.key)) == list(whole.versions(page.key))
    for page in whole.pages:
        alone = Reading(Library(), "en")
        together = Reading(whole, "en")
        assert build_document(alone.page(page.key), alone) == build_document(page, together)


def test_reading_costs_a_query_a_type(django_assert_max_num_queries):
    with django_assert_max_num_queries(len(page_types()) + 5):
        read_library()


def test_every_document_type_has_a_page_type():
    assert {kind.document_type for kind in page_types()} == set(DOCUMENTS)
