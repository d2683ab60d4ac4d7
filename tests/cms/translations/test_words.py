"""The words of the site, the admin and the widget: written on their own screen, and what readers then see."""

import polib
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext, ngettext, override

from api.releases.server import ReleaseReader
from tests.releases import publish_everything
from tests.translations import locale, person, show, translated_site
from toolkit.catalogues import needs_review, put_over, words_of
from toolkit.models import Wording
from toolkit.translation.wordings import digest_of, examples_of, keep_words, said_in, show_words

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/translations/cy/words/"


@pytest.fixture(autouse=True)
def own_words():
    """What a test puts over the catalogue goes with it."""
    yield
    put_over("cy", [])


@pytest.fixture
def site():
    pages = translated_site()
    show(pages["small-home"], "cy")
    return pages


def word(source: str, code: str = "cy"):
    return next(one for one in words_of(code) if one.source == source)


def press(client, do: str, written: dict, query: str = ""):
    """Write into the fields of some words, and press a button."""
    data = {"do": do}
    for source, forms in written.items():
        data |= {f"word-{digest_of(word(source))}-{number}": form for number, form in enumerate(forms)}
    response = client.post(ADDRESS + query, data, follow=True)
    return response, BeautifulSoup(response.content, "lxml")


def test_words_stand_beside_the_source(site, client):
    client.force_login(person("translator", "cy"))
    html = BeautifulSoup(client.get(f"{ADDRESS}?q=Skip+to").content, "lxml")
    [row] = html.select(".translation-row")
    assert row.select_one(".translation-words").text == "Skip to the main text"
    assert row.textarea["lang"] == "cy"
    assert "made by a machine" in row.text


def test_readers_see_words_when_a_reviewer_shows_them(site, client, releases, django_capture_on_commit_callbacks):
    client.force_login(person("translator", "cy"))
    press(client, "save", {"Skip to the main text": ["Neidio i’r testun"]})
    publish_everything()
    with override("cy"):
        assert gettext("Skip to the main text") != "Neidio i’r testun"
    client.force_login(person("reviewer", "cy"))
    with django_capture_on_commit_callbacks(execute=True):
        press(client, "publish", {})
    with override("cy"):
        assert gettext("Skip to the main text") == "Neidio i’r testun"
    published = publish_everything()
    assert b"Neidio i\xe2\x80\x99r testun" in shown(releases, "/cy/")
    assert published


def shown(folder, path: str) -> bytes:
    return ReleaseReader(folder).content(path)


def test_server_without_a_database_speaks_with_the_words_of_its_release(site, releases, settings):
    keep_words(locale("cy"), [(word("Skip to the main text"), ["Neidio"])], user=None)
    show_words(locale("cy"))
    publish_everything()
    put_over("cy", [])
    ReleaseReader(settings.RELEASES_DIR).find("/cy/")
    with override("cy"):
        assert gettext("Skip to the main text") == "Neidio"


def test_plural_forms_say_which_numbers_they_are_for(site, client):
    source = next(one for one in words_of("cy") if one.plural)
    client.force_login(person("reviewer", "cy"))
    forms = [f"{number} {source.plural}" for number in range(len(source.forms))]
    press(client, "publish", {source.source: forms})
    publish_everything()
    with override("cy"):
        for number, numbers in enumerate(examples_of("cy")):
            for count in numbers:
                assert ngettext(source.source, source.plural, count) == forms[number]


@pytest.mark.parametrize(
    ("source", "words", "why"),
    [
        ("Skip to the main text", "", "Write something in each of these fields."),
        ("Skip to the main text", "Neidio %(x)s", "Something that the software fills in"),
        ("Skip to the main text", "x" * 30_000, "there is room for"),
    ],
)
def test_words_that_would_stop_a_page_are_shown_again(site, client, source, words, why):
    client.force_login(person("translator", "cy"))
    response, html = press(client, "save", {source: [words]})
    assert response.status_code == 422
    assert why in html.select_one(".error-message").text
    assert html.textarea.text.removeprefix("\n") == words
    assert not Wording.objects.exists()


def test_translator_does_not_publish_words(site, client):
    client.force_login(person("translator", "cy"))
    press(client, "publish", {"Skip to the main text": ["Neidio"]})
    assert Wording.objects.get().public is None


def test_language_needs_no_review_once_a_speaker_has_read_all(site):
    assert needs_review("cy")
    said = said_in(locale("cy"))
    keep_words(locale("cy"), [(one.word, list(one.forms)) for one in said], user=None)
    show_words(locale("cy"))
    publish_everything()
    assert not needs_review("cy")
    assert not any(one.by_machine for one in said_in(locale("cy")))


def test_file_has_the_words_too(site, client):
    client.force_login(person("translator", "cy"))
    file = polib.pofile(client.get("/admin/translations/cy/download/po/").content.decode())
    words = {entry.msgid for entry in file if entry.msgctxt.startswith("words|")}
    assert words == {one.source for one in words_of("cy")}
    entry = next(entry for entry in file if entry.msgid == "Skip to the main text")
    entry.msgstr = "Neidio"
    entry.flags.remove("fuzzy")
    upload = SimpleUploadedFile("x.po", str(file).encode())
    assert "1 text was taken." in client.post("/admin/translations/cy/upload/", {"file": upload}).content.decode()
    assert Wording.objects.get().draft == ["Neidio"]
