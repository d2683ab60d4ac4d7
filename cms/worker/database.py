"""Whether there is a database to ask: whoever asks SQLite for one that is not there makes an empty one."""

from pathlib import Path

from django.db import OperationalError, connection


def require_database():
    """Raise OperationalError when the file of an SQLite database is not there."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    if not Path(connection.settings_dict["NAME"]).exists():
        raise OperationalError("the file of the database is not there")


def let_go():
    """Close SQLite's file between two looks at it: somebody may put another in its place. Others stay connected."""
    if connection.vendor == "sqlite":
        connection.close()
