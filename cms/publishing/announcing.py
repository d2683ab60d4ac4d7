"""Telling others of a release: subscribers by webhook, and the CDN which addresses it must fetch again."""

import logging

from django.conf import settings
from django_tasks import task
from wagtail.contrib.frontend_cache.utils import get_backends

from api.releases.manifest import Release, changes_of, read_release, tree_of
from api.releases.tree import DamagedRelease
from cms.webhooks.announce import announce

logger = logging.getLogger(__name__)

# Addresses a purge request names at most: what CDNs allow lies between 30 and 3,000.
PURGED_AT_ONCE = 30


def tell_subscribers(release: Release):
    """Make a message of a release wait for every subscriber. A worker sends them, so nobody waits for theirs."""
    announce(
        {
            "release": release.id,
            "parent": release.parent,
            "created_at": release.made_at,
            "changes": changes_of(settings.RELEASES_DIR, release),
        }
    )


def purge_cdn(release: Release):
    """Have the CDN, where there is one, forget exactly the addresses that changed with a release."""
    if settings.WAGTAILFRONTENDCACHE:
        paths = changed_paths(release)
        for start in range(0, len(paths), PURGED_AT_ONCE):
            purge.enqueue(paths[start : start + PURGED_AT_ONCE])


def changed_paths(release: Release) -> list[str]:
    """Give the paths at which a release answers otherwise than the one before; all of them where that is not kept."""
    folder = settings.RELEASES_DIR
    after = tree_of(folder, release.resources)
    try:
        before = tree_of(folder, read_release(folder, release.parent).resources) if release.parent else None
        paths = (
            [path for path, _was, _now in before.differences(after)]
            if before
            else [path for path, _ in after.items()]
        )
    except DamagedRelease:
        logger.exception("What release %s followed cannot be read: everything is purged", release.id)
        paths = [path for path, _entry in after.items()]
    return sorted(path for path in paths if path.startswith("/"))


@task(backend="publishing")
def purge(paths: list[str]) -> int:
    """Have the CDN forget some paths, and give how many."""
    urls = [f"{settings.SITE_URL}{path}" for path in paths]
    for backend in get_backends(settings.WAGTAILFRONTENDCACHE).values():
        backend.purge_batch(urls)
    return len(urls)
