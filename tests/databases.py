"""Databases with the starter content. Migrations are most of what a test run begins with: it needs them once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from tests.programs import manage

FILL = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_starter", language=["en"])
"""
SQLITE = "db.sqlite3"
# What Django calls the database of a test run that is in memory.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
# Says which database was made on the server.
NAME = "name"


def make_sqlite(folder: Path):
    """Make a database file in a folder."""
    (folder / SQLITE).touch()
    fill(folder, f"sqlite:///{folder / SQLITE}")


def in_memory(file: Path) -> sqlite3.Connection:
    """Copy a database into the memory of this process, where it stays as long as this connection is open."""
    copy = sqlite3.connect(IN_MEMORY, uri=True)
    with closing(sqlite3.connect(file)) as database:
        database.backup(copy)
    return copy


def make_postgres(folder: Path, url: str, name: str):
    """Make a database on a server, of which others are copied. Its name is kept in the folder."""
    (folder / NAME).write_text(name)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"drop database if exists {name} with (force)")
        server.execute(f"create database {name}")
    fill(folder, f"{url.rpartition('/')[0]}/{name}")


def drop_postgres(folder: Path, url: str):
    """Remove the database that was made with this folder, where there is one."""
    if (folder / NAME).exists():
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"drop database if exists {(folder / NAME).read_text()} with (force)")


def fill(folder: Path, url: str):
    """Give an empty database the starter content in English; its uploads and releases come into the folder."""
    manage(folder, "shell", "-v", "0", "-c", FILL, DATABASE_URL=url)
