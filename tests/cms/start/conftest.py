"""A small site, and people who may do this or that with it."""

import pytest

from tests.cms.undo.conftest import somebody
from tests.small_site import small_site


@pytest.fixture
def site(db):
    return small_site()


@pytest.fixture
def visit(client, site):
    """Logs in somebody who has some rights on all of the site, and gives a function that shows them a screen."""

    def come(*rights: str, page=None, name="somebody"):
        user = somebody(name, page or site["small-home"], *rights)
        client.force_login(user)
        client.user = user
        return client

    return come


def shown(client, address: str = "/admin/") -> str:
    return client.get(address).content.decode()
