"""The published starter content, an editor who shares drafts of it, and a guest without an account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.drafts.models import DraftLink
from cms.drafts.sharing import make_link


@pytest.fixture(autouse=True)
def released(db, starter_release, settings):
    """What readers see; no test here changes it."""
    settings.RELEASES_DIR = starter_release


@pytest.fixture
def editor():
    """Somebody who may edit everything."""
    return get_user_model().objects.create_superuser("editor", first_name="Ed", last_name="Itor")


@pytest.fixture
def desk(editor) -> Client:
    """The browser of an editor."""
    browser = Client()
    browser.force_login(editor)
    return browser


@pytest.fixture
def guest() -> Client:
    """The browser of somebody without an account."""
    return Client()


@pytest.fixture
def share(editor):
    """Shares the latest draft of a page, and gives the token."""

    def shared(page, *, days: int = 1, ago: timedelta = timedelta()) -> str:
        now = timezone.now() - ago
        _link, token = make_link(page=fresh(page), user=editor, days=days, once=uuid4(), now=now)
        return token

    return shared


def fresh(page):
    """Give a page as the database has it."""
    return Page.objects.get(pk=page.pk).specific


def draft(page, **changes):
    """Save a draft of a page with changes, and give the page."""
    version = fresh(page).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(version, name, value)
    version.save_revision()
    return page


def only_link() -> DraftLink:
    return DraftLink.objects.get()
