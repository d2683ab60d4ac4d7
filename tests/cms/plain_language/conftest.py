"""Somebody who edits, and the page that they write."""

import pytest
from django.contrib.auth import get_user_model

from tests.small_site import add, fresh, small_site
from toolkit.models import Mark


@pytest.fixture
def pages(db) -> dict:
    """The small site, by the code of each page."""
    return small_site()


@pytest.fixture
def editor(client):
    """A client in which an administrator has signed in."""
    user = get_user_model().objects.create_superuser("boss", password="a long password")
    client.force_login(user)
    return client


@pytest.fixture
def hard_page(pages) -> Mark:
    """A mark with one of everything that could be plainer."""
    body = [
        (
            "text",
            "<h4>Why</h4><p>The DWP paradigms met.</p><ul><li>See <a href='https://a.example'>here</a>.</li></ul>",
        ),
        ("tip", f"<p>{'word ' * 30}.</p>"),
    ]
    return fresh(add(Mark, pages["first-stage"], "hard", summary="A plain sentence.", body=body))
