"""PostgreSQL stops: site and API answer as before, a fresh process too; the admin says so, and comes back by itself.

CRASH_OUTAGE_SECONDS is for how long the site is read meanwhile: 10 by default.
"""

import re
import shutil
import sys
import time

import pytest

from tests.e2e.conftest import free_port, granian, log_in, running
from tests.e2e.crash.load import answers, outage_seconds, wrong_under_load
from tests.e2e.crash.places import Place
from tests.e2e.test_database_gone import BESIDE_THE_RELEASE
from tests.programs import run

pytestmark = pytest.mark.needs("initdb")

# How long an editor waits at most for the sentence, in seconds: a connection that hangs is given up after 5.
SOON = 10
PASSWORD = """
from django.contrib.auth import get_user_model
user = get_user_model().objects.get(username="admin")
user.set_password("known to this test")
user.save()
"""
# What the kernel knows of a connection to the database: after how many seconds of silence it asks whether the host is
# there, how often, and after how many milliseconds without an answer it takes it for dead.
HELD = """
import socket
from django.db import connection
connection.ensure_connection()
line = socket.socket(fileno=connection.connection.fileno())
names = (socket.SO_KEEPALIVE, socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_USER_TIMEOUT)
levels = (socket.SOL_SOCKET, *[socket.IPPROTO_TCP] * 3)
print(*map(line.getsockopt, levels, names))
line.detach()
"""


@pytest.fixture(scope="module")
def place(cluster, seed_on_postgres, tmp_path_factory) -> Place:
    """A copy of the site on PostgreSQL, with the files of the admin's pages."""
    data = tmp_path_factory.mktemp("outage") / "data"
    shutil.copytree(seed_on_postgres.data, data)
    return Place(data, cluster.copy("seed", "outage"))


@pytest.fixture(scope="module")
def site(place):
    port = free_port()
    # Both readers come from one network, and ask as often as they can.
    unlimited = {"API_REQUESTS_PER_MINUTE": "0"}
    with running(place.data, port=port, command=granian(port), **place.settings, **unlimited) as server:
        yield server


@pytest.fixture(scope="module")
def known(site) -> dict:
    """Every public answer while the database is there."""
    found = answers(site.address, [*site.released(), *BESIDE_THE_RELEASE])
    assert {answer.status for path, answer in found.items() if path not in BESIDE_THE_RELEASE} == {200}
    return found


@pytest.fixture
def outage(cluster, known):
    """PostgreSQL is stopped while the test runs."""
    cluster.stop()
    yield
    cluster.start()


def test_readers_notice_nothing(outage, site, known, figures):
    count, wrong = wrong_under_load(site.address, known, outage_seconds())
    figures(f"{count} answers in {outage_seconds():.0f} s, {len(wrong)} wrong")
    assert wrong == []
    assert count > len(known)


def test_fresh_process_answers_everything(outage, place, known):
    port = free_port()
    with running(place.data, port=port, command=granian(port), **place.settings) as fresh:
        assert answers(fresh.address, list(known)) == known


def test_admin_says_so(outage, site):
    for path in ("/admin/", "/admin/login/"):
        assert_kind(site, path)


def test_admin_says_so_when_the_server_hangs(site, known, cluster):
    """Such a server takes connections, and then says nothing. For those that are open, see test_slow_database."""
    cluster.stop()
    cluster.start()
    with cluster.frozen():
        assert_kind(site, "/admin/login/")


def test_dead_host_is_not_waited_for(place):
    """It says nothing any more, not even that it takes no more: only the kernel can find that out."""
    done = run([sys.executable, "manage.py", "shell", "-v", "0", "-c", HELD], place.data, **place.settings)
    assert done.stdout.split() == ["1", "5", "5", "10000"], done.stderr


def assert_kind(site, path: str):
    begun = time.monotonic()
    answer = site.get(path)
    assert time.monotonic() - begun < SOON
    assert (answer.status, answer.content_type) == (503, "text/html")
    words = re.sub(r"<[^>]+>", " ", answer.text)
    assert "The database does not answer. Everything that is published can still be read" in words
    assert not re.search("error|exception|traceback|psycopg", words, re.IGNORECASE)


def test_admin_works_again_without_a_restart(place, site, cluster, known):
    done = run([sys.executable, "manage.py", "shell", "-v", "0", "-c", PASSWORD], place.data, **place.settings)
    assert done.returncode == 0, done.stderr
    cluster.stop()
    assert site.get("/admin/login/").status == 503
    cluster.start()
    assert log_in(site.address, "known to this test") == f"{site.address}admin/"
