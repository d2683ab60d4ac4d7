"""Two processes that send at the same time send each message once, on either database."""

import os
import subprocess
import sys
from collections import Counter
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings

from tests.gates.needs import POSTGRES_URL, need

PREPARE = """
import sys, django; django.setup()
from django.db import connection
from cms.webhooks.announce import announce
from cms.webhooks.models import Delivery, Subscriber

with connection.schema_editor() as editor:
    for model in (Subscriber, Delivery):
        editor.create_model(model)
for number in range(20):
    Subscriber.objects.create(url=f"{sys.argv[1]}/{number}")
for number in range(3):
    announce({"release": number, "created_at": "2026-11-24T10:00:00Z"})
"""

SEND = """
import sys, time, django; django.setup()
from django.utils import timezone
from cms.webhooks import delivery
from cms.webhooks.models import Delivery, State

claim = delivery.claim

def late_claim(**given):
    time.sleep(0.01)  # time enough for the other process to choose the same message
    return claim(**given)

delivery.claim = late_claim
print("ready", flush=True)
sys.stdin.read(1)  # until all are ready
while Delivery.objects.filter(state=State.WAITING).exists():
    delivery.send_due(now=timezone.now())
"""


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request, tmp_path):
    """The address of an empty database that several processes can use."""
    if request.param == "SQLite":
        (tmp_path / "webhooks.sqlite3").touch()
        yield f"sqlite:///{tmp_path}/webhooks.sqlite3"
        return
    need("postgres")
    server = os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL)
    name = f"test_webhooks_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def start(database, tmp_path):
    """Starts a program with the settings of a real site."""
    own = {"DJANGO_SETTINGS_MODULE": "cms.settings", "DATA_DIR": str(tmp_path), "DATABASE_URL": database}
    environment = os.environ | own | {"WEBHOOK_ALLOW_PRIVATE": "true"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}

    def start_program(code, *arguments):
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **pipes)

    return start_program


def test_two_processes_send_each_message_once(start, receiver):
    server = receiver()
    assert start(PREPARE, server.url(path="")).wait(timeout=60) == 0
    senders = [start(SEND) for _number in range(2)]
    for sender in senders:
        assert sender.stdout.readline() == b"ready\n"
    for sender in senders:
        sender.stdin.write(b"!")
        sender.stdin.close()
    assert [sender.wait(timeout=60) for sender in senders] == [0, 0]
    arrived = Counter(message.headers["webhook-id"] for message in server.received)
    assert (len(arrived), set(arrived.values())) == (60, {1})
