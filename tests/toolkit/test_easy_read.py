"""Easy Read versions: at most one of a page, offered by it in the reader's language or in one that there is."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.images import get_image_model

from tests.small_site import add, document_of, fresh, read_library
from tests.toolkit.bundle.whole_site import picture
from tests.translations import show, translated_site
from toolkit.models import EasyRead, Mark
from toolkit.models.base import TextPage
from toolkit.preview import preview_html
from toolkit.publishable import NotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db) -> dict:
    return translated_site()


@pytest.fixture
def uploads(settings, tmp_path):
    """A store of the test's own for pictures."""
    settings.MEDIA_ROOT = tmp_path


def pair(image=None, text="<p>We listen.</p>") -> tuple:
    return "pair", {"image": image, "text": text}


def images_in(html: str) -> list:
    return BeautifulSoup(html, "lxml").select(".pair img")


# --- What a page offers ---------------------------------------------------------------------------------------------


def test_page_mentions_its_version(site):
    offered = document_of(site["hearing"])["easy_read"]
    assert (offered["title"], offered["lang"]) == ("Hearing easy read", "en")
    assert offered["path"] == "/en/first-stage/hearing/easy-read/"


def test_page_without_one_offers_nothing(site):
    assert document_of(site["speaking"])["easy_read"] is None


def test_draft_is_not_offered(site):
    site["hearing-easy-read"].unpublish()
    assert document_of(site["hearing"])["easy_read"] is None


def test_version_leads_back_to_its_page(site):
    assert document_of(site["hearing-easy-read"])["full_page"]["path"] == "/en/first-stage/hearing/"


@pytest.mark.parametrize("kind", TextPage.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_page_with_a_text_can_have_one(site, kind):
    page = next(fresh(page) for page in site.values() if isinstance(page, kind))
    there = EasyRead.objects.child_of(page).first()
    version = there or add(EasyRead, page, f"{page.code}-in-short", slug="easy-read", summary="In short.")
    assert document_of(page, read_library())["easy_read"]["code"] == version.code


# --- In other languages ---------------------------------------------------------------------------------------------


@pytest.fixture
def in_welsh(site) -> Mark:
    """The Welsh translation of a mark whose Easy Read version is in English alone."""
    for code in ("small-home", "first-stage", "hearing"):
        show(fresh(site[code]), "cy")
    return Mark.objects.get(translation_key=site["hearing"].translation_key, locale__language_code="cy")


def test_untranslated_version_is_offered_in_its_own_language(in_welsh):
    offered = document_of(in_welsh)["easy_read"]
    assert (offered["locale"], offered["lang"]) == ("en", "en")
    assert offered["path"] == "/en/first-stage/hearing/easy-read/"


def test_translated_version_is_offered_in_its_place(in_welsh, site):
    show(fresh(site["hearing-easy-read"]), "cy")
    offered = document_of(in_welsh)["easy_read"]
    assert (offered["lang"], offered["path"]) == ("cy", f"{in_welsh.public_path}easy-read/")


def test_version_of_ones_own_language_comes_first(in_welsh):
    fields = {"locale": in_welsh.locale, "slug": "easy-read", "summary": "Yn fyr."}
    add(EasyRead, in_welsh, "welsh-alone", **fields)
    assert document_of(in_welsh)["easy_read"]["code"] == "welsh-alone"


def test_version_has_a_translation_state_of_its_own(in_welsh, site):
    easy = fresh(site["hearing-easy-read"])
    show(easy, "cy")
    easy = fresh(easy)
    easy.body = [pair(text="<p>Something else is said now.</p>")]
    easy.save_revision().publish()
    translated = EasyRead.objects.get(translation_key=easy.translation_key, locale__language_code="cy")
    assert document_of(translated)["translation"]["state"] == "stale"
    assert document_of(in_welsh)["translation"]["state"] == "current"


# --- One of each page -----------------------------------------------------------------------------------------------


def test_second_version_is_refused_in_words(site):
    with pytest.raises(ValidationError, match="This page has an Easy Read version already. Change that one."):
        add(EasyRead, fresh(site["hearing"]), "second", summary="Once more.")


def test_version_that_is_there_can_be_saved(site):
    easy = fresh(site["hearing-easy-read"])
    easy.summary = "Shorter."
    easy.save_revision().publish()
    assert document_of(site["hearing"])["easy_read"]["summary"] == "Shorter."


def test_code_and_address_come_from_the_page(site):
    easy = site["speaking"].add_child(instance=EasyRead(title="Whatever (Easy Read)", summary="In short."))
    assert (easy.code, easy.slug) == ("speaking-easy-read", "easy-read")


def test_mark_of_the_same_name_keeps_its_address(site):
    stage = fresh(site["later-stage"])
    add(Mark, stage, "easy-read", summary="A mark about it.")
    easy = fresh(stage).add_child(instance=EasyRead(title="Later (Easy Read)", summary="In short."))
    assert easy.slug == "easy-read-2"


# --- Pictures -------------------------------------------------------------------------------------------------------


def test_picture_stands_beside_its_sentence(site, uploads):
    easy = fresh(site["hearing-easy-read"])
    easy.body = [pair(picture()), pair()]
    [image] = images_in(preview_html(easy))
    assert (image["alt"], image["width"], image["height"]) == ("", "8", "6")


def test_sentence_stays_where_its_picture_is_gone(site, uploads):
    image = picture()
    easy = fresh(site["hearing-easy-read"])
    easy.body = [pair(image)]
    image.file.delete(save=False)
    html = preview_html(easy)
    assert (images_in(html), "We listen." in html) == ([], True)


def test_deleted_picture_keeps_a_version_from_going_out(site, uploads):
    easy, image = fresh(site["hearing-easy-read"]), picture()
    easy.body = [pair(image)]
    revision = easy.save_revision()
    get_image_model().objects.all().delete()
    with pytest.raises(NotReady, match="points to something that is not there any more"):
        revision.publish()


def test_long_sentence_is_refused():
    block = EasyRead._meta.get_field("body").stream_block.child_blocks["pair"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"image": None, "text": f"<p>{'long ' * 50}</p>"}))
