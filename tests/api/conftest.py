"""A running server for tests that have to speak HTTP."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Served, free_port, granian, running


@pytest.fixture(scope="session")
def served_starter(starter_release) -> Iterator[Served]:
    """A server that only serves, without a database: it shows the starter content."""
    port = free_port()
    with running(starter_release.parent, port=port, command=granian(port)) as site:
        yield site
