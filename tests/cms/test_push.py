"""Publishing on several servers: one database, one shared storage, and a release folder on each server."""

import shutil
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from api.releases.manifest import blob_path, current_release, manifest_path, release_ids
from api.releases.pull import pull
from api.releases.shared import shared_storage
from cms.models import Change, Publisher
from cms.publishing import publish as publishing
from cms.publishing import purging, rollback
from cms.publishing.check import differences
from cms.publishing.lease import LeaseLost
from cms.publishing.push import Send, push, push_pointer
from tests.releases import go_to, publish_everything, released, shown
from tests.shared import contents, counted, damage, sharing
from tests.small_site import small_site

pytestmark = pytest.mark.django_db

HEARING = "/api/v1/en/marks/hearing/"


@pytest.fixture
def storage(tmp_path, settings):
    """The folder of an empty shared storage."""
    settings.STORAGES = settings.STORAGES | sharing(tmp_path / "storage")
    return tmp_path / "storage"


@pytest.fixture
def server(db, tmp_path, settings):
    """Makes what follows happen on another server, by its name; gives its release folder."""

    def go(name: str):
        settings.RELEASES_DIR = tmp_path / name
        return settings.RELEASES_DIR

    go("one")
    return go


@pytest.fixture
def site(server, storage):
    """A small site that server one has published; its pages by code."""
    pages = small_site()
    publish_everything()
    return pages


@pytest.fixture
def edit(site, django_capture_on_commit_callbacks):
    """Changes the title of a page, which is published after it."""

    def change(code: str, title: str):
        site[code].title = title
        with django_capture_on_commit_callbacks(execute=True):
            site[code].save_revision().publish()

    return change


def test_storage_holds_what_the_server_has(site, storage, server):
    assert contents(storage) == contents(server("one"))


def test_other_server_shows_what_was_published(edit, storage, server):
    edit("hearing", "Really hearing")
    pull(server("two"), shared_storage())
    assert shown(server("one")) == shown(server("two"))
    assert b"Really hearing" in shown(server("two"))[HEARING]


def test_one_change_costs_few_requests(edit, storage, server):
    edit("hearing", "Really hearing")
    before = contents(storage)
    with counted() as asked:
        edit("hearing", "Truly hearing")
    new = contents(storage).keys() - before.keys()
    assert 10 < len(new) < len(before) / 2
    # The new files once each, and the pointer; of those that were there only few are even looked for.
    assert asked["write"] == len(new) + 1
    assert asked["look"] < len(new) + 10
    assert asked["list"] == 1
    assert asked["read"] <= 6


def test_interrupted_push_goes_on_where_it_was(edit, storage, server):
    before = contents(storage)
    with counted(fails_at=("write", 9)):
        edit("hearing", "Really hearing")
    between = contents(storage)
    with counted() as asked:
        publishing.publish()
    assert len(between) == len(before) + 8
    assert asked["write"] == len(contents(storage)) - len(between) + 1


def test_two_servers_build_upon_each_other(edit, site, storage, server):
    titles, ids = {}, [current_release(storage).id]
    for number in range(6):
        server(("one", "two")[number % 2])
        code = ("hearing", "speaking", "a-guide")[number % 3]
        titles[code] = f"Title {number}"
        edit(code, titles[code])
        ids.append(current_release(storage).id)
        assert differences() == []
    assert ids == [1, 2, 3, 4, 5, 6, 7]
    assert all(title in str(shown(storage)) for title in titles.values())
    assert not Change.objects.exists()


def test_following_publish_is_incremental(edit, storage, server, monkeypatch):
    pull(server("two"), shared_storage())
    edit("hearing", "Really hearing")
    built = []
    monkeypatch.setattr(
        publishing, "Build", lambda *arguments, **named: built.append(named) or Build(*arguments, **named)
    )
    server("one")
    edit("speaking", "Really speaking")
    assert [named["everything"] for named in built] == [False]


Build = publishing.Build


