"""A running server for tests that have to speak HTTP."""

import shutil
from collections.abc import Iterator

import pytest

from tests.databases import SQLITE, make_sqlite
from tests.e2e.conftest import Served, free_port, granian, running
from tests.once import once


@pytest.fixture(scope="session")
def served_starter(starter_release, common, tmp_path_factory) -> Iterator[Served]:
    """A server that shows the starter content."""
    data, port = tmp_path_factory.mktemp("asked") / "data", free_port()
    shutil.copytree(starter_release, data / "releases")
    shutil.copy(once(common, "sqlite", make_sqlite) / SQLITE, data)
    # However often it is asked, it answers.
    with running(data, port=port, command=granian(port), API_REQUESTS_PER_MINUTE="0") as site:
        yield site
