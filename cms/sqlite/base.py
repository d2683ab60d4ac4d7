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
        return super().is_usable() and not self.is_replaced()

    def is_replaced(self) -> bool:
        """Tell whether the file that this was connected to is not there any more, or another one in its place."""
        return not self.is_in_memory_db() and self.file != file_of(self.settings_dict["NAME"])


def path_of(name) -> Path:
    """Give the path of the file that a database's name in the settings stands for."""
    name = str(name)
    return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)


def file_of(name) -> tuple[int, int] | None:
    """Give what tells a file from all others that ever had its name, None where there is no file."""
    try:
        found = path_of(name).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
