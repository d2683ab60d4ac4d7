"""A small site with all that it needs, for the doctor to look at."""

from pathlib import Path

import pytest

from cms.publishing.targets import Resource
from tests.releases import write_release

PUBLISHED = [
    Resource("/", b"<p>Home</p>", "text/html"),
    Resource("/api/v1/index.json", b"{}", "application/json"),
]


@pytest.fixture
def site(tmp_path, settings):
    """The settings of a site with a release, folders for uploads and the admin's static files."""
    settings.RELEASES_DIR = tmp_path / "releases"
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    write_release(PUBLISHED, settings.RELEASES_DIR)
    settings.STATIC_ROOT.mkdir()
    (Path(settings.STATIC_ROOT) / "staticfiles.json").write_text("{}")
    return settings
