"""Whether the current release is, byte for byte, what a full build of the database gives."""

from collections.abc import Callable

from django.conf import settings

from api.releases.manifest import TREES, current_release
from cms.publishing.lease import only_publisher
from cms.publishing.publish import build_until_quiet
from cms.publishing.writer import BlobWriter, trees_of


def differences(progress: Callable[[int, int], None] | None = None) -> list[tuple[str, str]]:
    """Give (path or name, what is different) for all that a full build makes otherwise; [] when they are equal.

    Writes no release, and takes nothing as known but former addresses, which no page can tell any more.
    """
    with only_publisher(settings.RELEASES_DIR):
        before = current_release(settings.RELEASES_DIR)
        if before is None:
            return [("everything", "there is no release yet")]
        blobs = BlobWriter(settings.RELEASES_DIR, dry=True)
        try:
            outcome, _changes = build_until_quiet(before, blobs, everything=True, thorough=True, progress=progress)
        finally:
            blobs.close()
        old = trees_of(settings.RELEASES_DIR, before, outcome.trees["nodes"].pieces)
    found = []
    for name in TREES:
        for key, was, now in old[name].differences(outcome.trees[name]):
            found.append((key, "is missing" if was is None else "should not be there" if now is None else "differs"))
    found += [(name, f"cannot be built: {error}") for name, error in outcome.failures.items()]
    return sorted(set(found))
