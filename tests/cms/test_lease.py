"""The lease: whoever does not hold it writes nothing, and no clock but the database's has a say in that."""

import shutil
import time
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.utils import timezone

from api.releases.manifest import current_release
from cms.models import Change, Publisher
from cms.publishing import lease as leases
from cms.publishing import publish as publishing
from cms.publishing.lease import Lease, LeaseLost, only_publisher
from cms.publishing.publish import publish
from tests.small_site import small_site

pytestmark = pytest.mark.django_db

HOUR = 3600


@pytest.fixture
def site(tmp_path, settings):
    """A small site that is published; its pages by code."""
    settings.RELEASES_DIR = tmp_path / "releases"
    pages = small_site()
    publish()
    return pages


@pytest.fixture(params=[HOUR, -HOUR], ids=["forward", "backward"])
def jump(request, monkeypatch):
    """Makes the clock of this host jump by an hour, for all that asks Python for the time."""
    now, utc = time.time, timezone.now

    def jump():
        monkeypatch.setattr(time, "time", lambda: now() + request.param)
        monkeypatch.setattr(timezone, "now", lambda: utc() + timedelta(seconds=request.param))

    return jump


def held_elsewhere(seconds: int):
    """Let somebody elsewhere hold the lease for so long."""
    Publisher.objects.update_or_create(pk=1)
    ends = Now() + timedelta(seconds=seconds)
    Publisher.objects.filter(pk=1).update(owner="elsewhere:folder 1 a", expires_at=ends)


def edit(page, title: str):
    page.title = title
    page.save_revision().publish()


def test_clock_steals_no_lease(jump):
    held_elsewhere(60)
    jump()
    assert not Lease("here")._take()


def test_clock_keeps_no_lease_alive(jump):
    held_elsewhere(-1)
    jump()
    assert Lease("here")._take()


def test_clock_breaks_no_order(site, jump, settings):
    first = current_release(settings.RELEASES_DIR)
    for number in range(3):
        edit(site["hearing"], f"Hearing {number}")
        last = publish().release
        jump()
    assert (last.id, last.parent) == (first.id + 3, first.id + 2)
    assert current_release(settings.RELEASES_DIR) == last


@pytest.mark.parametrize("step", ["build_until_quiet", "write_manifest"])
def test_lost_lease_writes_no_pointer(site, settings, monkeypatch, step):
    work = getattr(publishing, step)

    def losing(*arguments, **options):
        held_elsewhere(60)
        return work(*arguments, **options)

    before = current_release(settings.RELEASES_DIR)
    edit(site["hearing"], "Heard by others")
    with monkeypatch.context() as patch, pytest.raises(LeaseLost):
        patch.setattr(publishing, step, losing)
        publish()
    assert current_release(settings.RELEASES_DIR) == before
    assert Change.objects.exists()
    assert Publisher.objects.get().owner.startswith("elsewhere:")
    held_elsewhere(-1)
    assert publish().is_new
    assert not Change.objects.exists()


def test_lost_lease_forgets_no_change(site, settings, monkeypatch):
    """Also where what was built is what there was."""
    Change.objects.all().delete()
    Change.objects.create(kind=Change.Kind.PAGE, key=site["hearing"].key, object_id=site["hearing"].pk)

    def losing(*arguments, **options):
        held_elsewhere(60)
        return build(*arguments, **options)

    build = publishing.build_until_quiet
    monkeypatch.setattr(publishing, "build_until_quiet", losing)
    with pytest.raises(LeaseLost):
        publish()
    assert Change.objects.count() == 1


def test_renewing_goes_on_after_an_error(monkeypatch):
    lease, ended = Lease("here"), iter([False, False, True])
    lease._take()
    Publisher.objects.update(expires_at=Now())
    answers = iter([OperationalError("away"), lease._mine()])

    def mine():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(lease, "_mine", mine)
    # The real one would take this test's own data away.
    monkeypatch.setattr(leases.connection._connections[leases.connection._alias], "close", lambda: None)
    lease._renew(type("Ended", (), {"wait": staticmethod(lambda _seconds: next(ended))}))
    assert Publisher.objects.filter(expires_at__gt=Now() + timedelta(seconds=30)).exists()


def test_hosts_of_one_name_are_two_places(tmp_path):
    owners = []
    for host in ("one", "other", "one"):
        with only_publisher(tmp_path / host) as lease:
            owners.append(lease.place)
    assert owners[0] == owners[2] != owners[1]


def test_copies_of_a_folder_are_two_places(tmp_path):
    """As where a second server is made from what the first one has."""
    with only_publisher(tmp_path / "first") as lease:
        first = lease.place
    shutil.copytree(tmp_path / "first", tmp_path / "copy")
    with only_publisher(tmp_path / "copy") as lease:
        assert lease.place != first


def test_owner_fits_whatever_the_path(tmp_path):
    folder = tmp_path.joinpath(*["a long name of a folder"] * 10)
    with only_publisher(folder):
        assert Publisher.objects.get().owner


def test_publisher_does_not_wait_for_itself(site, settings, django_capture_on_commit_callbacks):
    """What a publish itself changes, such as words that an older backup brought back, is published with the rest."""
    with only_publisher(settings.RELEASES_DIR), django_capture_on_commit_callbacks(execute=True):
        site["hearing"].title = "Changed by the publisher"
        site["hearing"].save()
    assert Change.objects.filter(key=site["hearing"].key).exists()