def test_new_server_never_takes_an_old_id(edit, storage, server):
    edit("hearing", "Really hearing")
    edit("hearing", "Truly hearing")
    # A rollback, which a new server knows nothing about but the release that is current.
    push_pointer(read(server("one"), 1))
    server("two")
    edit("speaking", "Really speaking")
    assert current_release(storage).id == 4
    assert release_ids(storage) == [1, 2, 3, 4]


def read(folder, release_id: int):
    go_to(folder, release_id)
    return current_release(folder)


def test_rollback_reaches_other_servers(edit, storage, server):
    edit("hearing", "Really hearing")
    two = server("two")
    pull(two, shared_storage())
    one = server("one")
    push_pointer(read(one, 1))
    assert pull(two, shared_storage()).release.id == 1
    assert shown(one) == shown(two)


def test_rollback_brings_what_the_storage_lacks(edit, storage, server):
    """A server that published alone before it shared has releases that the storage never saw."""
    edit("hearing", "Really hearing")
    still_used = used(server("one"), 2)
    manifest_path(storage, 1).unlink()
    for name in contents(storage):
        if name.startswith("blobs/") and name not in still_used:
            (storage / name).unlink()
    push_pointer(read(server("one"), 1))
    pull(server("two"), shared_storage())
    assert shown(server("one")) == shown(server("two"))


def used(folder, release_id: int) -> set[str]:
    """Give the names of the files that a server fetches for a release."""
    now = current_release(folder)
    go_to(folder, release_id)
    names = contents(copy_of(folder)).keys()
    go_to(folder, now.id)
    return names


