"""What a reading finds in its locale, and that it writes down everything it looked at."""

import pytest
from wagtail.models import Locale

from tests.small_site import PUBLISHED, read_library, small_site
from toolkit.documents.build import build_document
from toolkit.documents.reading import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return small_site()


def read_set(page, locale="en") -> set[str]:
    """Give what the document of a page was made from."""
    read = Reading(read_library(), locale)
    build_document(read.library.find(page.key, locale), read)
    return read.read_set


def translate(page, **fields):
    """Make a published Welsh version of a page."""
    made = page.copy_for_translation(Locale.objects.get(language_code="cy"))
    type(made).objects.filter(pk=made.pk).update(live=True, last_published_at=PUBLISHED, **fields)
    return made


def test_mark_reads_all_it_shows(site):
    mark, second, quote = site["hearing"], site["speaking"], site["it-happened"]
    term, idea, stage, home = site["jargon-word"], site["tea-first"], site["first-stage"], site["small-home"]
    shown = {f"mention:{page.key}@en" for page in (second, quote, idea, stage, home)} | {f"link:{term.key}@en"}
    asked = {f"neighbours:{mark.key}@en", f"serving:{mark.key}@en", "prompts:@en"}
    pointed = {f"id:{page.id}@" for page in (quote, term, idea)}
    assert read_set(mark) >= shown | asked | pointed


def test_quote_reads_who_quotes_it(site):
    quote = site["it-happened"]
    assert read_set(quote) >= {f"quoted:{quote.key}@en", f"mention:{site['hearing'].key}@en"}


@pytest.mark.parametrize(
    ("index", "child", "kind"),
    [("all-voices", "it-happened", "quote"), ("small-lake", "tea-first", "idea"), ("words", "jargon-word", "term")],
)
def test_index_reads_all_its_children(site, index, child, kind):
    names = {f"children:{site[index].key}:{kind}@en", f"mention:{site[child].key}@en"}
    assert read_set(site[index]) >= names


def test_missing_page_is_read_as_well(site):
    type(site["it-happened"]).objects.filter(pk=site["it-happened"].pk).update(live=False)
    assert f"link:{site['it-happened'].key}@en" in read_set(site["hearing"])


def test_unrelated_pages_are_not_read(site):
    term, glossary, home = site["jargon-word"], site["words"], site["small-home"]
    own = {f"{kind}:{term.key}@en" for kind in ("above", "alternates", "source")}
    assert read_set(term) == own | {f"mention:{page.key}@en" for page in (glossary, home)}


def test_translation_comes_before_the_source(site):
    translate(site["small-home"])
    translate(site["first-stage"], title="Cyntaf")
    read = Reading(read_library(), "cy")
    assert [page.title for page in read.all_of("stage")] == ["Cyntaf", "Later stage"]
    assert [page.locale.language_code for page in read.all_of("stage")] == ["cy", "en"]


def test_source_never_shows_a_translation(site):
    translate(site["small-home"])
    translate(site["first-stage"], title="Cyntaf")
    read = Reading(read_library(), "en")
    assert [page.title for page in read.all_of("stage")] == ["First stage", "Later stage"]


def test_source_decides_the_order(site):
    welsh = translate(site["small-home"])
    translate(site["later-stage"], title="Olaf")
    translate(site["first-stage"], title="Cyntaf")
    welsh.refresh_from_db()
    welsh.move(site["small-home"], pos="left")
    read = Reading(read_library(), "cy")
    assert [stage.title for stage in read.children(read.home, "stage")] == ["Cyntaf", "Olaf"]


def test_draft_translation_falls_back_to_source(site):
    translate(site["small-home"])
    site["first-stage"].copy_for_translation(Locale.objects.get(language_code="cy"))
    read = Reading(read_library(), "cy")
    assert read.page(site["first-stage"].key).locale.language_code == "en"


def test_stored_id_leads_to_the_translation(site):
    translate(site["small-home"])
    stage = translate(site["first-stage"])
    assert Reading(read_library(), "cy").page_with_id(site["first-stage"].id) == stage


@pytest.mark.parametrize("stored", [None, "", "x", "-1", 0, 999_999_999, "²"])
def test_broken_ids_find_nothing(site, stored):
    assert Reading(read_library(), "en").page_with_id(stored) is None
