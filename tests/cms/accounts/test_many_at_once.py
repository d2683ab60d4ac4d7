"""Whoever sends many passwords at the same time gets no more tries than one after the other, on either database."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.gates.needs import POSTGRES_URL, need

TRY = """
import json, django; django.setup()
from threading import Barrier, Thread
from axes.models import AccessAttempt
from django.db import connection
from django.utils import timezone
from cms.accounts.lockout import count

with connection.schema_editor() as editor:
    editor.create_model(AccessAttempt)
counted, start = [], Barrier(12)

def attempt():
    start.wait()
    of = {"username": "writer", "ip_address": "127.0.0.1", "user_agent": ""}
    counted.append(count(of, now=timezone.now()))
    connection.close()

threads = [Thread(target=attempt) for _number in range(12)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(json.dumps(counted))
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request, tmp_path):
    """The address of an empty database that several connections can use."""
    if request.param == "SQLite":
        (tmp_path / "accounts.sqlite3").touch()
        yield f"sqlite:///{tmp_path}/accounts.sqlite3"
        return
    need("postgres")
    server = os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL)
    name = f"test_accounts_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_many_at_once_get_no_more_tries(database, tmp_path):
    own = {"DJANGO_SETTINGS_MODULE": "cms.settings", "DATA_DIR": str(tmp_path), "DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-c", TRY], cwd=settings.BASE_DIR, env=os.environ | own, capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr.decode()
    # The sixth and all after it are turned away before anybody looks at their password.
    assert sorted(json.loads(done.stdout)) == [1, 2, 3, 4, 5] + [6] * 7
