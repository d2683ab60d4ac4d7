"""A private collection: what is in it is in no release and no draft, and only those see it whom it names."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from api.releases.server import PublicSite
from cms.publishing.publish import publish
from cms.roles.groups import KEEPERS
from tests.cms.media.test_uploads_in_s3 import with_both
from tests.cms.roles.people import furnished_site, somebody
from tests.hidden_site import picture
from tests.releases import publish_everything, shown
from tests.small_site import document_of, fresh
from tests.wsgi import Answer
from toolkit.bundle.naming import Names
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
