"""A private collection: what is in it is in no release and no draft, and only those see it whom it names."""

from pathlib import Path
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from api.releases.manifest import blob_path, entries_of, read_release, release_ids
from api.releases.server import PublicSite
from api.releases.verify import release_faults
from cms.consent.withdrawal.withdraw import keep_out
from cms.publishing import purging
from cms.publishing.publish import publish
from cms.publishing.rollback import roll_back
from cms.roles.groups import KEEPERS
from tests.cms.media.test_uploads_in_s3 import with_both
from tests.cms.roles.people import furnished_site, somebody
from tests.hidden_site import picture
from tests.releases import publish_everything, shown
from tests.small_site import document_of, fresh
from tests.wsgi import Answer
from toolkit.bundle.naming import Names
from toolkit.media import PICTURE
from toolkit.publishable import NotReady, faults_of

pytestmark = pytest.mark.django_db

SAYS = "A block shows a picture or file from a private collection, and what is published is for everybody."


@pytest.fixture
def site(settings, tmp_path):
    settings.RELEASES_DIR, settings.MEDIA_ROOT = tmp_path / "releases", tmp_path / "media"
    # Wagtail remembers renditions by the id of their picture, which pictures of other tests had, too.
    cache.clear()
    return furnished_site()


@pytest.fixture
def collection(site):
    """A collection below another one, so that what is said of that holds here, too."""
    above = Collection.get_first_root_node().add_child(name="Board")
    return above.add_child(name="Minutes")


@pytest.fixture
def image(collection):
    found = picture("square")
    get_image_model().objects.filter(pk=found.pk).update(collection=collection)
    return get_image_model().objects.get(pk=found.pk)


@pytest.fixture
def song(collection):
    file = ContentFile(b"ID3 la la la", name="song.mp3")
    return get_document_model().objects.create(title="A song", file=file, collection=collection)


@pytest.fixture
def mark(site, image, song):
    with_both(site["hearing"], image, song)
    publish_everything()
    return site["hearing"]


def restrict(collection, kind: str = CollectionViewRestriction.GROUPS, *groups: str):
    """Let only these see what is in the collection above, and so in this one."""
    above = collection.get_parent()
    restriction = CollectionViewRestriction.objects.create(collection=above, restriction_type=kind)
    restriction.groups.set(Group.objects.filter(name__in=groups))
    publish()


def addresses(image, song) -> list[str]:
    """Give every address of the two: the original, and what pages and the admin show of it."""
    return [image.file.url, image.get_rendition("max-165x165").url, song.file.url]


def status_for(role: str, address: str) -> int:
    client = Client()
    if role:
        client.force_login(somebody(role))
    return client.get(address).status_code


def test_private_files_leave_the_release_and_come_back(mark, collection, settings):
    def released() -> set[str]:
        return {path for path in shown(settings.RELEASES_DIR) if path.startswith("/media/")}

    before = released()
    assert len(before) == 2
    restrict(collection)
    assert released() == set()
    CollectionViewRestriction.objects.all().delete()
    publish()
    assert released() == before


def test_private_files_are_not_read_from_older_releases(mark, collection, settings):
    site = PublicSite(lambda _environ, start: start("404 Not Found", []) or [b""], settings.RELEASES_DIR)
    before = [path for path in shown(settings.RELEASES_DIR) if path.startswith("/media/")]
    assert [Answer(site, path).status for path in before] == [200, 200]
    restrict(collection)
    assert [Answer(site, path).status for path in before] == [404, 404]


def showing(folder, words: tuple[str, ...]) -> list[tuple[int, str]]:
    """Give what of all kept releases names these files, or is one of them."""
    found = []
    for release_id in release_ids(folder):
        for path, entry in entries_of(folder, read_release(folder, release_id)).items():
            content = blob_path(folder, entry.sha256).read_bytes() if entry.sha256 else b""
            if any(word in path or word.encode() in content for word in words):
                found.append((release_id, path))
    return found


def names_of(image, song) -> tuple[str, ...]:
    return Path(image.file.name).stem, Path(song.file.name).stem


