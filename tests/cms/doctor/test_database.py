"""What the doctor says of databases: real files that are damaged in real ways, and a server that is away."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections
from django.db.utils import load_backend

from cms.doctor.database import look_at, version_finding
from tests.cms.doctor.looking import ill, verdicts
from tests.databases import SQLITE, make_sqlite
from tests.e2e.conftest import free_port
from tests.once import once

SETTINGS = {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "TEST": {}}


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker):
    """What is looked at here are databases of the tests' own."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def file(common, tmp_path):
    """A database of this version, in a file."""
    return shutil.copy(once(common, "sqlite", make_sqlite) / SQLITE, tmp_path / "db.sqlite3")


@pytest.fixture
def opened(tmp_path):
    """Gives a connection to a database file, as the settings have it."""
    made = []

    def connect(file):
        own = {"ENGINE": "cms.sqlite", "NAME": f"{file.as_uri()}?mode=rw", "OPTIONS": {"timeout": 1}}
        made.append(load_backend("cms.sqlite").DatabaseWrapper({**SETTINGS, **own}, "looked_at"))
        connections["looked_at"] = made[-1]
        return made[-1]

    yield connect
    for one in made:
        one.close()
        del connections["looked_at"]


def change(file, *statements: str):
    with closing(sqlite3.connect(file)) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.mark.django_db
def test_sound_database_is_well():
    found = list(look_at(connection))
    assert ill(found) == ""
    assert {"answers", "tables", "sound" if connection.vendor == "sqlite" else "postgresql"} <= set(verdicts(found))


def test_sound_file_is_well(file, opened):
    assert ill(look_at(opened(file))) == ""


def test_missing_file_is_told(tmp_path, opened):
    said = ill(look_at(opened(tmp_path / "away.sqlite3")))
    assert said.startswith(f"broken: There is no database at {tmp_path / 'away.sqlite3'}.")
    assert "backup" in said
    assert not (tmp_path / "away.sqlite3").exists()


def test_file_of_something_else_is_told(tmp_path, opened):
    file = tmp_path / "db.sqlite3"
    file.write_bytes(b"nothing of the kind " * 100)
    assert f"broken: The database {file} is damaged" in ill(look_at(opened(file)))


def test_folder_in_its_place_is_told(tmp_path, opened):
    assert "cannot be opened" in ill(look_at(opened(tmp_path)))


def test_damaged_page_is_told(file, opened):
    with open(file, "r+b") as database:
        size = file.stat().st_size
        for at in range(size // 4096 * 2048, size - 4096, 4096 * 20):
            database.seek(at)
            database.write(b"\xff" * 2000)
    said = ill(look_at(opened(file)))
    assert "broken: The database is damaged" in said
    assert "backup" in said


def test_stray_rows_are_told(file, opened):
    change(file, "PRAGMA foreign_keys=OFF", "DELETE FROM wagtailcore_locale")
    assert "point to others that are not there" in ill(look_at(opened(file)))


def test_tables_of_an_older_version_are_told(file, opened):
    change(file, "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations WHERE app = 'cms')")
    assert ill(look_at(opened(file))).startswith("broken: The database lacks 1 changes of its tables.")


def test_tables_of_a_newer_version_are_told(file, opened):
    change(file, "INSERT INTO django_migrations (app, name, applied) VALUES ('cms', '0999_later', '2027-01-01')")
    said = ill(look_at(opened(file)))
    assert said.startswith("warning: The database has been used with a newer version")


def test_server_that_is_away_is_told():
    own = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "127.0.0.1",
        "PORT": free_port(),
        "NAME": "x",
        "USER": "x",
    }
    away = load_backend("django.db.backends.postgresql").DatabaseWrapper(
        {**SETTINGS, **own, "PASSWORD": "hidden-word", "OPTIONS": {"connect_timeout": 2}}, "away"
    )
    said = ill(look_at(away))
    assert said.startswith("broken: The database does not answer:")
    assert "DATABASE_URL" in said
    assert "hidden-word" not in said


@pytest.mark.parametrize(
    ("version", "verdict"),
    [((15, 19), "broken"), ((15, 20), "ok"), ((18, 7), "ok"), ((19, 0), "ok"), ((14, 25), "warning")],
)
def test_version_of_the_server_is_judged(version, verdict):
    assert version_finding(version).verdict == verdict
