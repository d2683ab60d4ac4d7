"""The catalogues hold every word that the code asks for, each in every language."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from toolkit import locales
from toolkit.catalogues import needs_review

TRANSLATED = [code for code in locales.codes() if code != locales.source()]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(settings.BASE_DIR / "locale" / code / "LC_MESSAGES" / "django.po"))


def known(entries) -> set:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}


@pytest.fixture(scope="session")
def words_in_code(tmp_path_factory):
    """What `make messages` would collect now, without touching the catalogues."""
    folder = tmp_path_factory.mktemp("words")
    for room in ("toolkit", "api", "cms", "templates"):
        shutil.copytree(settings.BASE_DIR / room, folder / room)
    (folder / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LOCALE_PATHS", [str(folder / "locale")])
        patch.chdir(folder)
        call_command("makemessages", locale=["cy"], verbosity=0)
    return known(polib.pofile(str(folder / "locale" / "cy" / "LC_MESSAGES" / "django.po")))


@pytest.mark.needs("xgettext")
@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_is_up_to_date(code, words_in_code):
    assert known(catalogue(code)) == words_in_code


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_word_is_translated(code):
    assert [entry.msgid for entry in catalogue(code) if not entry.translated()] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_placeholders_survive_translation(code):
    changed = [
        entry.msgid
        for entry in catalogue(code)
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if text and set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    ]
    assert changed == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_machine_made_catalogue_says_so(code):
    assert needs_review(code)


def test_source_language_needs_no_review():
    assert not needs_review(locales.source())


def test_compiled_catalogues_stay_out_of_git():
    assert "*.mo" in Path(settings.BASE_DIR / ".gitignore").read_text().split()
