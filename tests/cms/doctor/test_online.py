"""What the doctor says of the site as readers reach it: asked over the network, on this computer."""

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from cms.doctor import online
from tests.cms.doctor.looking import ill, verdicts
from tests.cms.doctor.servers import MailHandler, served
from tests.e2e.conftest import free_port

NOW = datetime(2027, 1, 5, tzinfo=UTC)


class Site(BaseHTTPRequestHandler):
    """Answers with what the test has put at a path: (status, headers, body)."""

    # The library calls it by this name.
    def do_GET(self):  # noqa: N802
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given):
        pass


def health(release: int) -> tuple:
    return 200, {}, json.dumps({"checks": {"release": {"id": release}}}).encode()


@pytest.fixture
def online_site(site, settings):
    answers = {"/": (302, {"Location": "/en/"}, b""), "/admin/login/": (200, {}, b"Log in")}
    with served(Site, answers=answers | {"/healthz": health(1)}) as server:
        settings.SITE_URL, settings.IS_HTTPS = f"http://127.0.0.1:{server.port}", False
        yield server


def test_site_that_answers_is_well(online_site):
    assert ill(online.look()) == ""


@pytest.mark.parametrize(
    ("path", "answer", "name", "verdict"),
    [
        ("/", (502, {}, b""), "answers", "broken"),
        ("/healthz", health(7), "ours", "warning"),
        ("/healthz", (200, {}, b"<h1>Parked</h1>"), "ours", "broken"),
        ("/admin/login/", (301, {"Location": "/admin/login/"}, b""), "admin", "broken"),
        ("/admin/login/", (400, {}, b""), "admin", "broken"),
    ],
)
def test_site_that_answers_wrongly_is_told(online_site, path, answer, name, verdict):
    online_site.answers[path] = answer
    found = list(online.look())
    assert verdicts(found)[name] == verdict
    assert ill(found)


def test_endless_redirects_name_the_setting(online_site, settings):
    online_site.answers["/admin/login/"] = (301, {"Location": f"{settings.SITE_URL}/admin/login/"}, b"")
    assert "BEHIND_PROXY=true" in ill(online.look())


def test_site_that_is_away_is_told(settings):
    for scheme, name in (("http", "answers"), ("https", "certificate")):
        settings.SITE_URL, settings.IS_HTTPS = f"{scheme}://127.0.0.1:{free_port()}", scheme == "https"
        assert verdicts(online.look()) == {name: "broken"}


def test_server_without_tls_is_told(settings):
    with served(MailHandler, heard=[]) as server:
        settings.SITE_URL, settings.IS_HTTPS = f"https://127.0.0.1:{server.port}", True
        assert "has no certificate that browsers trust" in ill(online.look())


@pytest.mark.parametrize(("days", "verdict"), [(90, "ok"), (5, "warning"), (-1, "warning")])
def test_end_of_the_certificate_is_judged(days, verdict):
    assert online.certificate(NOW + timedelta(days=days), NOW).verdict == verdict
