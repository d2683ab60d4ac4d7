"""What the tests of uploads share: a folder of their own, and no publishing where nobody looks at readers."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def store(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT, settings.RELEASES_DIR = tmp_path / "media", tmp_path / "releases"
    # Wagtail remembers the sizes of a picture by its id, which pictures of other tests had, too.
    cache.clear()
    return settings.MEDIA_ROOT


@pytest.fixture
def unpublished(monkeypatch):
    """What is changed waits to be published."""
    monkeypatch.setattr("cms.publishing.signals.publish_waiting", SimpleNamespace(enqueue=lambda: None))
