"""The one call that brings the public site up to date."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django import db
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from api.releases.manifest import Release, current_release, pieces_in
from api.releases.tree import DamagedRelease
from cms.models import Change, Failure, Publisher
from cms.publishing.build import Build, Outcome
from cms.publishing.failpoints import reach
from cms.publishing.failures import failure_of, in_words
from cms.publishing.lease import Lease, LeaseLost, only_publisher, replace_broken_connection
from cms.publishing.writer import BlobWriter, next_id, point_to, trees_of, write_manifest
from toolkit.documents.canonical import digest, utc_time
from toolkit.documents.facts import parts_of
from toolkit.documents.library import Library, public_library

logger = logging.getLogger(__name__)

# While a long build runs, editors go on. What they did is built on top, so often at most.
ROUNDS = 20


@dataclass(frozen=True)
class Published:
    """What a publish did: the release that is now current, whether it is new, and what could not be built."""

    release: Release
    is_new: bool
    changes: list[dict] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)


def publish(*, everything: bool = False, progress: Callable[[int, int], None] | None = None) -> Published:
    """Publish what waits to be published; `everything`, whether it has changed or not.

    Waits for a publisher that is at work. `progress` is called with how many parts are built, of how many known so
    far. Raises OSError when the release cannot be written, django.db.Error when the database is away, LeaseLost when
    somebody else has taken over; the release that was current then stays so, and what waits goes on waiting.
    """
    try:
        with only_publisher(settings.RELEASES_DIR) as lease:
            reach("locked")
            return _publish(lease, everything=everything, progress=progress)
    except Exception as error:
        _remember_error(error)
        raise


def _publish(lease: Lease, *, everything: bool, progress) -> Published:
    before = _last_release()
    everything = everything or before is None or not _is_known(before)
    blobs = BlobWriter(settings.RELEASES_DIR)
    try:
        outcome, changes = build_until_quiet(before, blobs, everything=everything, progress=progress)
        reach("built")
        published = _write(before, outcome, changes, blobs)
    finally:
        blobs.close()
    with transaction.atomic():
        # Whoever wants to take over waits until this transaction has ended.
        lease.check()
        if published.is_new:
            point_to(settings.RELEASES_DIR, published.release)
        _remember(published, changes, lease)
        reach("remembering")
    reach("remembered")
    return published


def _last_release() -> Release | None:
    try:
        return current_release(settings.RELEASES_DIR)
    except DamagedRelease:
        logger.exception("The current release cannot be read: everything is built anew")
        return None


def _is_known(release: Release) -> bool:
    """Tell whether the release is what this database was published as: else one of the two was put back."""
    publisher = Publisher.objects.get(pk=1)
    return (publisher.release, publisher.manifest) == (release.id, digest(release.content))


def build_until_quiet(
    before: Release | None, blobs: BlobWriter, *, everything: bool, progress=None, thorough: bool = False
) -> tuple[Outcome, list[Change]]:
    """Build until nobody has changed anything in the meantime: so what is built was true at one moment.

    Gives what came of it, and all changes that it holds.
    """
    trees = trees_of(settings.RELEASES_DIR, before, pieces_in(settings.RELEASES_DIR))
    retry = Failure.objects.values_list("target", flat=True)
    done: list[Change] = []
    outcome = None
    for _round in range(ROUNDS):
        changes = list(Change.objects.exclude(pk__in=[change.pk for change in done]).select_related("user"))
        if outcome and not changes:
            break
        done += changes
        everything = everything or any(change.kind == Change.Kind.EVERYTHING for change in changes)
        reach("planned")
        now = _build(trees, blobs, changes, set(retry), everything=everything, progress=progress, thorough=thorough)
        outcome = _merged(outcome, now)
        trees, everything, retry = outcome.trees, False, set(outcome.failures)
    return outcome, done


def _build(trees, blobs, changes, retry, *, everything, progress, thorough) -> Outcome:
    """Build, leaving out pages that cannot be built and have no last good version: nobody may mention them."""
    without: set[tuple[str, str]] = set()
    failures: dict[str, Exception] = {}
    while True:
        library = public_library(without=without) if everything else Library(without=without)
        build = Build(library, trees, blobs, everything=everything, thorough=thorough, progress=progress)
        outcome = build.run(changes, retry)
        failures |= outcome.failures
        missing = {parts_of(name)[1:] for name in failures if _has_no_version(name, trees)}
        if missing <= without:
            return replace(outcome, failures=failures)
        without |= missing


def _has_no_version(name: str, trees) -> bool:
    return name.startswith("page:") and trees["nodes"].get(name) is None


def _merged(first: Outcome | None, then: Outcome) -> Outcome:
    if first is None:
        return then
    return Outcome(then.trees, [*first.changes, *then.changes], {**first.failures, **then.failures})


def _write(before: Release | None, outcome: Outcome, changes: list[Change], blobs: BlobWriter) -> Published:
    counts = _counts(before, outcome)
    roots = {name: tree.root for name, tree in outcome.trees.items()}
    is_new = not before or any(getattr(before, name) != root for name, root in roots.items())
    # What a release has had was flushed with it.
    blobs.flush(found=is_new)
    if not is_new:
        return Published(before, False, failures=outcome.failures)
    reach("blobs-flushed")
    pieces = outcome.trees["resources"].pieces
    listed = pieces.keep({"changes": outcome.changes})
    blobs.keep_pieces(outcome.trees.values(), [listed])
    blobs.flush()
    reach("pieces-written")
    release = Release(
        id=next_id(settings.RELEASES_DIR),
        parent=before and before.id,
        made_at=utc_time(timezone.now()),
        made_by=tuple(sorted({change.user.get_username() for change in changes if change.user})),
        changes=listed,
        counts=counts,
        **roots,
    )
    write_manifest(settings.RELEASES_DIR, release)
    return Published(release, True, outcome.changes, outcome.failures)


def _remember(published: Published, changes: list[Change], lease: Lease):
    """Write down what is public now, what waits no more, and what could not be built; give the lease back."""
    known = set(Failure.objects.values_list("target", flat=True))
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    if known or published.failures:
        Failure.objects.exclude(target__in=published.failures).delete()
        Failure.objects.bulk_create(
            [failure_of(name, error) for name, error in published.failures.items() if name not in known]
        )
    lease.give_back(
        release=published.release.id,
        manifest=digest(published.release.content),
        succeeded_at=Now(),
        error="",
        failures=0,
    )


def _remember_error(error: Exception):
    """Write down that publishing failed as a whole, where the database is there to be told.

    Who lost the lease says nothing: how publishing goes is now for others to say.
    """
    if isinstance(error, LeaseLost):
        return
    try:
        replace_broken_connection()
        Publisher.objects.get_or_create(pk=1)
        failed = {"error": in_words(error), "failed_at": Now(), "failures": F("failures") + 1}
        Publisher.objects.filter(pk=1).update(**failed)
    except db.Error:
        logger.exception("That publishing failed cannot be written down")


def _counts(before: Release | None, outcome: Outcome) -> dict[str, int]:
    """Count the addresses that were added, changed and gone."""
    counts = {"added": 0, "changed": 0, "gone": 0}
    after = outcome.trees["resources"]
    old = trees_of(settings.RELEASES_DIR, before, after.pieces)["resources"]
    for _path, was, now in old.differences(after):
        here, there = (entry and entry.get("status", 200) == 200 for entry in (was, now))
        if here or there:
            counts["changed" if here and there else "added" if there else "gone"] += 1
    return counts
