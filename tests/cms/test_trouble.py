"""Whatever write fails, wherever the database goes away: the last release stays, the words wait and are told of."""

import pytest
from django.db import InterfaceError, OperationalError

from api.releases import files
from api.releases.manifest import current_release
from cms.models import Change, Failure, Publisher
from cms.publishing import writer
from cms.publishing.publish import publish
from tests.releases import shown
from tests.small_site import small_site

pytestmark = pytest.mark.django_db

NO_SPACE = "The disk of the server is full. Ask whoever looks after it to make room."
NOT_WRITTEN = "The server could not write its files. Ask whoever looks after it to have a look."
AWAY = "The database did not answer. It is tried again by itself."


@pytest.fixture
def folder(tmp_path, settings):
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def mark(folder):
    """A mark of a small site that is published."""
    mark = small_site()["hearing"]
    publish()
    return mark


def edit(mark, title: str):
    mark.title = title
    mark.save_revision().publish()


def raises_at(step: int, function, error: BaseException):
    """Give a function that raises when it is called for the step-th time, and counts its calls."""
    calls = []

    def raising(*arguments, **options):
        calls.append(arguments)
        if len(calls) == step:
            raise error
        return function(*arguments, **options)

    raising.calls = calls
    return raising


def test_every_write_may_fail(mark, folder, monkeypatch):
    before, step = (current_release(folder), shown(folder)), 0
    while True:
        step += 1
        edit(mark, f"In trouble {step}")
        with monkeypatch.context() as patch:
            patch.setattr(files, "opened", raises_at(step, files.opened, OSError(28, "No space")))
            try:
                publish()
            except OSError:
                assert (current_release(folder), shown(folder)) == before
            else:
                break
        assert (Change.objects.exists(), Failure.objects.exists()) == (True, False)
        publisher = Publisher.objects.get()
        assert (publisher.owner, publisher.error, publisher.failures) == ("", NO_SPACE, step)
    # There were not so many writes: it is the first that completed.
    assert step > 20
    assert list(folder.rglob("*.unfinished")) == []
    assert f"In trouble {step}".encode() in shown(folder)["/en/first-stage/"]
    assert (Change.objects.exists(), Publisher.objects.get().error) == (False, "")


@pytest.mark.parametrize("error", [OperationalError("cut"), InterfaceError("closed")], ids=["cut", "closed"])
@pytest.mark.parametrize("place", ["page_html", "build_document"])
def test_database_that_goes_away_fails_no_page(mark, folder, monkeypatch, error, place):
    before = current_release(folder)
    edit(mark, "In trouble")
    with monkeypatch.context() as patch, pytest.raises(type(error)):
        patch.setattr(f"cms.publishing.pages.{place}", raises_at(1, None, error))
        publish()
    assert current_release(folder) == before
    assert (Change.objects.exists(), Failure.objects.exists()) == (True, False)
    assert Publisher.objects.get().error == AWAY
    publish()
    assert b"In trouble" in shown(folder)["/en/first-stage/"]


def test_folder_that_cannot_be_made_is_told_of(mark, tmp_path, settings):
    (tmp_path / "file").write_text("in the way")
    settings.RELEASES_DIR = tmp_path / "file" / "releases"
    with pytest.raises(OSError, match="Not a directory"):
        publish()
    assert Publisher.objects.get().error == NOT_WRITTEN


def test_what_a_killed_publisher_left_is_flushed(mark, folder, monkeypatch):
    """Its blobs are there, but may be nowhere but in memory."""
    edit(mark, "Written, not flushed")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(writer.BlobWriter, "flush", raises_at(1, None, KeyboardInterrupt()))
        publish()
    flushed = []
    monkeypatch.setattr(writer, "FEW_FILES", 1000)
    monkeypatch.setattr(writer, "flush_file", flushed.append)
    before = set(folder.glob("blobs/*/*"))
    release = publish().release
    mine = writer.blob_path(folder, writer.tree_of(folder, release.resources).get("/en/first-stage/")["sha256"])
    assert mine in before
    assert mine in flushed
