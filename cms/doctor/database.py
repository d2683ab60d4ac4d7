"""Whether the database answers, is sound, is new enough, and has the tables that this version needs."""

import sqlite3
from collections.abc import Iterator

from django.db import DatabaseError, Error, connection
from django.db.migrations.executor import MigrationExecutor

from cms.doctor.findings import Finding, Verdict, broken, ok, reason, warning
from cms.doctor.lowest import lowest_safe
from cms.sqlite.base import path_of

RESTORE = "Stop the server and the worker, and put back the newest backup: manage.py restore newest --replace"
# Before it, the write-ahead log could corrupt a database that several connections write to.
SAFE_LOG = (3, 51, 3)
# In milliseconds. Whoever asks the doctor does not wait longer for one answer.
PATIENCE = 10_000
# So many faults are enough to know.
MOST_FAULTS = 3


def look() -> Iterator[Finding]:
    yield from look_at(connection)


def look_at(connection) -> Iterator[Finding]:
    """Look at one database."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            # SQLite opens its file only when there is something to read.
            cursor.execute("SELECT count(*) FROM sqlite_master" if connection.vendor == "sqlite" else "SELECT 1")
        found = ok("answers", "The database answers.")
    except Error as error:
        found = _away(connection, reason(error))
    yield found
    if found.verdict == Verdict.OK:
        yield from (_sqlite if connection.vendor == "sqlite" else _postgres)(connection)
        yield from _migrations(connection)


def _away(connection, why: str) -> Finding:
    if connection.vendor != "sqlite":
        return broken("answers", f"The database does not answer: {why}.", "Start it, or mend DATABASE_URL.")
    path = path_of(connection.settings_dict["NAME"])
    if not path.exists():
        mend = "For a new site: make run. Else put the newest backup back: manage.py restore newest"
        return broken("answers", f"There is no database at {path}.", mend)
    if "not a database" in why or "malformed" in why:
        return broken("answers", f"The database {path} is damaged: {why}.", RESTORE)
    says = f"The database {path} cannot be opened: {why}."
    return broken("answers", says, "See that it belongs to the user who runs the server, and that the disk has room.")


def _sqlite(connection) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0].upper()
    version = sqlite3.sqlite_version
    if journal == "WAL" and sqlite3.sqlite_version_info < SAFE_LOG:
        says = f"SQLite {version} can damage a database that is kept with a write-ahead log."
        yield broken("sqlite", says, "Stop everything, and start it again: the settings choose another journal.")
    else:
        yield ok("sqlite", f"SQLite {version}, journal {journal}.")
    yield _soundness(connection)


def _soundness(connection) -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA integrity_check({MOST_FAULTS})")
            faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
            cursor.execute("PRAGMA foreign_key_check")
            strays = len(cursor.fetchmany(MOST_FAULTS))
    except DatabaseError as error:
        faults, strays = [reason(error)], 0
    if faults:
        return broken("sound", f"The database is damaged: {'; '.join(faults)}.", RESTORE)
    if strays:
        return broken("sound", "Rows of the database point to others that are not there.", RESTORE)
    return ok("sound", "Every page of the database file is sound.")


def _postgres(connection) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {PATIENCE}")
    yield version_finding(divmod(connection.pg_version, 10_000))
    if says := lacking_letters(connection):
        mend = "Make a database with the encoding UTF8, and move everything into it: docs/upgrading.md."
        yield broken("encoding", says, mend)


def lacking_letters(connection) -> str:
    """Say that a database cannot keep the letters of all languages, "" when it can. Raises django.db.Error."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    return (
        "" if encoding == "UTF8" else f"The database keeps text as {encoding}, which lacks letters of many languages."
    )


def version_finding(version: tuple[int, int]) -> Finding:
    """Say whether a version of PostgreSQL is one that is safe: (15, 20)."""
    lowest = {int(major): safe for major, safe in lowest_safe()["postgresql"].items()}
    major, minor = version
    said = f"PostgreSQL {major}.{minor}"
    if major < min(lowest):
        mend = f"Move to PostgreSQL {max(lowest)}: docs/upgrading.md."
        return warning("postgresql", f"{said} gets no more corrections, not even where it is not safe.", mend)
    safe = lowest.get(major)
    if safe and version < tuple(map(int, safe["version"].split("."))):
        says = f"{said} is older than {safe['version']}, which closes {', '.join(safe['closes'])}."
        return broken("postgresql", says, "Bring the database server up to date, on Debian: apt-get upgrade.")
    return ok("postgresql", f"{said} is new enough.")


def _migrations(connection) -> Iterator[Finding]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError as error:
        yield broken("tables", f"The tables cannot be read: {reason(error)}.", RESTORE)
        return
    loader = executor.loader
    waiting = executor.migration_plan(loader.graph.leaf_nodes())
    ours = {app for app, _name in loader.disk_migrations}
    newer = [key for key in loader.applied_migrations if key not in loader.disk_migrations and key[0] in ours]
    if waiting:
        says = f"The database lacks {len(waiting)} changes of its tables."
        yield broken("tables", says, "Make a backup, and then: manage.py migrate (make run does it as well).")
    elif newer:
        says = f"The database has been used with a newer version: it knows {len(newer)} changes more than this one."
        yield warning("tables", says, "Go to the newer version, or put back a backup of before: docs/upgrading.md.")
    else:
        yield ok("tables", "The tables are those of this version.")
