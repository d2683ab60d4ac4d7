"""The one call that brings the public site up to date."""

from django.conf import settings
from django.utils import timezone

from cms.publishing.resources import all_resources
from cms.publishing.writer import Written, only_publisher, write_release
from toolkit.documents.library import public_library


def publish_everything() -> Written:
    """Build everything that is public and make it the current release.

    Waits for a publisher that is at work. Raises OSError when the release cannot be written, and whatever a
    template raises; in both cases the release that was current stays so.
    """
    with only_publisher(settings.RELEASES_DIR):
        library = public_library(now=timezone.now())
        return write_release(all_resources(library), settings.RELEASES_DIR)
