"""`manage.py rollback_release` shows the public a kept release, byte for byte, and says so."""

import os
import subprocess
import sys
from random import Random
from time import monotonic

import pytest
from django.conf import settings as project
from django.core.management import CommandError

from api.releases.manifest import blob_path, current_id, current_release, read_release, release_ids
from api.releases.server import ReleaseReader
from cms.publishing.publish import publish as publish_site
from tests.damage import WAYS, flip, remove
from tests.releases import released, shown
from toolkit.models import Mark

# What issue 3 promises for a switch.
SECONDS = 2


@pytest.fixture
def mark(releases):
    return Mark.objects.filter(locale__language_code="en", live=True).first()


@pytest.fixture
def ten(releases, mark, publish):
    """Ten releases; the bytes that each one showed when it was published, by its id."""
    published = {1: shown(releases)}
    for number in range(2, 11):
        mark.title = f"Title number {number}"
        publish(mark)
        published[number] = shown(releases)
    assert release_ids(releases) == list(range(1, 11)) == list(published)
    return published


@pytest.mark.django_db
def test_every_byte_is_as_it_was_published(releases, ten, command):
    running = ReleaseReader(releases)
    running.refresh()
    for release_id in (1, 10, 5, 6, 2, 9, 3, 8, 4, 7):
        began = monotonic()
        assert f"The public now sees release {release_id}," in command("rollback_release", str(release_id))
        assert monotonic() - began < SECONDS
        running.refresh()
        assert running.release.id == current_id(releases) == release_id
        assert {path: running.content(path) for path in ten[release_id]} == ten[release_id]
        assert shown(releases) == ten[release_id]


@pytest.mark.django_db
def test_next_publish_brings_back_what_was_published_since(releases, ten, mark, publish, command):
    command("rollback_release", "3")
    assert publish_site().is_new
    assert shown(releases) == ten[10]
    command("rollback_release", "3")
    mark.title = "A newer title"
    publish(mark)
    assert b"A newer title" in shown(releases)[mark.public_path]
    assert current_release(releases).id == 12


@pytest.mark.django_db
def test_addresses_of_the_time_in_between_still_lead_on(releases, mark, publish, command):
    """Readers have seen them: a page that moved twice after the release that was gone back to."""
    for slug in ("first-move", "second-move"):
        mark = Mark.objects.get(pk=mark.pk)
        mark.slug = slug
        publish(mark)
    before = released(releases)
    command("rollback_release", "1")
    publish_site()
    assert {path for path, entry in before.items() if entry.status == 301}
    assert released(releases) == before


@pytest.mark.django_db
def test_publish_after_a_rollback_says_what_changed_for_readers(releases, mark, publish, command):
    mark.title = "A title like no other"
    publish(mark)
    counts, changes = read_release(releases, 2).counts, command("releases", "2").splitlines()[2:]
    command("rollback_release", "1")
    release = publish_site().release
    assert (release.parent, release.counts) == (1, counts)
    assert command("releases", str(release.id)).splitlines()[2:] == changes


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_damaged_release_is_refused(releases, mark, publish, command, way):
    old = released(releases)[mark.public_path]
    mark.title = "Another title"
    publish(mark)
    way(blob_path(releases, f"{old.sha256}.br"), Random(1))
    with pytest.raises(CommandError, match=r"(?s)Release 1 is damaged, so the public still sees.*\.br"):
        command("rollback_release", "1")
    assert current_id(releases) == 2


@pytest.mark.django_db
def test_damaged_pointer_can_be_written_again(releases, command):
    flip(releases / "current", Random(1))
    assert "The public now sees release 1" in command("rollback_release", "1")
    assert "All is well" in command("verify_release")
    remove(releases / "current", Random(1))
    assert "The public now sees release 1" in command("rollback_release", "1")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("one", "“one” is not the number of a release"),
        ("1.5", "is not the number of a release"),
        ("", "is not the number of a release"),
        ("0", "There is no release 0"),
        ("99", "There is no release 99. 1 to 1 are kept"),
        ("1", "Release 1 is the current one already"),
    ],
)
def test_bad_input_gets_a_sentence(releases, command, number, sentence):
    with pytest.raises(CommandError, match=sentence):
        command("rollback_release", number)
    assert current_id(releases) == 1


# --- Without the database ---------------------------------------------------------------------------------------


def without_database(data, *arguments: str) -> subprocess.CompletedProcess:
    """Run a command in a process of its own, with a database that does not answer."""
    environment = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    environment["DJANGO_SETTINGS_MODULE"] = "cms.settings"
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=project.BASE_DIR, env=environment, capture_output=True, text=True)


@pytest.mark.django_db
def test_rollback_works_without_the_database(releases, ten):
    done = without_database(releases.parent, "rollback_release", "4")
    assert done.returncode == 0, done.stderr
    assert "The public now sees release 4" in done.stdout
    assert "The database does not answer, so this was done without it." in done.stdout
    assert "Traceback" not in done.stderr
    assert shown(releases) == ten[4]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments", [["releases"], ["verify_release", "--all"], ["export_release", "{data}/export"]]
)
def test_reading_works_without_the_database(releases, arguments):
    done = without_database(releases.parent, *(one.format(data=releases.parent) for one in arguments))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [["prune_releases"], ["verify_release", "--repair"]])
def test_changing_says_that_the_database_is_away(releases, arguments):
    flip(blob_path(releases, released(releases)["/en/"].sha256), Random(1)) if "--repair" in arguments else None
    done = without_database(releases.parent, *arguments)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "database" in done.stderr
