"""Indexes that are made while the site is used: for migrations, on either database."""

from contextlib import contextmanager

from django.contrib.postgres.operations import AddIndexConcurrently as PostgresOperation
from django.db.migrations import AddIndex


class AddIndexConcurrently(PostgresOperation):
    """Makes an index without keeping anybody from writing; the migration that holds it says `atomic = False`.

    PostgreSQL leaves an unusable index when it was interrupted: that goes first, so that one may simply try again.
    SQLite knows no other way than the usual one, which takes it a moment.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)
            return
        self._ensure_not_in_transaction(schema_editor)
        with waiting_for_ever(schema_editor):
            schema_editor.execute(
                f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.index.name)}", params=None
            )
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)
            return
        with waiting_for_ever(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


@contextmanager
def waiting_for_ever(schema_editor):
    """Wait as long as it takes for those who are at work: nobody waits behind whoever waits here."""
    if schema_editor.collect_sql:
        yield
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("show lock_timeout")
        [before] = cursor.fetchone()
        cursor.execute("set lock_timeout = 0")
        try:
            yield
        finally:
            cursor.execute("select set_config('lock_timeout', %s, false)", [before])
