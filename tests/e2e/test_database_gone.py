"""The database is moved away: everything public answers as before, byte for byte."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.conftest import copy_data, free_port, granian, log_in, running

# Redirects, pages and documents that are not there, and what may only be read.
BESIDE_THE_RELEASE = [
    "/",
    "/api/v1/",
    "/en/nowhere/",
    "/ar/nowhere/",
    "/nowhere",
    "/api/nowhere",
    "/api/v1/xx/marks/",
    "/api/v1/en/marks/?page=2",
    "/api/v1/en/ideas/?stage=process&kind=activity",
    "/api/v1/en/search/?q=listening",
    "/api/v1/cy/search/?q=gwrando",
    "/api/v1/en/ideas/?q=listening",
    "/en/search/?q=lisening",
    "/cy/search/?q=gwrando",
    "/en/lake/?q=people&stage=process&kind=activity",
    "/en/voices/?kind=snake",
    "/en/lake/?stage=nowhere",
    "/en/lake/?utm_source=letter",
]


@pytest.fixture(scope="module")
def copied(served, tmp_path_factory):
    """A data folder of its own, with everything that the served site holds."""
    data = tmp_path_factory.mktemp("gone") / "data"
    copy_data(served.data, data)
    return data


@pytest.fixture(scope="module")
def server(copied):
    port = free_port()
    with running(copied, port=port, command=granian(port)) as site:
        yield site


@pytest.fixture(scope="module")
def before(server) -> dict:
    """Every public answer, while the database is there."""
    return answers(server)


@contextmanager
def database_away(data: Path):
    """Move the database away, and put it back at the end."""
    database, away = data / "db.sqlite3", data / "away.sqlite3"
    database.rename(away)
    yield database
    away.rename(database)


def answers(site) -> dict:
    return {path: site.get(path) for path in [*site.released(), *BESIDE_THE_RELEASE]}


def differences(now: dict, before: dict) -> list[str]:
    return [path for path in before if now[path] != before[path]]


def test_running_server_answers_as_before(server, before, copied):
    assert {answer.status for path, answer in before.items() if path not in BESIDE_THE_RELEASE} == {200}
    with database_away(copied) as database:
        assert differences(answers(server), before) == []
        # SQLite makes an empty file for whoever asks: nobody has.
        assert not database.exists()


def test_fresh_process_answers_as_before(before, copied):
    port = free_port()
    with database_away(copied) as database, running(copied, port=port, command=granian(port)) as fresh:
        assert differences(answers(fresh), before) == []
        assert not database.exists()


def test_admin_works_again_afterwards(server, copied, password):
    with database_away(copied):
        answer = server.get("/admin/login/")
        assert (answer.status, "Try again in a minute" in answer.text) == (503, True)
    assert log_in(server.address, password) == f"{server.address}admin/"
