"""How publishing is: each check in words, from one look at the database and one at the release."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from api.releases.manifest import current_id
from api.releases.server import reader_of
from api.releases.tree import DamagedRelease
from api.releases.views import INDEX_PATH
from cms.backups.state import Backups
from cms.models import Change, Failure, Publisher
from cms.worker.dates import to_go_live, to_take_down

# What takes longer needs somebody's care.
PATIENCE = timedelta(seconds=60)
# A worker says every 10 seconds that it is there.
UNSEEN = timedelta(seconds=90)


@dataclass(frozen=True)
class State:
    """What the database says about publishing, all times by the clock of the database.

    `is_at_work`: somebody publishes just now. `failed_parts` and `overdue` are numbers of parts and of dates.
    """

    now: datetime
    waiting_since: datetime | None = None
    error: str = ""
    failed_parts: int = 0
    overdue: int = 0
    worker_seen_at: datetime | None = None
    is_at_work: bool = False


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is well, what to say about it, and its figure, where it has one."""

    name: str
    is_well: bool
    says: str
    figures: dict = field(default_factory=dict)


def read_state() -> State:
    """Ask the database. Raises what it raises when it is away."""
    publisher = Publisher.objects.annotate(now=Now()).filter(pk=1).first() or Publisher()
    now = getattr(publisher, "now", None) or timezone.now()
    return State(
        now=now,
        waiting_since=Change.objects.aggregate(since=Min("made_at"))["since"],
        error=publisher.error,
        failed_parts=Failure.objects.count(),
        overdue=to_take_down(late=PATIENCE).count() + to_go_live(late=PATIENCE).count(),
        worker_seen_at=publisher.worker_seen_at,
        is_at_work=bool(publisher.owner and publisher.expires_at and publisher.expires_at > now),
    )


def checks_of(state: State) -> list[Check]:
    """Give every check of what the database says."""
    return [_publishing(state), _waiting(state), _parts(state), _dates(state), _worker(state)]


def _publishing(state: State) -> Check:
    says = _("Publishing fails. {reason}").format(reason=state.error) if state.error else _("Publishing works.")
    return Check("publishing", not state.error, says)


def _waiting(state: State) -> Check:
    seconds = _seconds(state.now, state.waiting_since)
    if seconds <= PATIENCE.total_seconds():
        return Check("changes", True, _("No change has been waiting for long."), {"seconds_waiting": seconds})
    time = timesince(state.waiting_since, state.now)
    says = _("Changes have been waiting to be published for {time}.").format(time=time)
    return Check("changes", False, says, {"seconds_waiting": seconds})


def _parts(state: State) -> Check:
    number = state.failed_parts
    says = _("Every part of the site could be built.")
    if number:
        says = ngettext(
            "{number} part of the site could not be built. Readers see its last good version.",
            "{number} parts of the site could not be built. Readers see their last good versions.",
            number,
        ).format(number=number)
    return Check("parts", not number, says, {"failed": number})


def _dates(state: State) -> Check:
    number = state.overdue
    says = _("All dates to go live or to come down were kept.")
    if number:
        says = ngettext(
            "{number} page should have gone live or come down by now.",
            "{number} pages should have gone live or come down by now.",
            number,
        ).format(number=number)
    return Check("dates", not number, says, {"overdue": number})


def _worker(state: State) -> Check:
    if state.worker_seen_at is None:
        return Check("worker", False, _("No worker has ever been seen. Dates are not kept. Start one: make worker"))
    seconds = _seconds(state.now, state.worker_seen_at)
    # Who is busy with a long publish says nothing else for that time.
    if state.is_at_work or seconds <= UNSEEN.total_seconds():
        return Check("worker", True, _("A worker is there."), {"seconds_unseen": seconds})
    time = timesince(state.worker_seen_at, state.now)
    says = _("No worker has been seen for {time}. Dates are not kept. Start one: make worker").format(time=time)
    return Check("worker", False, says, {"seconds_unseen": seconds})


def _seconds(now: datetime, since: datetime | None) -> int:
    return max(0, int((now - since).total_seconds())) if since else 0


def check_release() -> Check:
    """Say which release this process shows. It is well as long as it can show one."""
    reader = reader_of(settings.RELEASES_DIR)
    try:
        is_readable = reader.find(INDEX_PATH) is not None
    except (OSError, DamagedRelease):
        is_readable = False
    if not is_readable:
        return Check("release", False, _("No release can be read: there is nothing to show."), {"id": None})
    return Check("release", True, _("Release {id} is shown.").format(id=reader.release.id), {"id": reader.release.id})


def check_newest(shown: int | None) -> Check:
    """Say whether the release that is shown is the newest one."""
    try:
        newest = current_id(settings.RELEASES_DIR)
    except (OSError, DamagedRelease):
        newest = None
    says = _("The newest release is shown.") if newest == shown else _("The newest release cannot be read.")
    return Check("newest_release", newest == shown, says, {"id": newest})


def check_backup(backups: Backups) -> Check:
    """Say how old the newest backup is that was restored on trial."""
    seconds = backups.age and int(backups.age.total_seconds())
    figures = {"seconds_old": seconds, "count": backups.count}
    if backups.error:
        return Check(
            "backup", False, _("The backups cannot be looked at. {reason}").format(reason=backups.error), figures
        )
    if backups.age is None:
        return Check("backup", False, _("There is no backup yet that was restored on trial."), figures)
    time = timesince(backups.tried, backups.now)
    says = _("The newest backup that was restored on trial is {time} old.").format(time=time)
    return Check("backup", backups.is_well, says, figures)
