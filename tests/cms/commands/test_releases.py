"""`manage.py releases` says which releases are kept, and what changed with each."""

import json
from random import Random

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.utils import timezone
from wagtail.log_actions import LogContext

from api.releases.manifest import manifest_path, read_release
from tests.damage import flip
from tests.releases import go_to
from toolkit.models import Mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(releases, publish):
    """A second release, in which somebody changed a mark."""
    somebody = get_user_model().objects.create_superuser("sam")
    mark = Mark.objects.filter(locale__language_code="en", live=True).first()
    mark.title = "A title like no other"
    with LogContext(user=somebody):
        publish(mark)
    return mark


def test_newest_release_stands_first(releases, edited, command):
    head, second, first = command("releases").splitlines()
    assert head.split() == ["id", "when", "added", "changed", "gone", "who"]
    counts = read_release(releases, 2).counts
    assert second.split()[:2] == ["*", "2"]
    assert second.split()[4:] == [*(str(counts[name]) for name in ("added", "changed", "gone")), "sam"]
    assert first.split()[0] == "1"


def test_star_follows_the_current_release(releases, edited, command):
    go_to(releases, 1)
    assert [line[0] for line in command("releases").splitlines()] == [" ", " ", "*"]


def test_times_are_those_of_the_place(releases, command, settings):
    made_at = read_release(releases, 1).made_at
    for zone in ("Asia/Tokyo", "America/Lima"):
        settings.TIME_ZONE = zone
        timezone.activate(zone)
        local = timezone.datetime.fromisoformat(made_at).astimezone(timezone.get_current_timezone())
        assert f"{local:%Y-%m-%d %H:%M}" in command("releases")
    timezone.deactivate()


def test_one_release_shows_its_pages(releases, edited, command):
    assert f"changed  en    A title like no other ({edited.public_path})" in command("releases", "2")


def test_json_holds_the_same(releases, edited, command):
    listed = json.loads(command("releases", "--format", "json"))
    assert [(one["id"], one["is_current"], one["parent"]) for one in listed] == [(2, True, 1), (1, False, None)]
    assert listed[0]["made_by"] == ["sam"]
    one = json.loads(command("releases", "2", "--format", "json"))
    assert [change["title"] for change in one.pop("changes") if change["title"] == edited.title]
    assert one == listed[0]


def test_damaged_manifest_is_said(releases, edited, command):
    flip(manifest_path(releases, 1), Random(1))
    assert "damaged: a manifest" in command("releases")
    with pytest.raises(CommandError, match="Release 1 is damaged"):
        command("releases", "1")


@pytest.mark.parametrize(("number", "sentence"), [("two", "not the number"), ("7", "There is no release 7")])
def test_bad_input_gets_a_sentence(releases, command, number, sentence):
    with pytest.raises(CommandError, match=sentence):
        command("releases", number)


def test_no_release_gets_a_sentence(db, settings, tmp_path, command):
    settings.RELEASES_DIR = tmp_path
    assert command("releases") == "There is no release yet: publish first.\n"
