"""The word list: begun with our words, kept by editors."""

import pytest
from django.urls import reverse

from cms.plain_language.models import PlainWord, language_choices
from cms.plain_language.vocabularies import load_starter_lists, vocabularies
from toolkit.plain_language.lists import LANGUAGES, starter_list

pytestmark = pytest.mark.django_db

LIST = "plain_words:index"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_list_begins_with_our_words(lang):
    assert PlainWord.objects.filter(locale=lang).count() == len(starter_list(lang))


def test_deleted_words_stay_away():
    PlainWord.objects.get(locale="en", word="stakeholder").delete()
    load_starter_lists()
    assert not PlainWord.objects.filter(word="stakeholder", locale="en").exists()


def test_language_without_a_list_takes_the_wider_one(settings):
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es-mx", "Mexican")]
    assert list(vocabularies()["es-mx"].words.find("Las partes interesadas"))


def words_shown(client, **asked) -> str:
    return client.get(reverse(LIST), asked).content.decode()


def test_list_is_searched_and_filtered(editor):
    assert "stakeholder" in words_shown(editor, q="stakeholder")
    assert "people concerned" in words_shown(editor, q="concerned")
    assert "gobernanza" in words_shown(editor, locale="es")
    assert "gobernanza" not in words_shown(editor, locale="en")


def test_word_is_added_and_taken_out(editor):
    word = {"locale": "en", "word": "Zigzag", "plain": "detour", "note": ""}
    assert editor.post(reverse("plain_words:add"), word).status_code == 302
    added = PlainWord.objects.get(word="Zigzag")
    assert editor.post(reverse("plain_words:delete", args=[added.pk])).status_code == 302
    assert not PlainWord.objects.filter(word="Zigzag").exists()


@pytest.mark.parametrize(
    ("word", "said"),
    [("!?", "There are no letters in this."), ("STAKEHOLDER", "on the list of this language already")],
)
def test_wrong_word_is_refused(word, said, editor):
    answer = editor.post(reverse("plain_words:add"), {"locale": "en", "word": word, "plain": "", "note": ""})
    assert answer.status_code in (200, 422)
    assert said in answer.content.decode()
    assert word in answer.content.decode()


def test_languages_are_those_of_the_site():
    assert [code for code, _name in language_choices()] == ["en", "cy", "ar", "es"]


def test_list_needs_a_right(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest", password="a long password"))
    assert client.get(reverse(LIST)).status_code == 302
