"""Uploads in a storage that several servers share: stored, shown, published, exported and brought in from there."""

import boto3
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms.storages import uploads_storage
from tests.moto import KEYS, s3_server
from tests.releases import publish_everything, shown
from tests.small_site import small_site
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

BUCKET = "uploads-of-a-test"
SONG = "/media/documents/a_song.mp3"
SUNG = b"ID3 la la la"


@pytest.fixture(scope="module")
def endpoint():
    with s3_server() as storage:
        yield storage.address


@pytest.fixture
def bucket(endpoint, monkeypatch, settings, tmp_path):
    """An empty bucket, in which the settings have all uploads. The local folder for them cannot be used."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket(BUCKET)
    bucket.create()
    (tmp_path / "no-folder").write_text("")
    settings.MEDIA_ROOT = tmp_path / "no-folder"
    settings.STORAGES = settings.STORAGES | {"default": uploads_storage(f"s3://{BUCKET}/toolkit", endpoint)}
    cache.clear()
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def song(bucket):
    return get_document_model().objects.create(title="A song", file=ContentFile(SUNG, name="a song.mp3"))


@pytest.fixture
def image(bucket):
    return get_image_model().objects.create(title="A picture", file=get_test_image_file(size=(64, 48)))


@pytest.fixture
def site(song, image, tmp_path, settings):
    """A small site, one of whose marks shows a picture and a song; published."""
    settings.RELEASES_DIR = tmp_path / "releases"
    pages = small_site()
    with_both(pages["hearing"], image, song)
    publish_everything()
    return pages


def with_both(mark: Mark, image, song):
    mark.body = [
        ("image", {"image": image, "alt": "A square", "decorative": False, "caption": ""}),
        ("media", {"kind": "audio", "title": "Song", "file": song, "url": "", "transcript": "<p>La.</p>"}),
    ]
    mark.save()


def names_in(bucket) -> set[str]:
    return {found.key for found in bucket.objects.all()}


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_uploads_are_stored_in_the_bucket(bucket, song, image):
    assert names_in(bucket) >= {"toolkit/documents/a_song.mp3", f"toolkit/{image.file.name}"}
    assert song.file.url == SONG
    assert image.get_rendition("width-20").url.startswith("/media/images/")


def test_no_upload_replaces_another(bucket, song):
    other = get_document_model().objects.create(title="Other", file=ContentFile(b"do", name="a song.mp3"))
    assert other.file.name != song.file.name
    assert song.file.open("rb").read() == SUNG


def test_published_files_are_part_of_the_release(site, settings):
    files = shown(settings.RELEASES_DIR)
    assert files[SONG] == SUNG
    [picture] = [content for path, content in files.items() if path.startswith("/media/images/")]
    assert picture.startswith(b"RIFF")


def test_missing_file_is_left_out(site, song, settings):
    song.file.storage.delete(song.file.name)
    publish_everything()
    assert SONG not in shown(settings.RELEASES_DIR)


def test_editors_see_what_is_not_published(song, client, admin_client):
    assert client.get(SONG).status_code in (302, 404)
    whole = admin_client.get(SONG)
    assert (whole.status_code, whole["Content-Type"], body(whole)) == (200, "audio/mpeg", SUNG)
    part = admin_client.get(SONG, headers={"range": "bytes=4-5"})
    assert (part.status_code, body(part)) == (206, b"la")


@pytest.mark.parametrize("path", ["documents/nothing.mp3", "documents/", "%00", "documents/a%20song.mp3"])
def test_other_addresses_are_not_found(song, admin_client, path):
    assert admin_client.get(f"/media/{path}").status_code == 404


def test_bundle_has_the_files_and_brings_them_back(site, bucket, tmp_path, command):
    command("export_bundle", str(tmp_path / "bundle"))
    [copied] = (tmp_path / "bundle").rglob("*.mp3")
    assert copied.read_bytes() == SUNG
    before = names_in(bucket)
    command("import_bundle", str(tmp_path / "bundle"))
    assert names_in(bucket) == before


def test_bucket_says_what_our_answers_say(bucket, song):
    """Should somebody open it to all, a file is saved there, too."""
    paper = get_document_model().objects.create(title="Paper", file=ContentFile(b"%PDF-1.7", name="paper.pdf"))
    said = {
        name: bucket.Object(f"toolkit/documents/{name}").content_disposition for name in ("paper.pdf", "a_song.mp3")
    }
    assert said == {"paper.pdf": "attachment", "a_song.mp3": None}
    assert paper.file.url == "/media/documents/paper.pdf"
