"""PostgreSQL: what is missing or too old is said in words; the new database takes the place of the old at once."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from cms.backups import postgres
from cms.backups.postgres import PostgresDatabase
from cms.backups.unable import NotTried, UnableToReach
from tests.gates.needs import POSTGRES_URL

pytestmark = pytest.mark.needs("postgres", "initdb")
URL = os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL)


def run(statement: str, name: str = "postgres"):
    with psycopg.connect(f"{URL.rpartition('/')[0]}/{name}", autocommit=True) as server:
        done = server.execute(statement)
        return done.fetchall() if done.description else []


@pytest.fixture
def database():
    """A database with a table of one row."""
    name, parts = f"test_mark_{uuid4().hex[:12]}", urlsplit(URL)
    run(f"create database {name}")
    run("create table said as select 'now' as word", name)
    described = {"NAME": name, "HOST": parts.hostname, "PORT": parts.port, "USER": parts.username}
    yield PostgresDatabase({**described, "PASSWORD": parts.password or "", "OPTIONS": {"connect_timeout": 5}})
    for left in (name, f"{name}_restoring", f"{name}_before_restore"):
        run(f"drop database if exists {left} with (force)")


@pytest.fixture
def file(database, tmp_path):
    """What was written down of it, while somebody went on."""
    with database.written(tmp_path / "database.dump") as write:
        run("insert into said values ('later')", database.name)
        assert write() == {"said": 1}
    return tmp_path / "database.dump"


def test_it_is_as_of_one_moment(database, file, tmp_path):
    assert database.tried(file, tmp_path) == {"said": 1}
    assert run(f"select datname from pg_database where datname like '{database.name}_trial%'") == []


def test_who_is_connected_comes_to_an_end_and_finds_the_new_one(database, file, tmp_path):
    with psycopg.connect(f"{URL.rpartition('/')[0]}/{database.name}", autocommit=True) as late:
        database.close(tmp_path)
        with pytest.raises(psycopg.OperationalError):
            late.execute("insert into said values ('lost')")
    with pytest.raises(psycopg.OperationalError):
        run("select", database.name)
    database.stage(file, tmp_path)
    database.switch(tmp_path, tmp_path)
    database.switch(tmp_path, tmp_path)
    assert run("select word from said", database.name) == [("now",)]
    database.clean(tmp_path)
    assert run(f"select datname from pg_database where datname like '{database.name}%'") == [(database.name,)]


def test_what_was_closed_opens_again(database, file, tmp_path):
    database.close(tmp_path)
    database.stage(file, tmp_path)
    database.reopen(tmp_path)
    assert run("select count(*) from said", database.name) == [(2,)]
    assert run(f"select from pg_database where datname = '{database.staged}'") == []


def test_older_programs_are_told(database, tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "version_of", lambda _program: 9)
    with pytest.raises(UnableToReach, match="pg_dump is of version 9, and .* postgresql-client-"):
        database.version()
    with pytest.raises(UnableToReach, match="pg_restore here is of version 9"):
        database.check_version("15")


def test_missing_programs_are_told(database, monkeypatch):
    monkeypatch.setattr(postgres.shutil, "which", lambda _name: None)
    monkeypatch.setattr(postgres.Path, "glob", lambda *_arguments: [])
    with pytest.raises(UnableToReach, match="pg_dump is not installed. Install PostgreSQL's own programs"):
        database.version()


def test_role_that_may_make_no_database_is_told(database, file, tmp_path):
    role = f"{database.name}_role"
    run(f"create role {role} login password 'word'")
    try:
        database.role, database.password = role, "word"
        with pytest.raises(NotTried, match=f"ALTER ROLE {role} CREATEDB"):
            database.tried(file, tmp_path)
    finally:
        run(f"drop role {role}")


def test_server_that_is_away_is_told(database):
    database.port = "1"
    with pytest.raises(UnableToReach, match="does not do it: connection"):
        database.version()
