"""A release is told to subscribers, and to the CDN exactly what it must fetch again."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from api.releases.manifest import current_release
from cms.models import Publisher
from cms.publishing.announcing import changed_paths
from cms.publishing.publish import publish
from cms.webhooks.models import Delivery, Subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(releases):
    """The starter content, published and remembered as such."""
    publish(everything=True)
    return releases


@pytest.fixture
def purged(settings):
    """What a cache in front of the site was asked to forget: (method, host, path) of each request."""
    asked = []

    class Cache(BaseHTTPRequestHandler):
        def do_PURGE(self):
            asked.append((self.headers["Host"], self.path))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Cache)
    Thread(target=server.serve_forever, daemon=True).start()
    backend = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    settings.WAGTAILFRONTENDCACHE = {
        "default": {"BACKEND": backend, "LOCATION": f"http://127.0.0.1:{server.server_port}"}
    }
    settings.SITE_URL = "http://toolkit.example"
    yield asked
    server.shutdown()
    server.server_close()


def edit(mark):
    """Change the words of a mark, and nothing else."""
    mark.body.append(("tip", "<p>Other words.</p>"))
    mark.save_revision().publish()


def test_subscriber_is_told_once(site, mark):
    Subscriber.objects.create(url="https://receiver.example/")
    edit(mark)
    release = publish().release
    publish()
    [message] = [json.loads(delivery.body) for delivery in Delivery.objects.all()]
    assert message["data"]["release"] == release.id
    told = [(page["change"], page["title"], page["path"]) for page in message["data"]["changes"]]
    assert told == [("changed", "Listening", "/en/process/listening/")]


def test_release_of_a_publisher_that_died_is_told(site, mark):
    Subscriber.objects.create(url="https://receiver.example/")
    before = Publisher.objects.values("release", "manifest").get()
    edit(mark)
    publish()
    # As if the power had gone after the switch, before anything was written down.
    Delivery.objects.all().delete()
    Publisher.objects.update(**before)
    publish()
    assert Delivery.objects.count() == 1


def test_cdn_forgets_exactly_what_changed(site, mark, purged):
    publish()
    purged.clear()
    edit(mark)
    release = publish().release
    assert release == current_release(site)
    assert purged == [("toolkit.example", path) for path in changed_paths(release)]
    own = {"/en/process/listening/", "/api/v1/en/marks/listening/"}
    # What all that can be read is in: on paper, and to keep on a device.
    whole = {"/en/print/", "/en/print/process/", "/en/offline.json"}
    assert own | whole <= set(changed_paths(release)) <= {*own, *whole, "/en/feed.xml"}
