"""From an offer to a draft or a no, and back."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry

from api.offers.ending import forget_decided
from api.offers.models import Offer
from tests.api.offers.people import WORDS, look
from tests.api.offers.people import take_back as take_back_by_link
from tests.cms.offers.conftest import moderator, now_of, page_of, press, sign_in, today
from tests.small_site import add, fresh
from toolkit.models import Home, Idea, Mark, Quote, Stage, Voices

pytestmark = pytest.mark.django_db


def test_quote_becomes_a_draft_below_voices(desk, user, site, offered):
    one = offered(naming="role", name="Carer, a housing project", about="mark/listening")
    response = press(desk, one, "draft")
    page = page_of(one)
    assert response["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (type(page), page.get_parent().pk, page.live) == (Quote, site["all-voices"].pk, False)
    assert (page.words, page.kind, page.title) == (
        f"<p>{WORDS}</p>",
        "ladder",
        "They wrote our words on the wall, and…",
    )
    assert (page.naming, page.name, page.year) == ("role", "Carer, a housing project", today().year)
    assert (page.consent, page.consent_date) == ("given", today())
    assert "I can take it back at any time" in page.consent_scope
    assert (page.owner, page.latest_revision.user) == (user, user)
    assert PageLogEntry.objects.filter(page=page.pk, user=user).exists()


def test_draft_leaves_no_words_in_the_offer(desk, offered):
    one = offered(naming="full-name", name="Some Name")
    press(desk, one, "draft")
    offer = now_of(one)
    assert (offer.state, offer.words, offer.title, offer.name) == ("draft", "", "", "")
    assert "being prepared" in look(one.link).text


def test_language_without_voices_uses_those_of_the_source(desk, site, offered):
    one = offered(language="ar", words="كلمات")
    press(desk, one, "draft")
    page = page_of(one)
    assert (page.locale.language_code, page.original_language) == ("en", "ar")


def test_language_with_voices_uses_its_own(desk, site, offered):
    welsh = Locale.objects.get(language_code="cy")
    home = Home.objects.get(locale=welsh)
    voices = add(Voices, home, "lleisiau", locale=welsh, summary="Lleisiau")
    one = offered(language="cy", words="Geiriau", what="snake")
    press(sign_in(moderator("welsh")), one, "draft")
    page = page_of(one)
    assert (page.get_parent().pk, page.locale, page.original_language) == (voices.pk, welsh, "")


def test_idea_becomes_a_draft_of_the_lake_with_credit(desk, site, offered):
    one = offered(what="idea", title="Tea first", words="Boil.\n\nPour.", naming="first-name", name="Sam")
    Offer.objects.update(about="mark/hearing")
    press(desk, one, "draft")
    page = page_of(one)
    assert (type(page), page.get_parent().pk) == (Idea, site["small-lake"].pk)
    assert (page.title, page.summary) == ("Tea first", "Boil. Pour.")
    assert page.body[0].value.source == "<p>Boil.</p><p>Pour.</p>"
    assert page.serves[0].value.pk == site["hearing"].pk
    [credit] = page.credits.all()
    assert (credit.naming, credit.name, credit.consent, credit.may_be_public) == ("first-name", "Sam", "given", True)


def test_mark_becomes_a_draft_of_the_chosen_stage(desk, site, offered):
    one = offered(what="mark", title="Tea and time", words="It takes both.", naming="role", name="A <b>group</b>")
    assert press(desk, one, "draft").status_code == 422
    press(desk, one, "draft", stage="later-stage")
    page = page_of(one)
    assert (type(page), page.get_parent().pk, page.summary) == (Mark, site["later-stage"].pk, "It takes both.")
    assert "A &lt;b&gt;group&lt;/b&gt;" in page.body[1].value.source


def test_mark_of_a_mark_goes_to_its_stage(desk, site, offered):
    one = offered(what="mark", title="Tea", words="")
    Offer.objects.update(about="mark/hearing")
    press(desk, one, "draft", stage="")
    assert (page_of(one).get_parent().pk, page_of(one).summary) == (site["first-stage"].pk, "Tea")


@pytest.mark.parametrize("title", ["🫖", "give", "search", "   a  ", "كلمة"])
def test_any_title_gets_an_address(desk, site, offered, title):
    one, other = (offered(what="idea", title=title, words=f"Words {number}") for number in range(2))
    for offer in (one, other):
        assert press(desk, offer, "draft").status_code == 302
    assert page_of(one).slug != page_of(other).slug


def test_site_without_voices_says_so(desk, site, offered):
    one = offered()
    for voices in Voices.objects.all():
        voices.delete()
    response = press(desk, one, "draft")
    # Nobody may add below a page that is not there.
    assert response.status_code == 422
    assert "There is no page yet" in response.content.decode()
    assert now_of(one).words == WORDS


def test_draft_can_be_published(desk, site, offered, publish):
    one = offered()
    press(desk, one, "draft")
    publish(page_of(one))
    shown = look(one.link)
    assert "It is part of the toolkit" in shown.text
    assert "/en/all-voices/" in shown.text


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "One <b>\n\ntwo\nthree", "naming": "role", "name": "A & B <c>"},
        {"what": "idea", "title": "T & t", "words": "One\ntwo", "naming": "full-name", "name": "A <b>"},
        {"what": "mark", "title": "T <t>", "words": "One\n\ntwo", "naming": "role", "name": "A & <b>B</b>"},
        {"what": "mark", "title": "T", "words": ""},
    ],
)
def test_undone_draft_waits_again_as_it_was(desk, site, offered, fields):
    one = offered(**fields)
    before = Offer.objects.values().get(pk=one.pk)
    press(desk, one, "draft", stage="first-stage")
    key = now_of(one).page
    assert press(desk, one, "undo").status_code == 302
    assert Offer.objects.values().get(pk=one.pk) == before
    assert not Page.objects.filter(translation_key=key).exists()


def test_draft_that_somebody_worked_on_stays(desk, site, offered):
    one = offered()
    press(desk, one, "draft")
    page = page_of(one)
    page.words = "<p>Changed</p>"
    page.save_revision()
    response = press(desk, one, "undo")
    assert (response.status_code, "worked on the draft" in response.content.decode()) == (422, True)
    assert page_of(one).words == "<p>Changed</p>"


def test_published_page_is_not_undone(desk, site, offered):
    one = offered()
    press(desk, one, "draft")
    page_of(one).save_revision().publish()
    assert press(desk, one, "undo").status_code == 422
    assert fresh(page_of(one)).live


def test_declining_says_why_and_is_undone(desk, offered):
    one = offered()
    response = press(desk, one, "decline", reason="We have this already.")
    assert "We have this already." in look(one.link).text
    page = desk.get(response["Location"]).content.decode()
    assert f'action="/admin/offers/{one.pk}/undo/"' in page
    press(desk, one, "undo")
    offer = now_of(one)
    assert (offer.state, offer.words, offer.reason, offer.decided_at) == ("waiting", WORDS, "", None)


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 501])
def test_declining_needs_a_reason(desk, offered, reason):
    one = offered()
    response = press(desk, one, "decline", reason=reason)
    assert response.status_code == 422
    assert ("at most 500 characters" in response.content.decode(), reason in response.content.decode()) == (
        True,
        True,
    )
    assert now_of(one).state == "waiting"


def test_nothing_is_decided_twice(desk, offered):
    one = offered()
    press(desk, one, "decline", reason="No.")
    for what in ("draft", "decline"):
        response = press(desk, one, what, reason="Again.")
        assert (response.status_code, "Somebody else has decided" in response.content.decode()) == (422, True)
    assert now_of(one).reason == "No."


def test_what_was_taken_back_cannot_be_decided_on(desk, offered):
    one = offered()
    take_back_by_link(one.link)
    for what in ("draft", "decline", "undo"):
        assert press(desk, one, what, reason="No.").status_code == 404


def test_offer_goes_when_its_page_is_deleted(desk, offered):
    one = offered()
    press(desk, one, "draft")
    assert forget_decided(now=timezone.now() + timedelta(days=400)) == 0
    Page.objects.get(translation_key=now_of(one).page).delete()
    assert look(one.link).status == 404
    assert forget_decided(now=timezone.now()) == 1


def test_editor_is_told_where_the_draft_came_from(desk, offered):
    one = offered()
    response = press(desk, one, "draft")
    assert "This draft was made of the offer" in str(list(get_messages(response.wsgi_request))[0])
    assert desk.get(response["Location"]).status_code == 200
    assert Stage.objects.exists()
