"""The figures of a server: who may see them, what they say, and that they say nothing of anybody."""

import re
from datetime import timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from api.releases.server import PublicSite
from api.scoring.polling import Polling
from cms.models import Change, Failure, Publisher
from cms.observing import metrics
from cms.observing.counts import Counts, all_counts
from cms.observing.figures import FIGURES, read_stored
from cms.observing.requests import Counted
from cms.publishing.publish import publish
from cms.webhooks.models import Delivery, Subscriber
from cms.worker.loop import beat
from tests.api.scoring.boards import opened
from tests.small_site import small_site
from tests.wsgi import Answer
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

TOKEN = "0123456789abcdef0123"


@pytest.fixture(autouse=True)
def site(starter_release, settings, tmp_path, monkeypatch):
    """A server that is measured; the database is asked in the test's own thread, which sees what it has done."""
    settings.RELEASES_DIR = starter_release
    settings.METRICS_TOKEN, settings.COUNTS_DIR = TOKEN, tmp_path / "counts"
    monkeypatch.setattr(metrics.question, "state", read_stored)


def scrape(client) -> dict[str, dict[tuple, float]]:
    """Give every figure: of each name its values by their labels, in the order of their names."""
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}", "host": "10.1.2.3"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    samples = [sample for one in text_string_to_metric_families(answer.content.decode()) for sample in one.samples]
    figures = {}
    for sample in samples:
        figures.setdefault(sample.name, {})[tuple(sample.labels[name] for name in sorted(sample.labels))] = (
            sample.value
        )
    return figures


def one(client, name: str) -> float:
    return scrape(client)[name][()]


@pytest.mark.parametrize(
    "shown", ["", TOKEN, "Bearer", f"Bearer {TOKEN}x", "Bearer \u00e9", "Basic 0123456789abcdef0123"]
)
def test_figures_are_nobody_elses(client, shown):
    answer = client.get("/metrics", headers={"authorization": shown})
    assert (answer.status_code, answer.content) == (404, b"")


