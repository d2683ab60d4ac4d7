"""Offering something on the site, and what the private link shows, without scripts and cookies."""

import json
import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from api.headers import OWN_PAGE_POLICY
from api.limits import counter
from api.offers import pages
from api.offers.ending import forget_decided
from api.offers.forgetting import forget_words
from api.offers.models import Offer
from api.scoring.toolkit_marks import locales
from cms.worker.housekeeping import HOOKS
from tests.api.offers.people import START, WORDS, browser, look, send, take_back

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(releases):
    """Everything here stands in the look of a release."""


def test_form_names_nobody_and_agrees_to_nothing_by_itself():
    text = look(START).text
    assert 'value="not-named" checked' in text
    assert 'name="consent" value="yes" required>' in text


def test_pages_lead_to_the_form_filled_in(client):
    assert 'value="mark/listening" selected' in look(f"{START}?mark=listening").text
    assert 'value="idea" required checked' in look(f"{START}?what=idea").text
    for locale in locales():
        outline = json.loads(client.get(f"/api/v1/{locale}/").getvalue())
        for one in (outline["voices"], outline["lake"], outline["stages"][0]["marks"][0]):
            page = client.get(one["path"]).getvalue().decode()
            assert f'action="/{one["locale"]}/give/"' in page, one["path"]


@pytest.mark.parametrize("query", ["mark=nothing", "what=quote", "stage=", "words=Secret", "mark=%00"])
def test_odd_questions_show_an_empty_form(query):
    found = look(f"{START}?{query}")
    assert found.status == 200
    assert "Secret" not in found.text
    assert "selected" not in re.sub(r'<option value="en"[^>]*>', "", found.text.split("</main>")[0])


def test_offer_waits_with_what_was_agreed():
    offer = send(naming="role", name="Carer, a housing project").offer
    assert (offer.state, offer.words, offer.what, offer.about) == ("waiting", WORDS, "ladder", "mark/listening")
    assert (offer.naming, offer.name, offer.from_board) == ("role", "Carer, a housing project", False)
    assert "I can take it back at any time" in offer.agreed
    assert offer.made_at.year == timezone.now().year


def test_form_sent_twice_offers_once():
    write = "6f1ff2a4-8c0e-4ad6-b5a8-2b6e1c3f9d10"
    assert send(write=write).link == send(write=write).link
    assert Offer.objects.count() == 1


def test_only_a_digest_of_the_link_is_kept():
    token = send().link.split("/")[-2]
    assert token not in str(list(Offer.objects.values_list()))


@pytest.mark.parametrize("language", ["en", "cy", "ar", "es"])
def test_form_speaks_every_language(language):
    found = look(f"/{language}/give/")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in found.text
    link = send(f"/{language}/give/", language=language).link
    assert link.startswith(f"/{language}/give/")
    assert look(link).status == 200


def test_what_is_wrong_is_said_and_kept():
    sent = send(words="x" * 2001, name="Somebody", naming="role", consent="")
    assert (sent.status, "x" * 2001 in sent.text, 'value="Somebody"' in sent.text) == (400, True, True)
    assert ("at most 2000 characters" in sent.text, "Tick the box" in sent.text) == (True, True)
    assert 'value="role" checked' in sent.text
    assert not Offer.objects.exists()


def test_form_without_a_name_is_kept():
    sent = send(write="?")
    assert (sent.status, WORDS in sent.text) == (400, True)


def test_programs_are_asked_once_more():
    sent = send(website="http://x.test")
    assert (sent.status, WORDS in sent.text, "x.test" in sent.text) == (400, True, False)


def test_who_offers_too_much_waits(settings):
    settings.OFFERS_PER_HOUR = 2
    counter(settings.DATA_DIR / "limits.sqlite3").ask(b"set up", most=1, now=0)
    answers = [send(words=f"Words {number}") for number in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]
    assert "Words 2" in answers[2].text
    assert int(answers[2].response["Retry-After"]) > 0
    # A form that is wrong counts for nothing.
    assert send(words="").status == 400


def test_words_survive_while_the_database_is_away(monkeypatch):
    def away(**_given):
        raise OperationalError

    monkeypatch.setattr(pages, "make_offer", away)
    sent = send()
    assert (sent.status, WORDS in sent.text, sent.response["Retry-After"]) == (503, True, "30")


def test_form_needs_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert look(START).status == 200


def test_form_may_be_found_and_what_it_led_to_may_not():
    form, sent = look(START), send()
    assert "X-Robots-Tag" not in form.response
    assert '<link rel="canonical" href="http://localhost:8000/en/give/">' in form.text
    for private in (sent, look(sent.link)):
        assert private.response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in private.text


def test_pages_are_nobody_elses_business():
    sent = send()
    for shown in (sent, look(sent.link), look(START), look(f"{START}{'x' * 27}/")):
        response = shown.response
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert response.cookies == {}
        assert response["Content-Security-Policy"] == OWN_PAGE_POLICY


def test_link_shows_what_was_sent():
    shown = look(send(words="كلمات", language="ar", naming="role", name="Carer").link)
    assert 'lang="ar" dir="rtl">كلمات<' in shown.text
    assert ("It waits" in shown.text, "<bdi>Carer</bdi>" in shown.text) == (True, True)


def test_taking_back_asks_first_and_deletes():
    link = send().link
    assert browser().post(link).status_code == 400
    assert Offer.objects.count() == 1
    assert take_back(link).status == 200
    assert not Offer.objects.exists()
    assert (look(link).status, take_back(link).status) == (404, 404)


def test_unknown_links_are_all_alike():
    gone = send().link
    take_back(gone)
    answers = [look(path) for path in (gone, f"{START}{'x' * 27}/")]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.response.content for answer in answers}) == 1
    assert look(f"{START}short/").status == 404


def test_nothing_is_forgotten_that_waits():
    offer = send().offer
    Offer.objects.update(made_at=offer.made_at - timedelta(days=4000))
    next(hook for _every, hook in HOOKS if hook.__name__ == "forget_decided_offers")()
    assert Offer.objects.count() == 1


def test_declined_words_are_forgotten_after_a_month():
    now, link = timezone.now(), send().link
    Offer.objects.update(state="declined", decided_at=now - timedelta(days=29), reason="We have this already.")
    assert forget_decided(now=now) == 0
    assert "We have this already." in look(link).text
    assert forget_decided(now=now + timedelta(days=2)) == 1
    assert look(link).status == 404


def test_withdrawn_words_are_found_however_they_are_written():
    send(words="Before. THEY wrote  our words — on the wall! After.")
    send(words="Something else")
    send(words="No!")
    assert forget_words(["They wrote our words on the wall.", "no", ""]) == 2
    assert list(Offer.objects.values_list("words", flat=True)) == ["Something else"]


def test_short_phrases_take_nobody_elses_words():
    send(words="I know that nobody asked.")
    assert forget_words(["no", "know that"]) == 0
