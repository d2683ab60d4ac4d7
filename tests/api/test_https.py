"""A site with an https address: nobody reads or writes it in plain, and only our own proxy is believed about that."""

import pytest

from api.releases.server import PublicSite
from cms.publishing.targets import Resource
from tests.releases import write_release
from tests.wsgi import Answer

PAGE = Resource("/en/", b"<!doctype html><title>Home</title>", "text/html")
BEHIND_OURS = ("HTTP_X_FORWARDED_PROTO", "https")


def leads_to_https(environ, start_response):
    """Stand in for Django, which sends to https whatever comes to it in plain."""
    start_response("301 Moved Permanently", [("Location", "https://toolkit.example/en/")])
    return [b""]


@pytest.fixture
def ask(tmp_path, settings):
    """Asks a site whose address begins with https."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    write_release([PAGE], tmp_path)
    site = PublicSite(leads_to_https, tmp_path)
    return lambda **headers: Answer(site, PAGE.path, "GET", **headers)


def test_plain_request_is_sent_to_https_first(ask):
    assert (ask().status, ask().body) == (301, b"")


def test_answer_says_to_stay_with_https(ask, settings):
    settings.SECURE_PROXY_SSL_HEADER = BEHIND_OURS
    answer = ask(x_forwarded_proto="https")
    assert (answer.status, answer.body) == (200, PAGE.content)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_only_a_proxy_of_ours_says_that_it_was_tls(ask, settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert ask(x_forwarded_proto="https").status == 301
    settings.SECURE_PROXY_SSL_HEADER = BEHIND_OURS
    assert ask(x_forwarded_proto="http").status == 301
    assert ask(x_forwarded_proto="https").status == 200
