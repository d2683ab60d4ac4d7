"""A language is added in the admin, without a programmer: the site, the API, the widget and the files follow."""

import json

import polib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale

from api.releases.server import ReleaseReader
from tests.releases import publish_everything, shown
from tests.translations import job, state, translated_site
from toolkit import locales
from toolkit.catalogues import plural_forms, put_over, words_of
from toolkit.models import Language
from toolkit.translation.memory import keep
from toolkit.translation.wordings import digest_of
from toolkit.translation.work import publish

pytestmark = pytest.mark.django_db
ADD = "/admin/translations/add/"
SOMALI = {"code": "so", "own_name": "Soomaali", "name": "Somali"}
SORANI = {"code": "CKB", "own_name": "کوردی", "name": "Kurdish (Sorani)"}


@pytest.fixture(autouse=True)
def own_languages():
    """What a test adds goes with it."""
    yield
    locales.put_added([])
    put_over("so", [])


@pytest.fixture
def pages():
    return translated_site()


@pytest.fixture
def coordinator(client, pages):
    client.force_login(get_user_model().objects.create_superuser("coordinator"))
    return client


def add(client, **fields):
    return client.post(ADD, fields, follow=True)


def test_site_api_and_widget_follow(coordinator, pages, releases, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert "Soomaali is there." in add(coordinator, **SOMALI).content.decode()
    write_somali(pages["small-home"])
    write_somali(pages["first-stage"])
    publish_everything()
    files = shown(releases)
    index = json.loads(files["/api/v1/index.json"])
    assert {"locale": "so", "name": "Soomaali", "dir": "ltr"}.items() <= index["locales"][-1].items()
    assert json.loads(files["/api/v1/so/widget/"])["lang"] == "so"
    assert b'<html lang="so" dir="ltr"' in files["/so/first-stage/"]
    assert b'hreflang="so"' in files["/en/"]


def write_somali(page):

    there = job(page, "so")
    for text in there.texts:
        keep(there.key, text.place, there.locale, f"Erey {text.words}")
    publish(job(page, "so"))


@pytest.mark.parametrize("path", ["/so/score/", "/so/search/?q=x", "/so/embed/"])
def test_pages_that_answer_speak_it(coordinator, pages, releases, client, path):
    add(coordinator, **SOMALI)
    write_somali(pages["small-home"])
    publish_everything()
    response = client.get(path)
    assert response.status_code == 200
    assert 'lang="so"' in b"".join(response).decode()


def test_language_is_known_from_the_release_alone(coordinator, pages, releases, settings):
    add(coordinator, **SORANI)
    publish_everything()
    locales.put_added([])
    assert "ckb" not in locales.codes()
    ReleaseReader(settings.RELEASES_DIR).find("/en/")
    assert "ckb" in locales.codes()
    assert (locales.direction("ckb"), locales.own_name("ckb")) == ("rtl", "کوردی")


def test_translators_begin_at_once(coordinator, pages):
    add(coordinator, **SOMALI)
    assert state(pages["hearing"], "so") == "missing"
    assert Group.objects.filter(name="Translation: translators (so)").exists()
    assert coordinator.get("/admin/translations/so/").status_code == 200
    file = polib.pofile(coordinator.get("/admin/translations/so/download/po/").content.decode())
    assert len([entry for entry in file if entry.msgctxt.startswith("words|")]) == len(words_of("cy"))
    assert not any(entry.msgstr for entry in file)


def test_words_of_a_new_language_are_shown(coordinator, pages, releases, client, django_capture_on_commit_callbacks):
    add(coordinator, **SOMALI)
    write_somali(pages["small-home"])
    word = next(one for one in words_of("so") if one.source == "Skip to the main text")
    written = {f"word-{digest_of(word)}-0": "U bood qoraalka", "do": "publish"}
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(reverse("translations:words", args=["so"]), written)
    publish_everything()
    assert b"U bood qoraalka" in shown(releases)["/so/"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"code": "english"}, "This is no code of a language."),
        ({"code": "../so"}, "This is no code of a language."),
        ({"code": ""}, "This field is required."),
        ({"code": "cy"}, "This language is there already."),
        ({"code": "xq"}, "We do not know this language. Write its name."),
        ({"code": "so" * 30}, "at most 20"),
    ],
)
def test_what_cannot_be_added_is_told(coordinator, fields, why):
    response = add(coordinator, **fields)
    assert (response.status_code, why in response.content.decode()) == (422, True)
    assert not Language.objects.exists()


@pytest.mark.parametrize(
    ("code", "own_name", "direction"),
    [
        ("fr", "français", "ltr"),
        ("PT_br", "Português Brasileiro", "ltr"),
        ("fa", "فارسی", "rtl"),
        ("ur", "اردو", "rtl"),
    ],
)
def test_names_that_are_known_need_not_be_said(coordinator, code, own_name, direction):
    add(coordinator, code=code)
    code = code.lower().replace("_", "-")
    assert (locales.own_name(code), locales.direction(code)) == (own_name, direction)
    assert Locale.objects.filter(language_code=code).exists()


def test_new_language_counts_as_it_does():
    assert plural_forms("pl").startswith("nplurals=4")
    assert plural_forms("xq") == "nplurals=2; plural=(n != 1);"
