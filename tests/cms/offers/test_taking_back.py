"""Taking back what has become a page: gone from the site in every language, and not to be published again."""

import pytest
from wagtail.models import Locale, Page

from api.offers.models import Offer
from tests.api.offers.people import look, take_back
from tests.cms.offers.conftest import now_of, page_of, press
from tests.small_site import fresh
from toolkit.models import Quote
from toolkit.publishable import NotReady

pytestmark = pytest.mark.django_db


@pytest.fixture
def public(desk, offered, publish):
    """Offers something that is then published; gives the offer."""

    def make(**fields):
        one = offered(**fields)
        press(desk, one, "draft", stage="first-stage")
        publish(page_of(one))
        return one

    return make


def test_taken_back_quote_leaves_the_site(public, reader, django_capture_on_commit_callbacks):
    one = public()
    page = fresh(page_of(one))
    assert reader.content(page.public_path)
    with django_capture_on_commit_callbacks(execute=True):
        assert take_back(one.link).status == 200
    page = fresh(page)
    assert not page.live
    assert not reader.content(page.public_path)
    assert page_of(one).consent == "withdrawn"
    assert "not shown any more" in look(one.link).text
    assert (page.words, page.get_latest_revision()) == ("", None)
    with pytest.raises(NotReady):
        page.save_revision(clean=False).publish()


def test_taken_back_quote_leaves_in_all_languages(public):
    one = public()
    translation = fresh(page_of(one)).copy_for_translation(Locale.objects.get(language_code="cy"), copy_parents=True)
    translation.save_revision().publish()
    assert Quote.objects.filter(translation_key=now_of(one).page, live=True).count() == 2
    take_back(one.link)
    pages = Quote.objects.filter(translation_key=now_of(one).page)
    assert {page.live for page in pages} == {False}
    assert {page.get_latest_revision_as_object().consent for page in pages} == {"withdrawn"}


def test_taken_back_draft_cannot_be_published(desk, offered):
    one = offered()
    press(desk, one, "draft")
    take_back(one.link)
    with pytest.raises(NotReady):
        page_of(one).save_revision(clean=False).publish()


@pytest.mark.parametrize("what", ["idea", "mark"])
def test_taken_back_idea_or_mark_leaves_and_is_locked(public, desk, what):
    one = public(what=what, title="Tea", naming="role", name="Carer")
    take_back(one.link)
    page = Page.objects.get(translation_key=now_of(one).page).specific
    assert (page.live, page.locked) == (False, True)
    if what == "idea":
        assert [credit.consent for credit in page_of(one).credits.all()] == ["withdrawn"]
    assert not Page.objects.filter(translation_key=page.translation_key, live=True).exists()


def test_only_the_own_credit_is_withdrawn(public):
    one = public(what="idea", title="Tea", naming="role", name="Carer")
    page = page_of(one)
    page.credits.add(page.credits.model(naming="role", name="Somebody else", consent="given", locale=page.locale))
    page.save_revision().publish()
    take_back(one.link)
    assert {credit.name: credit.consent for credit in page_of(one).credits.all()} == {
        "": "withdrawn",
        "Somebody else": "given",
    }


def test_moderators_are_told(public, desk):
    one = public()
    take_back(one.link)
    text = desk.get("/admin/offers/?state=taken-back").content.decode()
    assert "has taken it back" in text
    assert press(desk, one, "undo").status_code == 422


def test_declined_words_are_deleted_at_once(desk, offered):
    one = offered()
    press(desk, one, "decline", reason="No.")
    take_back(one.link)
    assert not Offer.objects.exists()


def test_taking_back_twice_changes_nothing(public):
    one = public()
    assert [take_back(one.link).status for _time in range(2)] == [200, 200]
    assert now_of(one).state == "taken-back"
