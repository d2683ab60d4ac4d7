"""`manage.py publish`: what it says, and that it ends otherwise than with a traceback when it cannot."""

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from api.releases.manifest import current_release, manifest_path
from cms.publishing import publish as publishing

pytestmark = pytest.mark.django_db


def away(*arguments, **options):
    raise OperationalError("connection refused")


def test_publish_says_what_it_did(releases, mark, command):
    command("publish", "--all")
    mark.title = "Really listening"
    mark.save_revision().publish()
    assert "Release 2 is live:" in command("publish")
    assert "Nothing has changed" in command("publish")
    assert "byte for byte" in command("publish", "--check")


@pytest.mark.parametrize("option", [[], ["--check"]])
def test_database_away_is_said(releases, command, monkeypatch, option):
    command("publish", "--all")
    monkeypatch.setattr(publishing, "Library", away)
    monkeypatch.setattr(publishing, "public_library", away)
    with pytest.raises(CommandError, match="The database did not answer"):
        command("publish", *option)


def test_check_of_a_damaged_release_says_what_to_do(releases, command):
    command("publish", "--all")
    manifest_path(releases, current_release(releases).id).write_text("{}")
    with pytest.raises(CommandError, match="verify_release"):
        command("publish", "--check")
