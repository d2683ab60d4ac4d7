"""The commands of several servers: what they say, and when they say no."""

import re

import pytest
from django.core.management.base import CommandError

from api.releases.manifest import current_release
from api.releases.pull import pull
from api.releases.shared import shared_storage
from tests.releases import released, shown
from tests.shared import contents, damage, sharing

pytestmark = pytest.mark.django_db

PAGE = "/en/"


@pytest.fixture
def storage(releases, tmp_path, settings):
    """The folder of a shared storage that holds the starter content; this server's release folder is empty."""
    releases.rename(tmp_path / "storage")
    settings.STORAGES = settings.STORAGES | sharing(tmp_path / "storage")
    return tmp_path / "storage"


def test_pull_says_what_it_fetched(storage, command, settings):
    said = command("pull_release")
    found = re.fullmatch(
        r"Release 1 is live on this server: fetched (\d+) files, (\d+\.\d) MB, in \d+\.\d s\.\n", said
    )
    assert int(found[1]) == len(contents(storage)) - 2
    assert float(found[2]) > 1
    assert shown(settings.RELEASES_DIR) == shown(storage)


def test_pull_says_when_there_is_nothing_new(storage, command):
    command("pull_release")
    assert command("pull_release") == "This server has release 1 already.\n"


def test_pull_all_mends_this_server(storage, command, settings):
    command("pull_release")
    damage(settings.RELEASES_DIR, released(storage)[PAGE].sha256)
    assert "fetched 1 files" in command("pull_release", "--all")
    assert shown(settings.RELEASES_DIR) == shown(storage)


def test_pull_says_why_it_cannot(storage, command, settings):
    blob = released(storage)[PAGE].sha256
    damage(storage, blob)
    with pytest.raises(CommandError, match=f"Nothing was pulled: .*{blob} .* keeps the release it has"):
        command("pull_release")
    assert current_release(settings.RELEASES_DIR) is None
    (storage / "current").unlink()
    with pytest.raises(CommandError, match="holds no release yet"):
        command("pull_release")
    storage.rename(storage.with_name("away"))
    with pytest.raises(CommandError, match="there is no folder"):
        command("pull_release")


def test_push_mends_the_storage(storage, command, settings):
    command("pull_release")
    damage(storage, released(storage)[PAGE].sha256)
    (storage / "000001.json").unlink()
    files = len(contents(storage)) - 1
    assert command("push_release") == f"Release 1 is in the shared storage: sent {files} files.\n"
    other = storage.with_name("other")
    pull(other, shared_storage())
    assert shown(other) == shown(settings.RELEASES_DIR)


def test_push_sends_no_damage(storage, command, settings):
    command("pull_release")
    damage(settings.RELEASES_DIR, released(storage)[PAGE].sha256)
    before = contents(storage)
    with pytest.raises(CommandError, match="was not pushed as a whole: .*holds other bytes than were written"):
        command("push_release")
    assert contents(storage) == before


@pytest.mark.parametrize("name", ["pull_release", "push_release"])
def test_single_server_is_told_so(name, command):
    with pytest.raises(CommandError, match="RELEASES_URL is not set"):
        command(name)
