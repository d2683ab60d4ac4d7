"""The two kinds of database, as backups see them: each can be written down, tried out, closed and replaced."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.conf import settings

from cms.backups.postgres import PostgresDatabase
from cms.backups.sqlite import SqliteDatabase
from cms.sqlite.base import path_of

Rows = dict[str, int]


class Database(Protocol):
    """What a backup needs of a database. All of it raises `UnableToReach` when the database does not do it."""

    KIND: str
    # Its name in a backup.
    FILE: str

    def version(self) -> str:
        """Give the version of what writes it down."""

    def written(self, target: Path) -> AbstractContextManager[Callable[[], Rows]]:
        """Fix a moment when the block begins; the function that it gives writes the database of then to a file.

        It gives how many rows each table has.
        """

    def tried(self, file: Path, scratch: Path) -> Rows:
        """Restore such a file into something that is thrown away, look whether it is sound, count its rows."""

    def check_version(self, version: str):
        """Raise UnableToReach when this machine cannot read what that version has written."""

    def exists(self) -> bool:
        """Tell whether there is one."""

    def stage(self, file: Path, data: Path) -> str:
        """Restore such a file beside the one that is there, and give the DATABASE_URL of it."""

    def close(self, aside: Path):
        """Let nobody in from now on, and whoever is in come to an end."""

    def reopen(self, aside: Path):
        """Let everybody in again, to what was closed; what was staged goes."""

    def switch(self, data: Path, aside: Path):
        """Put what was staged in the place of what was closed. Done a second time, it does nothing."""

    def clean(self, aside: Path):
        """Remove what was closed."""


def database() -> Database:
    """Give the database of this site."""
    found = settings.DATABASES["default"]
    return PostgresDatabase(found) if "postgresql" in found["ENGINE"] else SqliteDatabase(path_of(found["NAME"]))
