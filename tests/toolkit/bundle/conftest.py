"""What tests of bundles have that take every picture and file away."""

import shutil

import pytest


@pytest.fixture
def uploads(settings, tmp_path):
    """The test has a store of its own for files, with those of the starter."""
    settings.MEDIA_ROOT = shutil.copytree(settings.MEDIA_ROOT, tmp_path / "uploads")
