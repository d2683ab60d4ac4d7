"""`manage.py migrate`: as Django's, and the one command that makes the file of an SQLite database.

It can run while the site is used: one deployment at a time, and none that keeps readers and groups waiting.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from time import sleep

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import OperationalError, connections

from cms.backups.databases import database as database_of_site
from cms.backups.switching import alone_restoring, here, recover
from cms.backups.unable import UnableToReach, UnableToRestore
from cms.deployments import alone
from cms.sqlite.base import path_of

# A change of a table waits until nobody uses it, and whoever comes meanwhile waits behind it: for so many seconds.
LOCK_SECONDS = 2
# Then it lets all of them go on, and tries again: so often, after 1, 2, 3 seconds and so on, at most 10.
TRIES = 20
LONGEST_PAUSE = 10
LOCKED = "55P03"


class Command(DjangoCommand):
    """Makes an empty database where there is none, then brings its tables up to date."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=float,
            default=LOCK_SECONDS,
            metavar="SECONDS",
            help="How long a change may keep others waiting for a table of PostgreSQL, before it tries again later "
            f"(default: {LOCK_SECONDS}).",
        )

    def execute(self, *arguments, database, **options):
        self.end_restore()
        # The checks that come first ask the database already.
        name = str(connections[database].settings_dict["NAME"])
        if name.endswith("?mode=rw"):
            file, is_new = path_of(name), not path_of(name).exists()
            with closing(sqlite3.connect(f"{name}c", uri=True)) as made:
                # Nothing is written before the first table.
                made.execute("PRAGMA user_version = 0")
            if is_new:
                # Others on this computer have no business with it, nor with what SQLite puts beside it.
                file.chmod(0o600)
        return super().execute(*arguments, database=database, **options)

    def end_restore(self):
        """End or undo a restore that was cut off: else a new database would stand in the place of the one aside."""
        if here().folder.exists():
            try:
                with alone_restoring():
                    said = recover(database_of_site())
            except (UnableToRestore, UnableToReach) as error:
                raise CommandError(str(error)) from error
            self.stdout.write(said)

    def handle(self, *arguments, database, lock_timeout, **options):
        if not 0 < lock_timeout <= 60:
            raise CommandError(f"--lock-timeout must be more than 0 and at most 60 seconds, not {lock_timeout:g}.")
        connection, migrate = connections[database], partial(super().handle, *arguments, database=database, **options)
        if options.get("plan") or options.get("check_unapplied"):
            migrate()
            return
        with alone(connection, say=self.say), lock_timeout_of(connection, lock_timeout):
            self.try_often(migrate)

    def try_often(self, migrate: Callable[[], object]):
        """Migrate; where others use what is to be changed, let them, and try again. What is done stays done."""
        for number in count(1):
            try:
                migrate()
                return
            except OperationalError as error:
                if not is_locked(error) or number == TRIES:
                    raise
                pause = min(number, LONGEST_PAUSE)
                self.say(f"A table is in use. Those who use it go on; trying again in {pause} s")
                sleep(pause)

    def say(self, text: str):
        self.stdout.write(f"{text} …")
        self.stdout.flush()


@contextmanager
def lock_timeout_of(connection, seconds: float):
    """Wait no longer than that for a table. SQLite waits for the whole database, as long as its settings say."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("select set_config('lock_timeout', %s, false)", [f"{int(seconds * 1000)}ms"])
    try:
        yield
    finally:
        # What follows in the same process may wait as long as ever. A connection that is gone takes it along.
        if connection.connection is not None and not connection.needs_rollback and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("reset lock_timeout")


def is_locked(error: OperationalError) -> bool:
    """Tell whether that is all that is wrong: others use what was to be changed."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) == LOCKED or getattr(cause, "sqlite_errorname", "") == "SQLITE_BUSY"
