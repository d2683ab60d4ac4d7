"""The one call that brings the public site up to date."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from django import db
from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from api.releases.manifest import Release, current_release, pieces_in, release_ids
from api.releases.tree import DamagedRelease
from api.releases.verify import newest_whole, pointed_to, whole
from api.search.files import prepare
from cms.consent.withdrawal.burying import bury_again
from cms.models import Change, Failure, Publisher
from cms.publishing.announcing import purge_cdn, tell_subscribers
from cms.publishing.build import Build, Outcome, shown_path
from cms.publishing.failpoints import reach
from cms.publishing.failures import failure_of, in_words
from cms.publishing.lease import Lease, LeaseLost, only_publisher, replace_broken_connection
from cms.publishing.purging import UNFINISHED, purge_private_files
from cms.publishing.push import next_shared_id, push, push_pointer, take_up_shared
from cms.publishing.writer import BlobWriter, next_id, point_to, trees_of, write_manifest
from toolkit.documents.canonical import digest, utc_time
from toolkit.documents.facts import parts_of
from toolkit.documents.library import Library, public_library
from toolkit.translation.wordings import use_saved_languages, use_saved_words

logger = logging.getLogger(__name__)

# What may have made a picture or a file private.
ABOUT_FILES = {Change.Kind.EVERYTHING, Change.Kind.IMAGE, Change.Kind.DOCUMENT}
# While a long build runs, editors go on. What they did is built on top, so often at most.
ROUNDS = 20


@dataclass(frozen=True)
class Published:
    """What a publish did: the release that is now current, whether it is new, and what could not be built."""

    release: Release
    is_new: bool
    changes: list[dict] = field(default_factory=list)
    failures: dict[str, Exception] = field(default_factory=dict)


def publish(
    *, everything: bool = False, repair: bool = False, progress: Callable[[int, int], None] | None = None
) -> Published:
    """Publish what waits to be published; `everything`, whether it has changed or not.

    `repair` takes nothing as known, writes every file that is not what it should be, and makes a new release even of
    what has not changed. A release that turns out to be damaged is repaired in any case.

    Waits for a publisher that is at work. `progress` is called with how many parts are built, of how many known so
    far. Raises OSError when the release cannot be written, here or to the shared storage; django.db.Error when the
    database is away; LeaseLost when somebody else has taken over. The release that was current then stays so, and
    what waits goes on waiting.
    """
    try:
        with only_publisher(settings.RELEASES_DIR) as lease:
            reach("locked")
            published, changes, is_news = _publish(lease, everything=everything, repair=repair, progress=progress)
    except DamagedRelease:
        if repair:
            raise
        logger.exception("The current release is damaged: everything is built and written anew")
        return publish(everything=True, repair=True, progress=progress)
    except Exception as error:
        _remember_error(error)
        raise
    if is_news:
        purge_cdn(published.release)
    if not ABOUT_FILES.isdisjoint(change.kind for change in changes):
        _hide_private_files()
    return published


def _hide_private_files():
    """Take files that have become private out of older releases, too; the worker does what fails."""
    try:
        purge_private_files(settings.RELEASES_DIR)
    except UNFINISHED:
        logger.exception("Private files are still in older releases: the worker takes them out within the hour")


def _publish(lease: Lease, *, everything: bool, repair: bool, progress) -> tuple[Published, list[Change], bool]:
    """Build, write and switch; give what came of it, the changes that it holds, and whether it is news.

    It is also where whoever wrote the release died before they could say so.
    """
    take_up_shared()
    bury_again()
    shown = _shown_release(repair)
    before = newest_whole(settings.RELEASES_DIR) if repair else _last_release(shown)
    everything = everything or repair or shown is None or not _is_known(shown)
    blobs = BlobWriter(settings.RELEASES_DIR)
    try:
        outcome, changes = build_until_quiet(
            before, blobs, shown=shown, everything=everything, progress=progress, thorough=repair
        )
        reach("built")
        published = _write(shown, outcome, changes, blobs, anew=repair)
    finally:
        blobs.close()
    return published, changes, _switch(published, changes, lease)


def _switch(published: Published, changes: list[Change], lease: Lease) -> bool:
    """Show a release to the public and write that down; give whether it is news."""
    is_news = not _is_known(published.release)
    with lease.kept():
        push_pointer(published.release, is_pushed=published.is_new)
        reach("pushed")
        if published.is_new:
            point_to(settings.RELEASES_DIR, published.release)
        if is_news:
            tell_subscribers(published.release)
        _remember(published, changes, lease)
        reach("remembering")
    reach("remembered")
    return is_news


def _shown_release(repair: bool) -> Release | None:
    """Give the release that the public sees. Raises DamagedRelease when it cannot be read.

    For a repair, the newest one that can be read stands in for it.
    """
    folder = settings.RELEASES_DIR
    if repair:
        current = pointed_to(folder)
        return (current and whole(folder, current)) or newest_whole(folder)
    release = current_release(folder)
    if release is None and release_ids(folder):
        raise DamagedRelease("there are releases, but no pointer to the current one")
    return release


def _last_release(shown: Release | None) -> Release | None:
    """Give the release to build upon: after a rollback, that is the one before it.

    It knows the addresses that pages had in the meantime, and that readers may still follow.
    """
    last = Publisher.objects.get(pk=1).release
    if shown is None or last is None or last <= shown.id:
        return shown
    return whole(settings.RELEASES_DIR, last) or shown


def _is_known(release: Release) -> bool:
    """Tell whether the release is what this database was published as: else one of the two was put back."""
    publisher = Publisher.objects.get(pk=1)
    return (publisher.release, publisher.manifest) == (release.id, digest(release.content))


def build_until_quiet(
    before: Release | None,
    blobs: BlobWriter,
    *,
    everything: bool,
    shown: Release | None = None,
    progress: Callable[[int, int], None] | None = None,
    thorough: bool = False,
) -> tuple[Outcome, list[Change]]:
    """Build until nobody has changed anything in the meantime: so what is built was true at one moment.

    Gives what came of it, and all changes that it holds. What changed for readers is told against `shown`, the
    release that they see, where that is not the one to build upon.
    """
    pieces = pieces_in(settings.RELEASES_DIR)
    trees = trees_of(settings.RELEASES_DIR, before, pieces)
    seen = trees_of(settings.RELEASES_DIR, shown or before, pieces)
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
        use_saved_languages()
        use_saved_words()
        options = {"everything": everything, "progress": progress, "thorough": thorough}
        outcome = _merged(outcome, _build(trees, blobs, changes, set(retry), shown=seen, **options))
        trees = seen = outcome.trees
        everything, retry = False, set(outcome.failures)
    return outcome, done


def _build(trees, blobs, changes, retry, *, everything, **options) -> Outcome:
    """Build, leaving out pages that cannot be built and are shown nowhere: nobody may mention them."""
    without: set[tuple[str, str]] = set()
    failures: dict[str, Exception] = {}
    while True:
        library = public_library(without=without) if everything else Library(without=without)
        build = Build(library, trees, blobs, everything=everything, **options)
        outcome = build.run(changes, retry)
        failures |= outcome.failures
        missing = {parts_of(name)[1:] for name in failures if _is_shown_nowhere(name, outcome)}
        if missing <= without:
            return replace(outcome, failures=failures)
        without |= missing


def _is_shown_nowhere(name: str, outcome: Outcome) -> bool:
    """Tell whether a page that could not be built has no last good version, or another stands where that was."""
    return name.startswith("page:") and shown_path(outcome.trees["nodes"].get(name)) is None


def _merged(first: Outcome | None, then: Outcome) -> Outcome:
    if first is None:
        return then
    return Outcome(then.trees, [*first.changes, *then.changes], {**first.failures, **then.failures})


def _write(
    before: Release | None, outcome: Outcome, changes: list[Change], blobs: BlobWriter, *, anew: bool
) -> Published:
    counts = _counts(before, outcome)
    roots = {name: tree.root for name, tree in outcome.trees.items()}
    is_new = anew or not before or any(getattr(before, name) != root for name, root in roots.items())
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
        id=max(next_id(settings.RELEASES_DIR), next_shared_id()),
        parent=before and before.id,
        made_at=utc_time(timezone.now()),
        made_by=tuple(sorted({change.user.get_username() for change in changes if change.user})),
        changes=listed,
        counts=counts,
        **roots,
    )
    write_manifest(settings.RELEASES_DIR, release)
    prepare(settings.RELEASES_DIR, release.resources, before_commit=partial(reach, "index-unfinished"))
    reach("index-ready")
    push(release)
    return Published(release, True, outcome.changes, outcome.failures)


def _remember(published: Published, changes: list[Change], lease: Lease):
    """Write down what is public now, what waits no more, and what could not be built; give the lease back."""
    Change.objects.filter(pk__in=[change.pk for change in changes]).delete()
    Failure.objects.exclude(target__in=published.failures).delete()
    Failure.objects.update(tries=F("tries") + 1, tried_at=Now())
    notes = [failure_of(name, error) for name, error in published.failures.items()]
    Failure.objects.bulk_create(notes, ignore_conflicts=True)
    counted = {}
    if published.is_new:
        seconds = lease.seconds()
        counted = {"publishes": F("publishes") + 1, "publish_seconds": F("publish_seconds") + seconds}
        counted |= {"last_seconds": seconds}
    lease.give_back(
        release=published.release.id,
        manifest=digest(published.release.content),
        succeeded_at=Now(),
        error="",
        failures=0,
        **counted,
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
        failed |= {"failed_publishes": F("failed_publishes") + 1}
        Publisher.objects.filter(pk=1).update(**failed)
    except db.Error as away:
        logger.error("That publishing failed cannot be written down: %s", away)


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