def copy_of(folder):
    """Pull the current release of a folder into an empty one."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    pull(copy, shared_storage())
    return copy


def test_site_that_begins_to_share_brings_its_release(server, tmp_path, settings):
    small_site()
    publish_everything()
    settings.STORAGES = settings.STORAGES | sharing(tmp_path / "late")
    assert not publishing.publish().is_new
    assert contents(tmp_path / "late") == contents(server("one"))


@pytest.fixture
def overtaken(site, server, monkeypatch):
    """Lets server one stand still at a call, until server two has published a title in its place; gives when."""

    def at(owner: object, name: str, code: str, title: str) -> list[bool]:
        call, moments = getattr(owner, name), []

        def overtake(*arguments, **options):
            if not moments:
                moments.append(True)
                Publisher.objects.update(expires_at=Now() - timedelta(seconds=1))
                server("two")
                site[code].title = title
                site[code].save_revision().publish()
                publishing.publish()
                server("one")
            return call(*arguments, **options)

        monkeypatch.setattr(owner, name, overtake)
        return moments

    return at


def test_publisher_that_was_overtaken_leaves_the_storage_whole(edit, server, overtaken):
    moments = overtaken(Send, "release", "speaking", "Speaking up")
    edit("hearing", "Really hearing")
    assert moments
    pull(server("three"), shared_storage())
    assert shown(server("three")) == shown(server("two"))
    assert b"Really hearing" in shown(server("three"))[HEARING]


def test_rollback_that_was_overtaken_changes_nothing(edit, server, overtaken):
    edit("hearing", "Really hearing")
    overtaken(rollback, "prepare", "speaking", "Speaking up")
    with pytest.raises(LeaseLost, match="Somebody else has begun to publish. Nothing was changed"):
        rollback.roll_back(server("one"), 1)
    assert current_release(server("one")).id == 2
    pull(server("three"), shared_storage())
    assert shown(server("three")) == shown(server("two"))
    assert b"Really hearing" in shown(server("three"))[HEARING]


def test_purge_that_was_overtaken_takes_nothing_that_is_needed(edit, site, server, overtaken):
    """What it was about to remove is shown again."""
    edit("hearing", "Really hearing")
    overtaken(purging, "push_without", "hearing", "Hearing")
    with pytest.raises(LeaseLost):
        purging.purge_releases(server("one"), [site["hearing"].key], current=current_release(server("one")))
    pull(server("three"), shared_storage())
    assert shown(server("three")) == shown(server("two"))


@pytest.mark.parametrize("what", ["write", "look", "list", "delete"])
def test_purge_that_failed_in_the_storage_is_made_up_for(what, edit, site, server, storage):
    """The storage may fail at any moment: what was to go is gone with the next purge, and told as of the first."""

    def purge() -> purging.Purged:
        return purging.purge_releases(server("one"), [site["hearing"].key], current=current_release(server("one")))

    edit("hearing", "What nobody may read")
    edit("hearing", "Hearing again")
    before, here = contents(storage), contents(server("one"))
    with counted() as asked:
        expected = purge()
    after, last = contents(storage), asked[what]
    assert b"What nobody may read" not in b"".join(after.values())
    for step in sorted({1, 2, last // 2, last} & set(range(1, last + 1))):
        for folder, files in ((storage, before), (server("one"), here)):
            shutil.rmtree(folder)
            restore(folder, files)
        with counted(fails_at=(what, step)), pytest.raises(OSError, match="the network is down"):
            purge()
        assert (purge(), contents(storage)) == (expected, after)
        assert contents(server("one")) == after


@pytest.mark.parametrize("what", ["read", "write", "look", "list"])
def test_storage_that_fails_keeps_the_old_everywhere(what, site, edit, storage, server):
    before, told = contents(storage), []
    with counted() as asked:
        edit("speaking", "Speaking up")
    shutil.rmtree(storage)
    restore(storage, before)
    shutil.rmtree(server("one"))
    restore(server("one"), before)
    # The first, the last (the manifest and the pointer), and some in between: there are dozens.
    last = asked[what]
    for step in sorted({1, 2, 3, last // 2, last - 1, last} & set(range(1, last + 1))):
        with counted(fails_at=(what, step)):
            edit("hearing", f"Title {step}")
        assert current_release(storage).id == current_release(server("one")).id == 1
        assert shown(storage) == shown(server("one"))
        told.append(Publisher.objects.get().error)
    assert set(told) == {"The storage that the servers share did not answer. It is tried again by itself."}
    edit("a-guide", "Guide")
    assert f"Title {last}" in str(shown(storage)[HEARING])
    pull(server("two"), shared_storage())
    assert shown(server("two")) == shown(storage) == shown(server("one"))


def restore(folder, files: dict[str, bytes]):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_publisher_replaces_a_damaged_release(edit, site, storage, server):
    edit("hearing", "Really hearing")
    damage(storage, released(storage)[HEARING].sha256)
    server("two")
    edit("speaking", "Speaking up")
    pull(server("three"), shared_storage())
    assert shown(server("three")) == shown(server("two"))
    assert b"Really hearing" in shown(server("three"))[HEARING]


def test_damaged_pointer_is_mended_by_publishing(site, storage, server):
    (storage / "current").write_bytes(b"nonsense")
    publishing.publish()
    assert shown(storage) == shown(server("one"))


def test_damage_here_is_not_sent(site, storage, server, tmp_path, settings):
    release = current_release(server("one"))
    settings.STORAGES = settings.STORAGES | sharing(tmp_path / "new")
    damage(server("one"), released(server("one"))[HEARING].sha256)
    with pytest.raises(Exception, match="holds other bytes than were written"):
        push(release)
    assert not manifest_path(tmp_path / "new", 1).exists()


def test_orphan_of_a_dead_publisher_does_no_harm(edit, site, storage, server, monkeypatch):
    """A publisher that died after its manifest was written left an id that another server then used."""

    def died(release):
        raise SystemExit

    one = server("one")
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "push", died)
        edit("hearing", "Really hearing")
    assert release_ids(one) == [1, 2]
    server("two")
    edit("speaking", "Speaking up")
    assert (current_release(storage).id, current_release(one).id) == (2, 1)
    pull(one, shared_storage())
    assert shown(one) == shown(storage)
    assert b"Really hearing" in shown(one)[HEARING]
    assert blob_path(one, released(one)[HEARING].sha256).exists()
