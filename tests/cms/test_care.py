"""The dashboard says what needs care, in words and with a way there; nothing when all is well."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from cms.models import Failure, Publisher
from cms.worker.loop import beat
from toolkit.models import Mark

pytestmark = pytest.mark.django_db
HEADING = "What needs care"


@pytest.fixture(autouse=True)
def worker(db):
    """A worker has just been seen."""
    beat()


def dashboard(client) -> str:
    return client.get("/admin/").content.decode()


@pytest.fixture
def mark(db) -> Mark:
    return Mark.objects.filter(live=True).first()


def test_nothing_is_said_when_all_is_well(admin_client):
    assert HEADING not in dashboard(admin_client)


def test_broken_part_is_listed_with_its_editor(admin_client, mark):
    Failure.objects.create(target="page:a@en", title="<b>Trust</b>", page_id=mark.pk, reason="A mistake in it.")
    Failure.objects.create(target="feed:@en", title="A part of the site in en", reason="It broke.")
    shown = dashboard(admin_client)
    assert HEADING in shown
    assert f'<a href="/admin/pages/{mark.pk}/edit/">&lt;b&gt;Trust&lt;/b&gt;</a>' in shown
    assert "2 parts of the site could not be built. Readers see their last good versions." in shown
    assert "A mistake in it." in shown
    assert "It broke." in shown
    assert "Since " in shown


def test_late_dates_are_listed(admin_client, mark):
    two_minutes = timedelta(minutes=2)
    Mark.objects.filter(pk=mark.pk).update(expire_at=timezone.now() - two_minutes)
    other = Mark.objects.filter(live=True).exclude(pk=mark.pk).first()
    other.go_live_at = timezone.now() + two_minutes
    other.save_revision().publish()
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now() - two_minutes)
    shown = dashboard(admin_client)
    assert "2 pages should have gone live or come down by now." in shown
    assert "It should have come down." in shown
    assert f'<a href="/admin/pages/{other.pk}/edit/">' in shown
    assert "It should have gone live. Publish it yourself" in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"error": "The disk of the server is full."}, "Publishing fails. The disk of the server is full."),
        ({"worker_seen_at": None}, "No worker has ever been seen."),
    ],
)
def test_trouble_of_all_is_said(admin_client, fields, said):
    Publisher.objects.update(**fields)
    assert said in dashboard(admin_client)


def test_worker_that_comes_first_is_seen(admin_client):
    Publisher.objects.all().delete()
    beat()
    assert Publisher.objects.get().worker_seen_at
    assert HEADING not in dashboard(admin_client)
