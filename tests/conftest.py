"""What all tests share: the starter content in the database, and a release made from it."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from api.releases.server import ReleaseReader, reader_of
from cms.publishing.publish import publish as publish_site
from tests.databases import NAME, SQLITE, drop_postgres, in_memory, make_postgres, make_sqlite
from tests.e2e.conftest import Served, free_port, granian, running
from tests.gates.needs import need
from tests.once import once
from tests.releases import changed_blobs, copy_releases
from toolkit.catalogues import compile_catalogues
from toolkit.documents.library import Library, public_library
from toolkit.models import Mark

numbers = count(1)


def pytest_sessionstart(session):
    compile_catalogues()


def pytest_collection_finish():
    """Let Python not look again and again for what nobody needs among half a million things that stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_make_parametrize_id(val, argname):
    """Name what is long or made of bytes by its length: an archive's bytes tell when it was packed.

    All processes have to give a test the same name.
    """
    if isinstance(val, bytes) or (isinstance(val, str) and len(val) > 100):
        return f"{argname} of {len(val)}"
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Let one process run all tests of a file, for they share what they set up, but for those that say otherwise.

    Those take longest, so they come first: no process is still at them when all others have finished.
    """
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.location[0]))


def pytest_sessionfinish(session):
    """Take away what the run made on a PostgreSQL server for all of its processes, and look at what they shared."""
    if hasattr(session.config, "workerinput"):
        return
    common = session.config._tmp_path_factory.getbasetemp()
    if url := os.environ.get("TEST_DATABASE_URL"):
        drop_postgres(common / "postgres", url)
    if changed := changed_blobs(common / "releases"):
        pytest.exit(f"A test has changed blobs that all tests share, see tests.damage: {changed}", returncode=1)


@pytest.fixture(autouse=True)
def no_picture_remembered():
    """Wagtail remembers where small copies of pictures lie, by the picture's number: another test's lie elsewhere."""
    cache.clear()


@pytest.fixture
def tmp_path(tmp_path_factory) -> Iterator[Path]:
    """A folder of the test's own, as pytest's, but gone when it is over: the release of each is some 2,500 files.

    No two have the same name in one process, for what is known of a folder is kept under its name.
    """
    folder = tmp_path_factory.mktemp(f"test-{next(numbers)}", numbered=False)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def figures(request) -> Callable[[str], None]:
    """Writes down what a test has counted: shown where it fails, and of those that pass with -rP."""
    return partial(request.node.add_report_section, "call", "figures")


@pytest.fixture(scope="session")
def common(tmp_path_factory, worker_id) -> Path:
    """The folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings(common, testrun_uid):
    """Every test begins with the starter content; what it changes is rolled back after it."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        need("postgres")
        made = once(common, "postgres", partial(make_postgres, url=url, name=f"test_mark_{testrun_uid[:12]}"))
        take_uploads(made)
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = (made / NAME).read_text()
        yield
    else:
        made = once(common, "sqlite", make_sqlite)
        take_uploads(made)
        with closing(in_memory(made / SQLITE)):
            yield


def take_uploads(made: Path):
    """Take the pictures of the starter content over into the folder of this process."""
    shutil.copytree(made / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)


@pytest.fixture
def library(db) -> Library:
    """Everything that is public at the start of the test."""
    return public_library()


@pytest.fixture(scope="session")
def starter_release(django_db_setup, django_db_blocker, common):
    """The folder of a release made from the starter content, for tests that only read it."""

    def make(folder: Path):
        with django_db_blocker.unblock(), override_settings(RELEASES_DIR=folder):
            publish_site()

    return once(common, "releases", make)


@pytest.fixture(scope="session")
def served_starter(starter_release, common, tmp_path_factory) -> Iterator[Served]:
    """A server that shows the starter content."""
    data, port = tmp_path_factory.mktemp("asked") / "data", free_port()
    copy_releases(starter_release, data / "releases")
    shutil.copy(once(common, "sqlite", make_sqlite) / SQLITE, data)
    # However often it is asked, it answers.
    limits = ("API_REQUESTS_PER_MINUTE", "BOARDS_PER_HOUR", "BOARD_GUESSES_PER_MINUTE", "OFFERS_PER_HOUR")
    unlimited = dict.fromkeys((*limits, "FEEDBACK_PER_HOUR"), "0")
    with running(data, port=port, command=granian(port), **unlimited) as site:
        yield site


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """Makes a site once for all tests of a file: gives what `make` gives, and the folder that it publishes into.

    Each test takes back what it does to the site, and the file in the end takes back the site.
    """
    folder = tmp_path_factory.mktemp("made") / "releases"

    def made(make) -> tuple:
        with override_settings(RELEASES_DIR=folder):
            return make(), folder

    with django_db_blocker.unblock(), transaction.atomic():
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def releases(db, starter_release, tmp_path, settings):
    """A release folder of the test's own, with the starter content as its first release."""
    settings.RELEASES_DIR = tmp_path / "releases"
    copy_releases(starter_release, settings.RELEASES_DIR)
    return settings.RELEASES_DIR


@pytest.fixture
def reader(releases) -> ReleaseReader:
    """The reader of the test's release folder."""
    return reader_of(releases)


@pytest.fixture
def publish(releases, django_capture_on_commit_callbacks):
    """Publishes a page as the admin does, with what follows from it."""

    def publish_page(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish_page


@pytest.fixture
def command(capsys):
    """Runs a management command and gives what it printed."""

    def run(*arguments, **options) -> str:
        call_command(*arguments, **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def mark(db) -> Mark:
    """The mark "Listening" of the starter content."""
    return Mark.objects.get(code="listening", locale__language_code="en")
