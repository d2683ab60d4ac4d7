"""Connections that are kept from one request to the next, for as long as the database is where they found it."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, which takes a connection for unusable when its file was moved away or replaced.

    Whoever restores a backup puts another file in its place: a connection that was kept would write to the old one.
    """

    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        self.file = file_of(conn_params["database"])
        return connection

    def is_usable(self) -> bool:
        return super().is_usable() and (self.is_in_memory_db() or self.file == file_of(self.settings_dict["NAME"]))


def file_of(name) -> tuple[int, int] | None:
    """Give what tells a file from all others that ever had its name, None where there is no file."""
    name = str(name)
    path = Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
