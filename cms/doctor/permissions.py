"""Whether others on this computer can read what is private, and whether all files belong to one user."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from cms.doctor.findings import Finding, broken, ok, warning
from cms.sqlite.base import path_of

# Beside a database of SQLite stand these, with what was just written.
BESIDE = ("", "-wal", "-shm", "-journal")


def look() -> Iterator[Finding]:
    private = [settings.DATA_DIR / "secret-key"]
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():
        database = path_of(connection.settings_dict["NAME"])
        private += [database.with_name(database.name + end) for end in BESIDE]
    yield from others(private)
    yield owners([settings.DATA_DIR, settings.RELEASES_DIR, Path(settings.MEDIA_ROOT), *private], os.geteuid())


def others(private: list[Path]) -> Iterator[Finding]:
    """Say which private files others can read or write."""
    found = [path for path in private if path.exists() and is_open(path)]
    for path in found:
        judge = broken if path.name == "secret-key" else warning
        yield judge("private", f"Everybody on this computer can read or write {path}.", f"chmod o-rwx {path}")
    if not found:
        yield ok("private", "Nobody else on this computer can read the database file or the key.")


def is_open(path: Path) -> bool:
    """Tell whether everybody can read or write a file: it is open, and so is the way to it."""
    is_reachable = all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents)
    return is_reachable and bool(path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))


def owners(paths: list[Path], we: int) -> Finding:
    """Say whether one user has everything: files of another one cannot be written by the server."""
    ids = {path.stat().st_uid for path in paths if path.exists()}
    if len(ids) > 1:
        says = f"Files in {settings.DATA_DIR} belong to several users, so the server cannot write them all."
        return broken("owner", says, f"chown -R USER {settings.DATA_DIR}, with the user who runs the server.")
    if ids and we not in ids:
        says = "You are not the user whom the data belongs to: commands may leave files that the server cannot read."
        return warning("owner", says, "Run commands as that user: sudo -u USER .venv/bin/python manage.py …")
    return ok("owner", "All files belong to you, who asks.")
