"""A server as it stands behind a proxy that speaks TLS, scored by the rules of Mozilla's HTTP Observatory."""

import re
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.error import URLError
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from tests.e2e.conftest import copy_data, free_port, get, granian, stop, wait_until
from tests.observatory import Scanned, modified, score
from tests.programs import ROOT, environment

SITE = "https://toolkit.example"
FORM_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
DOCUMENT = (ROOT / "docs" / "security-headers.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def port(started, tmp_path_factory) -> Iterator[int]:
    """The port at which a server listens that its readers reach at SITE, through a proxy."""
    data, port = tmp_path_factory.mktemp("behind") / "data", free_port()
    copy_data(started / "data", data)
    there = {"SITE_URL": SITE, "BEHIND_PROXY": "true", "TWO_FACTOR": "optional"}
    with open(data.with_name("log"), "w") as log:
        process = subprocess.Popen(
            granian(port), cwd=ROOT, env=environment(data, PORT=port, **there), stdout=log, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: is_well(port), "server behind a proxy")
        yield int(port)
    finally:
        stop(process)


def is_well(port: str) -> bool:
    try:
        return get(f"http://localhost:{port}/healthz").status == 200
    except (URLError, ConnectionError):
        return False


class Visitor:
    """Somebody who comes through the proxy, and keeps the cookies that they get."""

    def __init__(self, port: int):
        self.port, self.jar, self.sent = port, {}, []

    def ask(self, path: str, *, scheme: str = "https", form: dict | None = None) -> tuple[int, dict, str]:
        """Ask once; give status, headers by their names in small letters, and text."""
        headers = {"Host": "toolkit.example", "X-Forwarded-Proto": scheme, "Origin": SITE, "Referer": f"{SITE}{path}"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST" if form else "GET", path, form and urlencode(form), headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].strip().partition("=")
                self.jar[name] = value
                self.sent.append(cookie.strip())
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
        finally:
            connection.close()

    def log_in(self, password: str):
        _status, _headers, page = self.ask("/admin/login/")
        form = {"username": "admin", "password": password, "csrfmiddlewaretoken": FORM_TOKEN.search(page)[1]}
        status, headers, _text = self.ask("/admin/login/", form=form)
        assert (status, headers["location"]) == (302, "/admin/")

    def scan(self, path: str) -> Scanned:
        """Ask for a page as a scanner does: by TLS, and without it, to see where that leads."""
        status, headers, text = self.ask(path)
        assert status == 200, (path, status)
        _status, plain, _text = self.ask(path, scheme="http")
        first = f"http://toolkit.example{path}"
        redirects = (first, urljoin(first, plain["location"])) if "location" in plain else (first,)
        return Scanned(urljoin(SITE, path), headers, self.sent, text, redirects)


# What is scored, and the least that it may get.
LEAST = {
    "/en/": 100,
    "/en/process/listening/": 100,
    "/en/lake/?kind=activity": 100,
    "/en/score/": 100,
    "/en/give/": 100,
    "/en/embed/": 100,
    "/en/embed/frame/": 90,
    "/api/v1/docs/": 100,
    "/admin/login/": 100,
    "/admin/": 100,
    "/admin/images/": 100,
}
OF_EDITORS = ("/admin/", "/admin/images/")


@pytest.fixture(scope="module")
def scanned(port, password) -> dict[str, Scanned]:
    editor = Visitor(port)
    editor.log_in(password)
    who = {path: editor if path in OF_EDITORS else Visitor(port) for path in LEAST}
    found = {path: who[path].scan(path) for path in LEAST}
    mark = re.search(r"/admin/pages/\d+/edit/", editor.ask("/admin/pages/search/?q=Listening")[2])
    return {**found, "/admin/pages/…/edit/": editor.scan(mark[0])}


def test_every_page_has_its_score(scanned, figures):
    scores = {path: score(page) for path, page in scanned.items()}
    figures("\n".join(f"{scores[path]} {path} {modified(scanned[path])}" for path in scores))
    least = {**LEAST, "/admin/pages/…/edit/": 100}
    assert {path: found for path, found in scores.items() if found < least[path]} == {}


def test_document_says_the_scores(scanned):
    rows = DOCUMENT.split("HTTP Observatory say\n")[1].splitlines()
    said = {cells[1].strip(" `"): int(cells[2]) for row in rows if (cells := row.split("|"))[1:] and "`" in row}
    assert said == {path: score(page) for path, page in scanned.items()}


def test_strangers_get_no_cookie_outside_the_admin(port):
    stranger = Visitor(port)
    for path in LEAST:
        if not path.startswith("/admin/"):
            stranger.ask(path)
    assert stranger.sent == []
    stranger.ask("/admin/login/")
    assert [cookie.partition("=")[0] for cookie in stranger.sent] == ["csrftoken"]


def test_whoever_comes_without_tls_is_led_to_it(port):
    stranger = Visitor(port)
    for path in ("/", "/en/", "/api/v1/en/", "/admin/", "/static/start/mark.svg", "/api/v1/board/"):
        status, headers, _text = stranger.ask(path, scheme="http")
        assert (status, urlsplit(headers["location"])[:3]) == (301, ("https", "toolkit.example", path))
        assert "strict-transport-security" not in headers
        assert "default-src 'none'" in headers["content-security-policy"]