def test_without_a_token_there_are_none(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def make_trouble():
    """Make something of everything that goes wrong."""
    hour = timedelta(hours=1)
    opened()
    beat()
    Publisher.objects.update(succeeded_at=timezone.now(), failures=2, failed_publishes=5)
    Failure.objects.create(target="page:a@en", title="zqneedle", reason="zqneedle")
    Mark.objects.filter(code="listening", locale__language_code="en").update(expire_at=timezone.now() - hour)
    Change.objects.create(kind=Change.Kind.EVERYTHING)
    Change.objects.update(made_at=timezone.now() - hour)
    Delivery.objects.create(subscriber=Subscriber.objects.create(url="https://zqneedle.example"), body="zqneedle")
    Delivery.objects.create(subscriber=Subscriber.objects.get(), body="zqneedle", state="failed")


def test_trouble_can_be_measured(client):
    make_trouble()
    figures, now = scrape(client), timezone.now().timestamp()
    said = {name: values[()] for name, values in figures.items() if () in values}
    assert said["mark_boards_open"] == said["mark_dates_overdue"] == said["mark_failed_parts"] == 1
    assert said["mark_changes_waiting"] == said["mark_webhooks_waiting"] == said["mark_webhooks_failed"] == 1
    assert (said["mark_publish_failures_in_a_row"], said["mark_publish_failures_total"]) == (2, 5)
    assert said["mark_worker_seen_at_seconds"] == pytest.approx(now, abs=30)
    assert said["mark_changes_waiting_since_seconds"] == pytest.approx(now - 3600, abs=30)
    assert (said["mark_release_id"], said["mark_release_is_newest"], said["mark_database_up"]) == (1, 1, 1)
    assert 0 < said["mark_disk_free_bytes"] < said["mark_disk_size_bytes"]
    assert "needle" not in str(figures)


def test_every_figure_is_told(client, settings):
    make_trouble()
    Publisher.objects.update(last_seconds=3)
    counts = Counts(settings.COUNTS_DIR)
    Answer(Counted(WSGIHandler(), counts), "/livez")
    counts.tell()
    names = {re.sub("_(total|bucket|count|sum|created)$", "", name) for name in scrape(client)}
    assert names == set(FIGURES)


def test_publishes_are_counted(client, settings, tmp_path, monkeypatch):
    settings.RELEASES_DIR = tmp_path / "counted"
    small_site()
    publish()
    made, took = one(client, "mark_publishes_total"), one(client, "mark_publish_seconds_total")
    Change.objects.create(kind=Change.Kind.EVERYTHING)
    # What has not changed is no new release.
    publish()
    assert one(client, "mark_publishes_total") == made > 0
    assert 0 < one(client, "mark_publish_last_seconds") <= took

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cms.publishing.publish.build_until_quiet", full)
    with pytest.raises(OSError, match="No space"):
        publish()
    assert (one(client, "mark_publishes_total"), one(client, "mark_publish_failures_total")) == (made, 1)


def test_database_that_is_away_is_told(client, monkeypatch):
    monkeypatch.setattr(metrics.question, "state", lambda: None)
    figures = scrape(client)
    assert figures["mark_database_up"] == {(): 0}
    assert figures["mark_release_id"] == {(): 1}
    assert "mark_boards_open" not in figures


def test_database_is_not_waited_for_long(client, monkeypatch):
    def broken():
        raise OperationalError

    monkeypatch.undo()
    monkeypatch.setattr(metrics, "read_stored", broken)
    assert metrics.question.state() is None


def test_answers_are_counted_by_class(client, settings):
    person, _keeper = opened()
    counts = Counts(settings.COUNTS_DIR)
    application = Counted(PublicSite(Polling(WSGIHandler()), settings.RELEASES_DIR), counts)
    asked = [
        "/en/",
        "/en/",
        "/en/nowhere/",
        "/draft/zqneedle/",
        "/en/score/",
        "/zqneedle",
        "/admin/login/?q=zqneedle",
    ]
    for path in [*asked, "/api/v1/en/search/?q=zqneedle", "/static/zqneedle.css"]:
        Answer(application, path)
    Answer(application, "/api/v1/board/", authorization=f"Bearer {person.token}")
    Answer(application, "/en/", "ZQNEEDLE")
    counts.tell()
    figures = scrape(client)
    place = str(counts.place)
    assert figures["mark_requests_total"] == {
        ("GET", place, "released", "200"): 2,
        ("GET", place, "site", "404"): 1,
        ("GET", place, "drafts", "404"): 1,
        ("GET", place, "scoring_pages", "200"): 1,
        ("GET", place, "nowhere", "404"): 1,
        ("GET", place, "admin", "200"): 1,
        ("GET", place, "api", "200"): 1,
        ("GET", place, "static", "404"): 1,
        ("GET", place, "scoring_poll", "200"): 1,
        ("other", place, "site", "405"): 1,
    }
    assert figures["mark_request_seconds_count"][place, "released"] == 2
    assert figures["mark_request_seconds_bucket"]["+Inf", place, "released"] == 2
    assert 0 < figures["mark_request_seconds_sum"][place, "released"] < 60
    assert "needle" not in str(figures)


def test_processes_are_counted_apart(tmp_path):
    first, second = Counts(tmp_path), Counts(tmp_path)
    first.note("released", "GET", "200", 0.002)
    second.note("released", "GET", "200", 20)
    first.tell()
    second.tell()
    told = {one.process: one for one in all_counts(tmp_path)}
    assert set(told) == {"1", "2"}
    assert told["1"].times["released"][:2] == [0, 1]
    assert told["2"].times["released"][-1] == 1


def test_process_that_is_gone_is_not_told(tmp_path):
    gone, here = Counts(tmp_path), Counts(tmp_path)
    gone.note("released", "GET", "200", 0.002)
    gone.tell()
    gone.held.close()
    assert [one.process for one in all_counts(tmp_path)] == ["2"]
    # Whoever takes its place begins anew.
    next_one = Counts(tmp_path)
    assert (next_one.place, here.place) == (1, 2)
    assert [one.requests for one in all_counts(tmp_path)] == [{}, {}]
