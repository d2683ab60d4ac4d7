"""What was left waiting is published by itself, after a pause that grows, and not while somebody is at work."""

from datetime import timedelta

import pytest
from django.db.models import F

from api.releases.manifest import current_id
from cms.models import Change, Failure, Publisher
from cms.publishing.lease import only_publisher, somebody_publishes
from cms.worker.left import publish_what_is_left
from cms.worker.retries import pause_after

pytestmark = pytest.mark.django_db


def leave(page, *, seconds: float = 10):
    """Change a page as somebody does whose process is killed before it publishes, so long ago."""
    page.title += ", changed"
    page.save_revision().publish()
    made = Change.objects.order_by("-pk").first()
    Change.objects.filter(pk=made.pk).update(made_at=made.made_at - timedelta(seconds=seconds))


def let_time_pass(*, seconds: float):
    """Move every failure so far into the past."""
    passed = timedelta(seconds=seconds)
    Publisher.objects.exclude(failed_at=None).update(failed_at=F("failed_at") - passed)
    Failure.objects.update(tried_at=F("tried_at") - passed)


def no_space(*arguments, **named):
    raise OSError(28, "No space left on device")


def broken(*arguments, **named):
    raise RuntimeError("a template is broken")


def test_left_change_is_published(site, releases):
    before = current_id(releases)
    leave(site["hearing"])
    publish_what_is_left()
    assert current_id(releases) == before + 1
    assert not Change.objects.exists()


def test_fresh_change_is_left_to_its_maker(site, releases):
    before = current_id(releases)
    leave(site["hearing"], seconds=0)
    publish_what_is_left()
    assert current_id(releases) == before


def test_nothing_left_writes_nothing(site, releases):
    before, seen = current_id(releases), Publisher.objects.get().succeeded_at
    publish_what_is_left()
    assert (current_id(releases), Publisher.objects.get().succeeded_at) == (before, seen)


def test_unpublished_database_waits_for_nothing(releases):
    Publisher.objects.all().delete()
    publish_what_is_left()
    assert current_id(releases) is None


def test_failed_publish_is_tried_after_growing_pauses(site, releases, monkeypatch):
    before = current_id(releases)
    leave(site["hearing"])
    with monkeypatch.context() as patch:
        patch.setattr("cms.publishing.publish.write_manifest", no_space)
        for failures in (1, 2, 3):
            with pytest.raises(OSError, match="No space"):
                publish_what_is_left()
            assert Publisher.objects.get().failures == failures
            let_time_pass(seconds=pause_after(failures) - 1)
            publish_what_is_left()
            assert Publisher.objects.get().failures == failures
            let_time_pass(seconds=1)
    assert current_id(releases) == before
    publish_what_is_left()
    assert current_id(releases) == before + 1
    assert (Publisher.objects.get().failures, Publisher.objects.get().error) == (0, "")


def test_failed_part_is_tried_after_growing_pauses(site, releases, reader, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("cms.publishing.pages.page_html", broken)
        leave(site["a-guide"])
        publish_what_is_left()
        first = Failure.objects.get(title="A guide, changed")
        assert first.tries == 1
        publish_what_is_left()
        assert Failure.objects.get(pk=first.pk).tries == 1
        let_time_pass(seconds=pause_after(1))
        publish_what_is_left()
        again = Failure.objects.get(pk=first.pk)
        assert (again.tries, again.since) == (2, first.since)
    let_time_pass(seconds=pause_after(1))
    publish_what_is_left()
    assert b"A guide, changed" not in reader.content("/en/a-guide/")
    let_time_pass(seconds=pause_after(2))
    publish_what_is_left()
    assert b"A guide, changed" in reader.content("/en/a-guide/")
    assert not Failure.objects.exists()


def test_working_publisher_is_left_in_peace(site, releases, monkeypatch):
    # Else it would wait for its turn, for ever.
    monkeypatch.setattr("cms.worker.left.publish", broken)
    leave(site["hearing"])
    with only_publisher(releases):
        assert somebody_publishes(releases)
        publish_what_is_left()
    assert not somebody_publishes(releases)
    with pytest.raises(RuntimeError):
        publish_what_is_left()


@pytest.mark.parametrize(("owner", "busy"), [("elsewhere:/releases 1 a", True), ("{place} 1 a", False), ("", False)])
def test_lease_counts_only_of_other_places(site, releases, owner, busy):
    """Whoever has the lock of this folder knows that its last owner is dead, also before the lease has ended."""
    with only_publisher(releases) as lease:
        place = lease.place
    Publisher.objects.update(owner=owner.format(place=place), expires_at=F("succeeded_at") + timedelta(hours=1))
    assert somebody_publishes(releases) is busy
    Publisher.objects.update(expires_at=F("succeeded_at") - timedelta(hours=1))
    assert not somebody_publishes(releases)
