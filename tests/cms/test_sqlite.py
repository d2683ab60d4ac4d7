"""A connection to SQLite is kept, until another file is put in the place of the one that it opened."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import DatabaseError, OperationalError
from django.db.backends.signals import connection_created
from django.db.utils import load_backend

from cms import views
from cms.sqlite.base import file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a folder" / "db.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("create table word (text)")
        made.execute("insert into word values ('before')")
    return path


@pytest.fixture
def connection(file):
    """A connection as the settings have it, to a file of its own."""
    settings = {
        "ENGINE": "cms.sqlite",
        "NAME": f"{file.as_uri()}?mode=rw",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
        "AUTOCOMMIT": True,
        "TIME_ZONE": None,
        "TEST": {},
    }
    made = load_backend("cms.sqlite").DatabaseWrapper(settings, "kept")
    yield made
    made.close()


@pytest.fixture
def opened() -> list:
    """Grows with each connection that is opened."""
    seen = []

    def note(**_given):
        seen.append(1)

    connection_created.connect(note)
    yield seen
    connection_created.disconnect(note)


def words(connection) -> list:
    """Read the file in a request of its own."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        return cursor.execute("select text from word").fetchall()


def test_connection_is_kept(connection, opened):
    assert [words(connection) for _request in range(3)] == [[("before",)]] * 3
    assert opened == [1]


def test_file_in_its_place_is_noticed(connection, file, opened):
    words(connection)
    restored = file.with_name("restored")
    shutil.copy(file, restored)
    with closing(sqlite3.connect(restored)) as other, other:
        other.execute("update word set text = 'restored'")
    restored.replace(file)
    assert words(connection) == [("restored",)]
    assert opened == [1, 1]


def test_file_that_is_away_is_noticed(connection, file):
    words(connection)
    file.rename(file.with_name("away"))
    with pytest.raises(OperationalError):
        words(connection)
    file.with_name("away").rename(file)
    assert words(connection) == [("before",)]


def test_file_is_told_by_any_way_to_name_it(file):
    assert file_of(file) == file_of(str(file)) == file_of(f"{file.as_uri()}?mode=rw")
    assert file_of(file.with_name("nothing")) is None


def test_request_whose_file_was_replaced_is_asked_to_come_back(connection, file, monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(views, "connection", connection)
    assert not views.is_away(DatabaseError("database disk image is malformed"))
    file.unlink()
    assert views.is_away(DatabaseError("database disk image is malformed"))
    assert not views.is_away(ValueError("broken"))
