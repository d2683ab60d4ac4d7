"""Requests in the test's own thread: they leave it its connection to the database, with all that it has changed."""

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture(autouse=True)
def connection_kept(monkeypatch):
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None)
