"""Sites of their own for tests that break things: on SQLite, and on a PostgreSQL that belongs to the tests."""

import shutil
from itertools import count
from pathlib import Path

import pytest

from tests.databases import fill, make_sqlite
from tests.e2e.conftest import copy_data
from tests.e2e.crash.cluster import cluster_running
from tests.e2e.crash.places import Place, copy_of, publishers_on
from tests.gates.needs import need
from tests.once import once
from tests.programs import manage

numbers = count(1)


@pytest.fixture(scope="session")
def seeded(started, common) -> Path:
    """The folders of a PostgreSQL server and of a site on it, published. Only to be copied.

    English alone: breaking it takes a third of the time that it takes in all languages.
    """
    need("initdb")

    def seed(folder: Path):
        data = folder / "data"
        shutil.copytree(started / "data" / "static", data / "static")
        with cluster_running(keep_in=folder / "base") as cluster:
            cluster.run("create database seed")
            fill(data, cluster.url("seed"))
            manage(data, "serve", "--prepare-only", DATABASE_URL=cluster.url("seed"))

    return once(common, "seeded", seed)


@pytest.fixture(scope="session")
def seeded_on_sqlite(started, common) -> Path:
    """The data folder of such a site on SQLite. Only to be copied."""

    def seed(folder: Path):
        made, data = once(common, "sqlite", make_sqlite), folder / "data"
        copy_data(made, data)
        shutil.copytree(started / "data" / "static", data / "static", dirs_exist_ok=True)
        manage(data, "serve", "--prepare-only")

    return once(common, "seeded-on-sqlite", seed) / "data"


@pytest.fixture(scope="session")
def cluster(seeded):
    """A PostgreSQL server of the tests' own."""
    with cluster_running(copy_of=seeded / "base") as server:
        yield server


@pytest.fixture(scope="session")
def seed_on_postgres(cluster, seeded) -> Place:
    """The starter content on PostgreSQL, published. Only to be copied."""
    return Place(seeded / "data", cluster.url("seed"))


@pytest.fixture(scope="module")
def on_sqlite(seeded_on_sqlite, tmp_path_factory) -> Place:
    """A copy of the site on SQLite, for one file of tests."""
    return Place(copy_of(seeded_on_sqlite, tmp_path_factory.mktemp("sqlite")))


@pytest.fixture(scope="module")
def on_postgres(cluster, seed_on_postgres, tmp_path_factory) -> Place:
    """A copy of the site on PostgreSQL, for one file of tests."""
    data = copy_of(seed_on_postgres.data, tmp_path_factory.mktemp("postgres"))
    return Place(data, cluster.copy("seed", f"copy_{next(numbers)}"))


@pytest.fixture(scope="module")
def sqlite_publishers(on_sqlite):
    with publishers_on(on_sqlite) as publishers:
        yield publishers


@pytest.fixture(scope="module")
def postgres_publishers(on_postgres):
    with publishers_on(on_postgres) as publishers:
        yield publishers


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.needs("initdb"))])
def base(request) -> str:
    """The database that a test runs on: it runs on each."""
    return request.param


@pytest.fixture
def place(base, request) -> Place:
    return request.getfixturevalue(f"on_{base}")


@pytest.fixture
def publishers(base, request):
    return request.getfixturevalue(f"{base}_publishers")
