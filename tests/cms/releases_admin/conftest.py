"""A small site that is published, and somebody in the admin who changes it."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.releases import publish_everything
from tests.small_site import small_site


@pytest.fixture
def releases(db, tmp_path, settings):
    """A release folder of the test's own, with nothing in it."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def site(releases):
    """A small site that is published; its pages by code."""
    pages = small_site()
    publish_everything()
    return pages


@pytest.fixture
def editor(client):
    """A browser of somebody who may do everything."""
    user = get_user_model().objects.create_superuser("editor", first_name="Ed", last_name="Itor")
    client.force_login(user)
    return client


@pytest.fixture
def does(editor, django_capture_on_commit_callbacks):
    """Does something with a page in the admin, and gives what the admin says then."""

    def act(action: str, page, *more, **form) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            response = editor.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk, *more]), form)
        assert response.status_code == 302
        return said(editor, response.url)

    return act


@pytest.fixture
def edits(does):
    """Publishes a mark in the admin with other words, and gives what the admin says then."""

    def edit(page, **changes) -> str:
        form = {"title": page.title, "slug": page.slug, "summary": page.summary, "body-count": "0"}
        form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1"}
        return does("edit", page, **{**form, **changes})

    return edit


def said(editor, address: str) -> str:
    """Give what the admin says on the page after a change, its white space tidied."""
    words = " ".join(str(message) for message in editor.get(address).context["messages"])
    return " ".join(words.split())
