"""`manage.py migrate`: as Django's, and the one command that makes the file of an SQLite database."""

import sqlite3
from contextlib import closing

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections


class Command(DjangoCommand):
    """Makes an empty database where there is none, then brings its tables up to date."""

    def execute(self, *arguments, database, **options):
        # The checks that come first ask the database already.
        name = str(connections[database].settings_dict["NAME"])
        if name.endswith("?mode=rw"):
            with closing(sqlite3.connect(f"{name}c", uri=True)) as made:
                # Nothing is written before the first table.
                made.execute("PRAGMA user_version = 0")
        return super().execute(*arguments, database=database, **options)
