"""Whether visitors are sent here: what load balancers and containers are told."""

import os
from time import time

import pytest

from cms.observing.readiness import DRAINING

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(starter_release, tmp_path, settings):
    settings.RELEASES_DIR, settings.DATA_DIR = starter_release, tmp_path
    settings.SECURE_SSL_REDIRECT = True
    return tmp_path


def asked(client, path: str) -> tuple[int, str]:
    """Ask as a load balancer does: by any host name, without TLS."""
    found = client.get(path, headers={"host": "10.1.2.3"})
    assert found["Cache-Control"] == "no-store"
    assert not found.cookies
    return found.status_code, found.json()["status"]


def test_server_with_a_release_is_ready(site, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked(client, "/readyz") == (200, "ready")
        assert asked(client, "/livez") == (200, "alive")


def test_server_without_a_release_is_not(site, client, settings):
    settings.RELEASES_DIR = site / "empty"
    assert asked(client, "/readyz") == (503, "starting")
    # Started anew, it would have none either.
    assert asked(client, "/livez") == (200, "alive")


def test_server_that_is_to_end_sends_visitors_elsewhere(site, client):
    (site / DRAINING).touch()
    assert asked(client, "/readyz") == (503, "draining")
    assert asked(client, "/livez") == (200, "alive")
    assert client.get("/healthz").status_code == 200


def test_next_server_is_ready_again(site, client):
    (site / DRAINING).touch()
    an_hour_ago = time() - 3600
    os.utime(site / DRAINING, (an_hour_ago, an_hour_ago))
    assert asked(client, "/readyz") == (200, "ready")


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_only_reading_is_allowed(site, client, path):
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
