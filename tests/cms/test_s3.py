"""Pushing to and pulling from a storage that speaks S3, over HTTP."""

from threading import Thread
from time import sleep

import boto3
import pytest
from django.core.files.storage import storages

from api.releases.manifest import current_release
from api.releases.pull import has_news, pull
from api.releases.server import PublicSite
from api.releases.shared import StorageFailed, shared_storage
from api.releases.tree import DamagedRelease
from cms.publishing.publish import publish
from cms.storages import releases_storage
from tests.moto import KEYS, s3_server
from tests.releases import publish_everything, released, shown
from tests.small_site import small_site
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

HEARING = "/api/v1/en/marks/hearing/"
BUCKET = "releases-of-a-test"


@pytest.fixture(scope="module")
def endpoint():
    with s3_server() as storage:
        yield storage.address


@pytest.fixture
def bucket(endpoint, monkeypatch, settings):
    """An empty bucket, which the settings name."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    bucket = boto3.resource("s3", endpoint_url=endpoint).Bucket(BUCKET)
    bucket.create()
    settings.STORAGES = settings.STORAGES | {"releases": releases_storage(f"s3://{BUCKET}/toolkit", endpoint)}
    yield bucket
    bucket.objects.all().delete()
    bucket.delete()


@pytest.fixture
def site(bucket, db, tmp_path, settings):
    """A small site that a server has published into the bucket."""
    settings.RELEASES_DIR = tmp_path / "one"
    pages = small_site()
    publish_everything()
    return pages


@pytest.fixture
def requests():
    """Counts the requests that the storage makes, by what they ask."""
    asked = []

    def note(model, **named):
        asked.append(model.name)

    storages["releases"].connection.meta.client.meta.events.register("before-call.s3", note)
    return asked


def test_other_server_pulls_what_was_published(site, tmp_path, settings):
    two = tmp_path / "two"
    assert pull(two, shared_storage()).release == current_release(settings.RELEASES_DIR)
    assert shown(two) == shown(settings.RELEASES_DIR)


def test_one_change_costs_one_request_a_file(site, tmp_path, settings, requests, django_capture_on_commit_callbacks):
    two = tmp_path / "two"
    pull(two, shared_storage())
    requests.clear()
    site["hearing"].title = "Really hearing"
    with django_capture_on_commit_callbacks(execute=True):
        site["hearing"].save_revision().publish()
    sent = requests.count("PutObject")
    assert 10 < sent < 120
    assert len(requests) < 2 * sent + 10
    requests.clear()
    assert has_news(two, shared_storage())
    assert requests == ["GetObject"]
    requests.clear()
    pulled = pull(two, shared_storage())
    # Its files, the pointer, the manifest, and the record of what was taken back.
    assert requests == ["GetObject"] * (pulled.files + 3)
    assert b"Really hearing" in shown(two)[HEARING]


def test_objects_say_what_they_are(site, bucket, settings):
    blob = released(settings.RELEASES_DIR)[HEARING].sha256
    heads = {
        name: bucket.Object(f"toolkit/{name}") for name in ("current", "000001.json", f"blobs/{blob[:2]}/{blob}")
    }
    said = [(head.content_type, head.cache_control, head.content_encoding) for head in heads.values()]
    lasting = "public, max-age=31536000, immutable"
    assert said[0] == ("text/plain", "no-cache", None)
    assert said[1:] == [("application/json", lasting, None)] * 2
    assert bucket.Object(f"toolkit/blobs/{blob[:2]}/{blob}.br").content_encoding is None


def test_damaged_object_is_refused(site, bucket, tmp_path, settings):
    blob = released(settings.RELEASES_DIR)[HEARING].sha256
    name = f"toolkit/blobs/{blob[:2]}/{blob}.gz"
    content = bucket.Object(name).get()["Body"].read()
    for spoil in (lambda: bucket.Object(name).put(Body=content[:-1] + b"!"), bucket.Object(name).delete):
        spoil()
        with pytest.raises(DamagedRelease, match=blob):
            pull(tmp_path / "two", shared_storage())
        assert current_release(tmp_path / "two") is None
    bucket.Object(name).put(Body=content)
    pull(tmp_path / "two", shared_storage())
    assert shown(tmp_path / "two") == shown(settings.RELEASES_DIR)


def test_missing_bucket_is_no_empty_one(site, endpoint, tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {"releases": releases_storage("s3://no-such-bucket/toolkit", endpoint)}
    with pytest.raises(StorageFailed, match="NoSuchBucket"):
        pull(tmp_path / "two", shared_storage())
    with pytest.raises(StorageFailed):
        publish()


def test_slow_storage_keeps_no_reader_waiting(site, tmp_path, settings, django_capture_on_commit_callbacks):
    """While a server fetches a release, file by slow file, it shows the one before."""
    two = tmp_path / "two"
    pull(two, shared_storage())
    server = PublicSite(None, two)
    before = Answer(server, HEARING).body
    site["hearing"].title = "Really hearing"
    with django_capture_on_commit_callbacks(execute=True):
        site["hearing"].save_revision().publish()
    storages["releases"].connection.meta.client.meta.events.register("before-call.s3", lambda **_: sleep(0.1))
    fetching = Thread(target=pull, args=[two, shared_storage()])
    fetching.start()
    seen = []
    while fetching.is_alive():
        seen.append(Answer(server, HEARING).body)
    fetching.join()
    assert len(seen) > 100
    assert seen[:100] == [before] * 100
    assert b"Really hearing" in Answer(server, HEARING).body


def test_storage_that_does_not_answer_is_said(site, tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {"releases": releases_storage(f"s3://{BUCKET}", "http://127.0.0.1:9")}
    with pytest.raises(StorageFailed, match="Could not connect"):
        pull(tmp_path / "two", shared_storage())