def test_private_files_leave_older_releases(mark, image, song, collection, settings):
    folder, names = settings.RELEASES_DIR, names_of(image, song)
    mark.title = "Hearing well"
    mark.save_revision().publish()
    ids = release_ids(folder)
    assert {release_id for release_id, _path in showing(folder, names)} >= set(ids[-2:])
    restrict(collection)
    assert showing(folder, names) == []
    assert set(ids) <= set(release_ids(folder))
    assert release_faults(folder, release_ids(folder)) == []
    roll_back(folder, ids[-1])
    assert any("hearing" in path for path in shown(folder))
    assert showing(folder, names) == []


def test_what_stands_in_place_of_private_files_is_whole(mark, image, song, collection, settings):
    """The page shows another picture by now: it goes into the older releases with it."""
    folder, ids = settings.RELEASES_DIR, release_ids(settings.RELEASES_DIR)
    other = picture("wide")
    with_both(mark, other, song)
    publish()
    restrict(collection)
    older = entries_of(folder, read_release(folder, ids[-1]))
    pages = [path for path, entry in older.items() if entry.sha256 and names_in(folder, entry, other)]
    assert pages
    assert other.get_rendition(PICTURE).url in older


def names_in(folder, entry, image) -> bool:
    return image.get_rendition(PICTURE).url.encode() in blob_path(folder, entry.sha256).read_bytes()


def test_what_kept_older_releases_from_being_written_is_made_up_for(mark, image, song, collection, settings):
    with patch.object(purging, "write_manifest", side_effect=OSError("full")):
        restrict(collection)
    assert showing(settings.RELEASES_DIR, names_of(image, song))
    keep_out()
    assert showing(settings.RELEASES_DIR, names_of(image, song)) == []


def test_older_releases_are_written_once(mark, image, song, collection, settings):
    restrict(collection)
    with patch.object(purging, "write_manifest") as written:
        keep_out()
    assert not written.called


def test_only_those_whom_the_collection_names_see_its_files(image, song, collection):
    restrict(collection, CollectionViewRestriction.GROUPS, KEEPERS)
    for address in addresses(image, song):
        seen = {role: status_for(role, address) for role in ("", "editor", "keeper", "administrator")}
        assert seen == {"": 404, "editor": 404, "keeper": 200, "administrator": 200}, address


def test_whoever_is_logged_in_sees_what_is_for_those(image, song, collection):
    restrict(collection, CollectionViewRestriction.LOGIN)
    for address in addresses(image, song):
        assert {role: status_for(role, address) for role in ("", "editor")} == {"": 404, "editor": 200}, address


def test_page_with_a_private_file_is_not_published(mark, image, song, collection):
    assert faults_of(fresh(mark), today=None) == []
    restrict(collection)
    faults = faults_of(fresh(mark), today=None)
    assert [fault.says.startswith(SAYS) for fault in faults] == [True, True]
    with pytest.raises(NotReady):
        fresh(mark).save_revision().publish()


def test_draft_shows_no_private_file(mark, collection):
    restrict(collection)
    body = document_of(fresh(mark))["body"]
    assert [block["type"] for block in body] == ["media"]
    assert body[0]["src"] == ""


@pytest.mark.parametrize("kind", ["image", "document"])
def test_many_that_are_moved_at_once_leave_the_release(mark, image, song, collection, settings, kind):
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    publish()
    item, app = (image, "wagtailimages") if kind == "image" else (song, "wagtaildocs")
    client = Client()
    client.force_login(somebody("administrator"))
    address = reverse("wagtail_bulk_action", args=[app, kind, "add_to_collection"])
    answer = client.post(f"{address}?id={item.pk}&next=/admin/", {"id": item.pk, "collection": private.pk})
    assert answer.status_code == 302
    left = [path for path in shown(settings.RELEASES_DIR) if path.startswith("/media/")]
    assert len(left) == 1


def test_collection_that_is_moved_below_a_private_one_is_private(mark, collection, settings):
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type=CollectionViewRestriction.LOGIN)
    client = Client()
    client.force_login(somebody("administrator"))
    address = reverse("wagtailadmin_collections:edit", args=[collection.pk])
    assert client.post(address, {"name": "Minutes", "parent": private.pk}).status_code == 302
    assert not [path for path in shown(settings.RELEASES_DIR) if path.startswith("/media/")]


def test_bundle_takes_no_private_file_along(mark, image, song, collection):
    restrict(collection)
    names = Names({}, with_drafts=True)
    assert (names.picture(image.pk), names.document(song.pk)) == ("", "")
