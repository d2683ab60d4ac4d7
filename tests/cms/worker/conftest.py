"""A small site that is published, and how its dates and its failures are told to the tests."""

from datetime import timedelta

import pytest
from django.utils import timezone

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
def scheduled(site):
    """Changes a page now, to go live a while after now: before it, where that is negative."""

    def schedule(code: str, *, seconds: float, **fields):
        site[code].save_revision().publish()
        page = type(site[code]).objects.get(code=code)
        for name, value in fields.items():
            setattr(page, name, value)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        revision = page.save_revision()
        revision.publish()
        # The hour goes by.
        due = timezone.now() + timedelta(seconds=seconds)
        content = {**revision.content, "go_live_at": due.isoformat()}
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=due, content=content)
        return page

    return schedule
