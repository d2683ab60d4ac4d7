"""Suggestions by a machine: off by default, labelled, never for what somebody said of their own life."""

import pytest
from wagtail_localize.machine_translators.dummy import DummyTranslator

from cms.translations.machine import UnableToSuggest, machine_for, suggest_missing
from tests.translations import job, person, standing, translated_site, write

pytestmark = pytest.mark.django_db
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def pages():
    return translated_site()


@pytest.fixture
def machine(settings):
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY


def test_there_is_none_by_default(pages):
    assert machine_for(job(pages["hearing"], "cy")) == ""
    with pytest.raises(UnableToSuggest):
        suggest_missing(job(pages["hearing"], "cy"), user=None)


def test_suggestions_are_drafts_and_say_what_they_are(pages, machine, client):
    client.force_login(person("translator", "cy"))
    address = f"/admin/translations/cy/{pages['hearing'].translation_key}/"
    assert "Let Dummy translator suggest" in client.get(address).content.decode()
    page = client.post(address, {"do": "machine"}, follow=True).content.decode()
    assert "made by a machine" in page
    assert (standing(pages["hearing"], "cy").state, standing(pages["hearing"], "cy").machine > 0) == ("draft", True)


def test_only_what_is_missing_is_suggested(pages, machine):
    write(pages["hearing"], "cy", {"title": "Gwrando"})
    suggest_missing(job(pages["hearing"], "cy"), user=None)
    assert job(pages["hearing"], "cy").work[0].translated.words == "Gwrando"


def test_no_quote_is_given_to_a_machine(pages, machine, monkeypatch, client):
    def refuse(*args):
        raise AssertionError("A machine was given somebody's words.")

    monkeypatch.setattr(DummyTranslator, "translate", refuse)
    client.force_login(person("translator", "cy"))
    address = f"/admin/translations/cy/{pages['it-happened'].translation_key}/"
    assert "suggest what is missing" not in client.get(address).content.decode()
    assert client.post(address, {"do": "machine"}).status_code == 422


def test_machine_that_does_not_answer_is_told(pages, machine, monkeypatch, client):
    def away(*args):
        raise ConnectionError("no route")

    monkeypatch.setattr(DummyTranslator, "translate", away)
    client.force_login(person("translator", "cy"))
    response = client.post(f"/admin/translations/cy/{pages['hearing'].translation_key}/", {"do": "machine"})
    assert (response.status_code, "does not answer" in response.content.decode()) == (422, True)
