"""The starter content in other languages: whole in Welsh, in part in Arabic, and marked as made by a machine."""

import pytest

from tests.translations import standing
from toolkit.bundle.format import read_folder
from toolkit.bundle.load import STARTER, load_folder
from toolkit.models import Home, Mark, ThingStanding
from toolkit.translation.standings import follow_all

FILES = read_folder(STARTER)
# In Arabic, and only in part: to show what that looks like.
PARTIAL = {"disagreeing-well", "shared-purpose"}


@pytest.mark.parametrize("code", ["cy", "ar"])
def test_every_file_says_that_it_needs_review(code):
    assert {file.fields.get("review") for file in FILES if file.locale == code} == {"needed"}


def test_welsh_has_every_public_page():
    pages = {(file.type, file.code) for file in FILES if file.locale == "en" and "state" not in file.fields}
    assert {(file.type, file.code) for file in FILES if file.locale == "cy"} == pages


@pytest.mark.django_db
def test_every_text_is_matched_with_its_source():
    follow_all()
    assert load_folder() == len([file for file in FILES if file.locale != "en"])
    states = {
        code: dict(ThingStanding.objects.filter(locale__language_code=code).values_list("title", "state"))
        for code in ("cy", "ar", "es")
    }
    assert set(states["cy"].values()) == {"current"}
    assert set(states["ar"].values()) == {"current", "partial", "missing", "draft"}
    assert set(states["es"].values()) == {"missing"}
    partial = ThingStanding.objects.filter(state="partial").values_list("key", flat=True)
    assert {page.code for page in Mark.objects.filter(translation_key__in=partial)} == PARTIAL
    home = Home.objects.get(locale__language_code="en")
    assert standing(home, "cy").machine == standing(home, "cy").texts
