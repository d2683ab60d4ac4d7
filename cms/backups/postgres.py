"""PostgreSQL: written down by pg_dump as of one moment, replaced by a database that takes its name."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from cms.backups.backup import DamagedBackup
from cms.backups.unable import NotTried, UnableToReach

PATIENCE = 10
JOBS = "2"
# What Django's OPTIONS may have for libpq, and pg_dump understands as well.
OF_LIBPQ = (
    "connect_timeout",
    "keepalives_idle",
    "keepalives_interval",
    "tcp_user_timeout",
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "service",
    "passfile",
    "target_session_attrs",
)
INSTALL = "Install PostgreSQL's own programs, such as with: apt-get install postgresql-client"
MAY_CREATE = "Let it, as PostgreSQL's administrator: ALTER ROLE {role} CREATEDB"
TABLES = "select tablename from pg_tables where schemaname = 'public' order by tablename"


class PostgresDatabase:
    """A database on a PostgreSQL server, as Django's settings describe it."""

    KIND, FILE = "postgresql", "database.dump"

    def __init__(self, described: dict):
        self.name, self.role = described["NAME"], described.get("USER", "")
        self.password = described.get("PASSWORD", "")
        options = {key: value for key, value in described.get("OPTIONS", {}).items() if key in OF_LIBPQ}
        self.host, self.port = described.get("HOST", ""), str(described.get("PORT", "") or "")
        self.options = {"connect_timeout": PATIENCE, **options}

    # --- Writing it down -------------------------------------------------------------------------------------------

    def version(self) -> str:
        return str(self._check_programs())

    def _check_programs(self) -> int:
        """Give the version of pg_dump. Raises UnableToReach where it is older than the server."""
        ours = version_of(program("pg_dump"))
        with self._connected() as server:
            theirs = server.info.server_version // 10_000
        if ours < theirs:
            raise UnableToReach(
                f"pg_dump is of version {ours}, and the server of version {theirs}, which it cannot write down. "
                f"Install that of the server, such as with: apt-get install postgresql-client-{theirs}"
            )
        return ours

    @contextmanager
    def written(self, target: Path) -> Iterator[Callable[[], dict[str, int]]]:
        """Fix the moment by a snapshot, which pg_dump takes up; nobody has to wait meanwhile."""
        self._check_programs()
        with self._connected(autocommit=False) as server:
            server.execute("set transaction isolation level repeatable read, read only")
            [snapshot] = server.execute("select pg_export_snapshot()").fetchone()

            def write() -> dict[str, int]:
                options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
                self._run("pg_dump", *options, f"--file={target}", self._conninfo(self.name))
                target.chmod(0o600)
                return rows_of(server)

            yield write

    def tried(self, file: Path, scratch: Path) -> dict[str, int]:
        """Restore it into a database of its own. Raises DamagedBackup, or NotTried where none may be made."""
        name = f"{self.name}_trial_{os.getpid()}"
        try:
            self._make(name)
        except UnableToReach as error:
            raise NotTried(str(error)) from error
        try:
            self._fill(name, file)
            with self._connected(name) as restored:
                return rows_of(restored)
        finally:
            self._drop(name)

    def check_version(self, version: str):
        """Raise UnableToReach when pg_restore is older than the pg_dump that wrote it."""
        ours = version_of(program("pg_restore"))
        if ours < int(version):
            raise UnableToReach(
                f"The backup was made by pg_dump of version {version}, and pg_restore here is of version {ours}. "
                f"Install a newer one, such as with: apt-get install postgresql-client-{version}"
            )

    # --- Replacing it ----------------------------------------------------------------------------------------------

    @property
    def staged(self) -> str:
        return f"{self.name}_restoring"

    @property
    def before(self) -> str:
        return f"{self.name}_before_restore"

    def exists(self) -> bool:
        return self._has(self.name)

    def stage(self, file: Path, data: Path) -> str:
        """Restore it into a database beside the one that is there."""
        self._drop(self.staged)
        self._make(self.staged)
        self._fill(self.staged, file)
        user = quote(self.role, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        place = f"{quote(self.host, safe='')}{f':{self.port}' if self.port else ''}"
        return f"postgres://{user}{'@' if user else ''}{place}/{quote(self.staged)}?{urlencode(self.options)}"

    def close(self, aside: Path):
        """Let nobody connect any more, on whichever server, and end all connections."""
        if self._has(self.name):
            self._alter("alter database {} with allow_connections false", self.name)
            self._end_connections(self.name)

    def reopen(self, aside: Path):
        """Let everybody connect again."""
        if self._has(self.name):
            self._alter("alter database {} with allow_connections true", self.name)
        self._drop(self.staged)

    def switch(self, data: Path, aside: Path):
        """Rename both in one transaction."""
        if not self._has(self.staged):
            return
        self._end_connections(self.staged)
        with self._at_server() as server, server.transaction():
            if self._has(self.name):
                server.execute(renaming(self.name, self.before))
            server.execute(renaming(self.staged, self.name))

    def clean(self, aside: Path):
        self._drop(self.before)

    # --- The server ------------------------------------------------------------------------------------------------

    def _conninfo(self, name: str) -> str:
        """Give where a database is, without the password, which other people could read in the list of processes."""
        given = {"dbname": name, "host": self.host, "port": self.port, "user": self.role, **self.options}
        return make_conninfo(**{key: value for key, value in given.items() if value not in ("", None)})

    @contextmanager
    def _connected(self, name: str = "", *, autocommit: bool = True) -> Iterator[psycopg.Connection]:
        try:
            password = {"password": self.password} if self.password else {}
            with psycopg.connect(self._conninfo(name or self.name), autocommit=autocommit, **password) as server:
                yield server
        except psycopg.errors.InsufficientPrivilege as error:
            raise UnableToReach(f"{error.diag.message_primary}. {MAY_CREATE.format(role=self.role)}") from error
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise UnableToReach(f"The database {name or self.name} does not do it: {reason}") from error

    def _at_server(self):
        """Connect to the server, and to none of the databases that are renamed."""
        return self._connected("postgres" if self.name != "postgres" else "template1")

    def _alter(self, statement: str, name: str):
        with self._at_server() as server:
            server.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def _has(self, name: str) -> bool:
        with self._at_server() as server:
            return bool(server.execute("select from pg_database where datname = %s", [name]).rowcount)

    def _make(self, name: str):
        """Make an empty database that sorts and compares as the one that is there."""
        with self._at_server() as server:
            asked = "select pg_encoding_to_char(encoding), datcollate, datctype from pg_database where datname = %s"
            found = server.execute(asked, [self.name]).fetchone()
            parts = [sql.SQL("create database {} template template0").format(sql.Identifier(name))]
            for word, value in zip(("encoding", "lc_collate", "lc_ctype"), found or (), strict=False):
                parts.append(sql.SQL(f"{word} {{}}").format(sql.Literal(value)))
            server.execute(sql.SQL(" ").join(parts))

    def _drop(self, name: str):
        self._alter("drop database if exists {} with (force)", name)

    def _end_connections(self, name: str):
        with self._at_server() as server:
            asked = "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = %s"
            server.execute(asked, [name]).fetchall()

    def _fill(self, name: str, file: Path):
        options = ["--no-owner", "--no-privileges", "--exit-on-error", f"--jobs={JOBS}"]
        try:
            self._run("pg_restore", *options, f"--dbname={self._conninfo(name)}", str(file))
        except UnableToReach as error:
            raise DamagedBackup(f"{file.name} cannot be restored: {error}") from error

    def _run(self, name: str, *arguments: str):
        """Run one of PostgreSQL's programs to its end."""
        environment = {**os.environ, **({"PGPASSWORD": self.password} if self.password else {})}
        done = subprocess.run([program(name), *arguments], env=environment, capture_output=True, text=True)
        if done.returncode:
            lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
            if "No space left on device" in done.stderr:
                raise OSError(28, "No space left on device")
            raise UnableToReach(f"{name} failed: {lines[0].removeprefix(f'{name}: error: ')}")


def rows_of(server: psycopg.Connection) -> dict[str, int]:
    """Count the rows of each table."""
    count = sql.SQL("select count(*) from public.{}")
    names = [name for [name] in server.execute(TABLES)]
    return {name: server.execute(count.format(sql.Identifier(name))).fetchone()[0] for name in names}


def renaming(name: str, other: str) -> sql.Composed:
    return sql.SQL("alter database {} rename to {}").format(sql.Identifier(name), sql.Identifier(other))


def program(name: str) -> str:
    """Give the path of one of PostgreSQL's programs, the newest that Debian keeps beside each other.

    Raises UnableToReach where there is none.
    """
    found = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), *filter(None, [shutil.which(name)])]
    if not found:
        raise UnableToReach(f"{name} is not installed. {INSTALL}")
    return max(map(str, found), key=version_of)


def version_of(path: str) -> int:
    """Give the number of a program's version, such as 15."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0
