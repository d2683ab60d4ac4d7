"""What a server can be measured by: the name of each figure, what it means, and where it comes from."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Min
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from api.releases.manifest import Release
from api.releases.server import reader_of
from api.scoring.models import Board
from cms.health import State, check_newest, check_release, read_state
from cms.models import Change, Publisher
from cms.observing.counts import BUCKETS, Told
from cms.webhooks.models import Delivery
from cms.webhooks.models import State as Sending

# Of each figure its kind and its meaning. A time is in seconds since 1970; nothing tells anything of a person.
FIGURES = {
    "mark_requests": ("counter", "Requests that were answered.", ["process", "route", "method", "status"]),
    "mark_request_seconds": ("histogram", "How long it took until an answer began.", ["process", "route"]),
    "mark_process_started_at_seconds": ("gauge", "When a process began to count.", ["process"]),
    "mark_release_id": ("gauge", "The release that is shown.", []),
    "mark_release_made_at_seconds": ("gauge", "When the release that is shown was made.", []),
    "mark_release_is_newest": ("gauge", "1 if the newest release is the one that is shown, else 0.", []),
    "mark_disk_free_bytes": ("gauge", "Room that is left on the disk of the data folder.", []),
    "mark_disk_size_bytes": ("gauge", "Size of the disk of the data folder.", []),
    "mark_database_up": (
        "gauge",
        "1 if the database answers in time, else 0; then all figures below are missing.",
        [],
    ),
    "mark_publishes": ("counter", "Releases that were made.", []),
    "mark_publish_seconds": ("counter", "How long it took to make all of them.", []),
    "mark_publish_last_seconds": ("gauge", "How long it took to make the last one.", []),
    "mark_publish_failures": ("counter", "Publishes that failed as a whole.", []),
    "mark_publish_failures_in_a_row": ("gauge", "How many of them since the last one that succeeded.", []),
    "mark_published_at_seconds": ("gauge", "When a publish last succeeded.", []),
    "mark_failed_parts": ("gauge", "Parts of the site that could not be built: readers see older ones.", []),
    "mark_changes_waiting": ("gauge", "Changes that wait to be published.", []),
    "mark_changes_waiting_since_seconds": (
        "gauge",
        "When the oldest of them was made; missing where none waits.",
        [],
    ),
    "mark_dates_overdue": ("gauge", "Pages that should have gone live or come down a minute ago.", []),
    "mark_worker_seen_at_seconds": ("gauge", "When a worker last said that it is there.", []),
    "mark_boards_open": ("gauge", "Scoring boards that take scores.", []),
    "mark_webhooks_waiting": ("gauge", "Messages to subscribers that are still to be delivered.", []),
    "mark_webhooks_due_at_seconds": (
        "gauge",
        "When the first of them was to be tried; missing where none waits.",
        [],
    ),
    "mark_webhooks_failed": ("gauge", "Messages that were given up, of the last month.", []),
}
KINDS = {"counter": CounterMetricFamily, "gauge": GaugeMetricFamily, "histogram": HistogramMetricFamily}


@dataclass(frozen=True)
class Stored:
    """What the database says: of publishing, as its health is judged by, and beside it."""

    state: State
    publisher: Publisher
    changes: int
    boards: int
    waiting: int
    due_at: datetime | None
    failed: int


def read_stored() -> Stored:
    """Ask the database. Raises what it raises when it is away."""
    waiting = Delivery.objects.filter(state=Sending.WAITING)
    return Stored(
        state=read_state(),
        publisher=Publisher.objects.filter(pk=1).first() or Publisher(),
        changes=Change.objects.count(),
        boards=Board.objects.filter(is_open=True).count(),
        waiting=waiting.count(),
        due_at=waiting.aggregate(first=Min("next_at"))["first"],
        failed=Delivery.objects.filter(state=Sending.FAILED).count(),
    )


def family(name: str):
    """Give a figure without any value yet."""
    kind, meaning, labels = FIGURES[name]
    return KINDS[kind](name, meaning, labels=labels)


def single(name: str, value: float | datetime | None) -> Iterator:
    """Give a figure that has one value, nothing where there is none."""
    if value is not None:
        made = family(name)
        made.add_metric([], value.timestamp() if isinstance(value, datetime) else value)
        yield made


def of_processes(counted: list[Told]) -> Iterator:
    """Give what the processes of this server have counted."""
    requests, seconds, started = map(
        family, ("mark_requests", "mark_request_seconds", "mark_process_started_at_seconds")
    )
    for told in counted:
        started.add_metric([told.process], told.started_at)
        for key, number in sorted(told.requests.items()):
            requests.add_metric([told.process, *key], number)
        for kind, times in sorted(told.times.items()):
            seconds.add_metric([told.process, kind], cumulated(times), told.seconds[kind])
    yield from (requests, seconds, started)


def cumulated(times: list[int]) -> list[tuple[str, int]]:
    """Give how many fell into each bucket or one before it, as Prometheus has them."""
    return [(str(edge), sum(times[: place + 1])) for place, edge in enumerate((*BUCKETS, "+Inf"))]


def of_server() -> Iterator:
    """Give what is known without the database: of the release, and of the disk."""
    shown = check_release().figures["id"]
    release: Release | None = reader_of(settings.RELEASES_DIR).release
    yield from single("mark_release_id", shown)
    yield from single("mark_release_made_at_seconds", release and datetime.fromisoformat(release.made_at))
    yield from single("mark_release_is_newest", int(check_newest(shown).is_well))
    disk = shutil.disk_usage(settings.DATA_DIR)
    yield from single("mark_disk_free_bytes", disk.free)
    yield from single("mark_disk_size_bytes", disk.total)


def of_database(stored: Stored | None) -> Iterator:
    """Give what the database says, where it does."""
    yield from single("mark_database_up", int(stored is not None))
    if stored is None:
        return
    state, publisher = stored.state, stored.publisher
    values = {
        "mark_publishes": publisher.publishes,
        "mark_publish_seconds": publisher.publish_seconds,
        "mark_publish_last_seconds": publisher.last_seconds,
        "mark_publish_failures": publisher.failed_publishes,
        "mark_publish_failures_in_a_row": publisher.failures,
        "mark_published_at_seconds": publisher.succeeded_at,
        "mark_failed_parts": state.failed_parts,
        "mark_changes_waiting": stored.changes,
        "mark_changes_waiting_since_seconds": state.waiting_since,
        "mark_dates_overdue": state.overdue,
        "mark_worker_seen_at_seconds": state.worker_seen_at,
        "mark_boards_open": stored.boards,
        "mark_webhooks_waiting": stored.waiting,
        "mark_webhooks_due_at_seconds": stored.due_at,
        "mark_webhooks_failed": stored.failed,
    }
    for name, value in values.items():
        yield from single(name, value)
