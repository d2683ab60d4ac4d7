"""Going back to a release that is kept, and forward again."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from api.releases.files import locked
from api.releases.manifest import Release, read_release
from api.releases.verify import pointed_to, pointer_faults, release_faults
from api.search.files import prepare
from cms.consent.withdrawal.burying import withdrawn_blobs
from cms.publishing.lease import only_publisher
from cms.publishing.purging import came_back
from cms.publishing.push import push, push_pointer
from cms.publishing.writer import point_to
from toolkit.models import Withdrawal


class UnableToRollBack(Exception):
    """The public goes on seeing what it saw; the message says why."""


@dataclass(frozen=True)
class RolledBack:
    """Which release the public sees now, which one it saw before, and whether the database took no part in it."""

    release: Release
    before: int | None
    without_database: bool


def roll_back(
    folder: Path, release_id: int, *, progress: Callable[[int, int], None] = lambda done, total: None
) -> RolledBack:
    """Make a kept release the current one, if each of its files is sound. Raises UnableToRollBack and LeaseLost.

    It works without the database, too: then only this machine's publishers are kept waiting.
    """
    before = pointed_to(folder)
    if release_id == before and not pointer_faults(folder):
        raise UnableToRollBack(f"Release {release_id} is the current one already.")
    if faults := release_faults(folder, [release_id], progress):
        listed = "\n".join(f"  {fault}" for fault in faults)
        raise UnableToRollBack(f"Release {release_id} is damaged, so the public still sees what it saw:\n{listed}")
    _refuse_withdrawn(folder)
    try:
        with only_publisher(folder) as lease:
            _refuse_half_taken_back()
            return RolledBack(_point(folder, release_id, lease.kept()), before, False)
    except OSError as error:
        raise UnableToRollBack(f"Nothing was changed, for it could not be written: {error}") from error
    except DatabaseError:
        # It is needed just when things are broken.
        pass
    with locked(folder):
        return RolledBack(_point(folder, release_id, nullcontext()), before, True)


def _refuse_withdrawn(folder: Path):
    """Refuse where an older copy of the folder has brought back what somebody took back. Asks no database."""
    if came_back(folder, withdrawn_blobs(folder)):
        raise UnableToRollBack(
            "An older copy of this folder has brought back words that somebody has taken back. Take them out first: "
            "manage.py withdrawals"
        )


def _refuse_half_taken_back():
    """Refuse while older releases may still show what somebody is taking back, as while the storage fails."""
    if Withdrawal.objects.filter(finished_at=None).exists():
        raise UnableToRollBack(
            "Somebody is just taking words back, which older releases may still show. Try again in five minutes. If "
            "this is still said then, end it with: manage.py withdrawals"
        )


def _point(folder: Path, release_id: int, while_only_publisher: AbstractContextManager) -> Release:
    # It may have been pruned while it was being looked at.
    release = read_release(folder, release_id)
    prepare(folder, release.resources)
    push(release)
    with while_only_publisher:
        push_pointer(release, is_pushed=True)
        point_to(folder, release)
    return release
