"""Migrations can be applied while the version before goes on: what django-migration-linter says of them."""

import os

import dj_database_url
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections
from django_migration_linter import MigrationLinter

from tests.gates.needs import POSTGRES_URL

# What was applied before this was looked at; anything else that is found has to be mended.
OLDER = {
    ("cms", "0002_worker"): ["NOT_NULL"],
    ("cms", "0005_groups"): ["RUNPYTHON_MODEL_VARIABLE_NAME"],
    ("scoring", "0001_initial"): ["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE"],
}
ROOMS = ("api", "cms", "toolkit")


class Linter(MigrationLinter):
    """Notes by their codes what it would print."""

    def __init__(self, **options):
        super().__init__(**options)
        self.found, self.at = {}, None

    def print_linting_msg(self, app_label, migration_name, msg, lint_result):
        self.at = app_label, migration_name

    def print_errors(self, errors):
        self.found.setdefault(self.at, []).extend(error.code for error in errors)

    print_warnings = print_errors


@pytest.fixture
def postgres(django_db_blocker, monkeypatch):
    """A database that says what it would be asked; nothing in it is changed."""
    url = dj_database_url.parse(os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL))
    linted = {**connections["default"].settings_dict, "OPTIONS": {}, **url}
    monkeypatch.setitem(connections.settings, "linted", linted)
    monkeypatch.setitem(settings.DATABASES, "linted", linted)
    with django_db_blocker.unblock():
        yield "linted"
        connections["linted"].close()
        del connections["linted"]


@pytest.mark.needs("postgres")
def test_no_migration_breaks_the_version_before(postgres):
    ours = {app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in ROOMS}
    linter = Linter(path=str(settings.BASE_DIR), database=postgres, no_cache=True)
    for app, name in sorted(linter.migration_loader.disk_migrations):
        if app in ours:
            linter.lint_migration(linter.migration_loader.disk_migrations[app, name])
    assert linter.found == OLDER
