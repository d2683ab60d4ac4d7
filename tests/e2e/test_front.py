"""nginx in front: it answers from the release just as the application does, and leaves the rest to it."""

import http.client
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from tests.e2e.conftest import Served, copy_data, free_port, granian, running, stop, wait_until
from tests.gates.needs import need
from tests.nginx import fronting, is_of_one_mind
from tests.programs import ROOT, manage
from tests.releases import released

# What a client could notice. nginx says of files that it has parts of them; that is as good.
SAID = [
    *("content-type", "content-length", "content-encoding", "content-range", "etag", "last-modified", "location"),
    *("cache-control", "vary", "link", "allow", "content-security-policy", "referrer-policy", "retry-after"),
    *("x-content-type-options", "access-control-allow-origin", "access-control-expose-headers", "x-frame-options"),
    *("cross-origin-resource-policy", "cross-origin-opener-policy", "permissions-policy"),
    "strict-transport-security",
]
# What it leaves to the application, and must pass on as it is.
OTHERS = [
    *("/", "/en/nothing/", "/nothing.txt", "/en", "/api/v1/", "/api/v1/en/nothing/", "/api/v1/en/marks/?page=2"),
    *("/api/v1/en/marks/?page=nine", "/api/v1/changes/", "/api/v1/en/search/?q=tea", "/en/search/?q=tea"),
    *("/en/lake/?q=tea", "/en/lake/?utm_source=x", "/en/planning/?utm_source=x", "/admin/login/", "/admin/"),
    *("/media/images/nothing.webp", "/en/score/", "/en/give/", "/en/embed/", "/EN/planning/", "/en/Planning/"),
    *("/healthz", "/en//", "/en/planning/%3F", "/en/planning/?", "/static/nothing.css", "/en/%FF/"),
    *("/api/v1/en/?x=1", "/en/?"),
]
MARK = "/api/v1/en/marks/listening/"
TOUCH = """
from toolkit.models import Mark
mark = Mark.objects.get(code="{code}", locale__language_code="en")
{change}
"""
PUBLISH = "mark.title = {title!r}\nmark.save_revision().publish()"

WITHDRAW = """
from cms.consent.withdrawal.withdraw import withdraw
from toolkit.models import Quote
withdraw(Quote.objects.get(code="{code}", locale__language_code="en").key, "quote")
"""


@dataclass(frozen=True)
class Told:
    """What came back: status, headers in small letters, body."""

    status: int
    headers: dict[str, str]
    body: bytes
    # Of itself nginx writes it so; the application's server writes names in small letters, and nginx passes them on.
    is_from_nginx: bool

    @property
    def said(self) -> dict[str, str]:
        return {name: value for name, value in self.headers.items() if name in SAID}


def ask(port: str, path: str, method: str = "GET", **headers: str) -> Told:
    """Ask as plainly as can be: no header but these."""
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
    try:
        connection.putrequest(method, quote(path, safe="/?=&%"), skip_host=True, skip_accept_encoding=True)
        for name, value in {"host": "localhost", "connection": "close", **headers}.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        headers = answer.getheaders()
        said = {name.lower(): value for name, value in headers}
        return Told(answer.status, said, answer.read(), is_from_nginx="ETag" in dict(headers))
    finally:
        connection.close()


@dataclass(frozen=True)
class Both:
    """The application, and nginx in front of it."""

    site: Served
    own: str
    front: str
    lists: Path
    nginx: Path

    def same(self, path: str, method: str = "GET", **headers: str) -> Told:
        """Ask both alike: what comes back is the same. Gives the application's answer."""
        own, front = (ask(port, path, method, **headers) for port in (self.own, self.front))
        assert (front.status, front.body) == (own.status, own.body), (path, headers)
        if own.status == 304:
            assert own.said.items() <= front.said.items(), (path, headers)
        else:
            assert front.said == own.said, (path, headers)
        return own

    def wait_for(self, path: str, content: str) -> float:
        """Wait until nginx shows something, and give how many seconds that took."""
        start = time.monotonic()
        self.wait_until(lambda: content.encode() in ask(self.front, path).body, f"{content} at {path}")
        return time.monotonic() - start

    def wait_until(self, condition: Callable[[], bool], what: str):
        """Wait until something is true of nginx, and goes on to be: its process of before has ended."""
        wait_until(lambda: is_of_one_mind(self.nginx) and condition() and is_of_one_mind(self.nginx), what)

    def is_answered_by_nginx(self, path: str) -> bool:
        """Tell whether nginx answers by itself."""
        return ask(self.front, path).is_from_nginx


@pytest.fixture(scope="module")
def both(started, tmp_path_factory) -> Iterator[Both]:
    """The application and nginx, set up as docs/install.md says; what follows releases runs, too."""
    need("nginx")
    folder = tmp_path_factory.mktemp("front")
    data, front = folder / "data", folder / "data" / "front"
    copy_data(started / "data", data)
    own, port = free_port(), free_port()
    settings = {"FRONT_DIR": str(front), "API_REQUESTS_PER_MINUTE": "0", "BEHIND_PROXY": "true"}
    with (
        running(data, port=own, command=granian(own), **settings) as site,
        fronting(folder / "nginx", data, front, port=port, upstreams=[own]) as nginx,
    ):
        follower = subprocess.Popen([ROOT / "deploy/follow-release", front, *nginx])
        try:
            both = Both(site, own, port, front / "lists", folder / "nginx")
            wait_until(lambda: both.is_answered_by_nginx("/en/"), "first list")
            yield both
        finally:
            stop(follower)


class Heard(BaseHTTPRequestHandler):
    """An application that answers with what it is told of whoever asks."""

    def do_GET(self):
        told = [self.headers.get_all(name) for name in ("X-Forwarded-For", "X-Forwarded-Proto")]
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


@pytest.mark.parametrize(
    ("options", "heard"),
    [((), [["127.0.0.1"], ["http"]]), (("--behind-proxy",), [["198.51.100.7"], ["https"]])],
    ids=["at-the-front", "behind-a-proxy"],
)
def test_application_hears_who_asks_and_how(started, tmp_path, options, heard):
    """Only where somebody else speaks TLS is what is said of that believed."""
    need("nginx")
    port = free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), Heard) as application:
        Thread(target=application.serve_forever, daemon=True).start()
        try:
            upstreams = [str(application.server_port)]
            with fronting(
                tmp_path / "nginx", started / "data", tmp_path, port=port, upstreams=upstreams, options=options
            ):
                told = ask(port, "/admin/", x_forwarded_for="198.51.100.7", x_forwarded_proto="https")
        finally:
            application.shutdown()
    assert json.loads(told.body) == heard


def publish(both: Both, code: str, title: str):
    manage(both.site.data, "shell", "-v", "0", "-c", TOUCH.format(code=code, change=PUBLISH.format(title=title)))


def paths_of(both: Both) -> list[str]:
    """Every address of the release, those that lead elsewhere or are gone, too."""
    return [path for path in released(both.site.data / "releases") if path.startswith("/")]


def test_every_address_is_answered_alike(both, figures):
    paths, own = paths_of(both), 0
    assert len(paths) > 300
    for path in paths:
        tag = both.same(path).headers.get("etag")
        both.same(path, accept_encoding="gzip")
        if tag:
            assert both.same(path, if_none_match=tag).status == 304
        own += both.is_answered_by_nginx(path)
    figures(f"{own} of {len(paths)} addresses are answered by nginx itself")
    assert own > 0.95 * len(paths)


@pytest.mark.parametrize("path", OTHERS)
def test_rest_is_left_to_the_application(both, path):
    own, front = ask(both.own, path), ask(both.front, path)
    # Each form has a token of its own.
    hidden = re.compile(rb'"[\w-]{36,}"|"seconds_unseen": \d+')
    assert (front.status, hidden.sub(b"", front.body)) == (own.status, hidden.sub(b"", own.body))
    assert {**front.said, "etag": ""} == {**own.said, "etag": ""}


ASKED = {
    "JSON": ("/api/v1/en/", {"accept": "application/json"}),
    "JSON among others": ("/api/v1/en/", {"accept": "text/html, application/json;q=0.9"}),
    "anything": ("/api/v1/en/", {"accept": "text/html,*/*;q=0.8"}),
    "no JSON": ("/api/v1/en/", {"accept": "text/html"}),
    "JSON refused": ("/api/v1/en/", {"accept": "application/json;q=0, */*"}),
    "a page as JSON": ("/en/planning/", {"accept": "application/json"}),
    "no file as JSON": ("/en/offline.json", {"accept": "text/html"}),
    "weak tag": ("/en/planning/", {"if_none_match": 'W/"{tag}"'}),
    "one of some tags": ("/en/planning/", {"if_none_match": '"a", "{tag}", "b"'}),
    "any tag": ("/en/planning/", {"if_none_match": "*"}),
    "another tag": ("/en/planning/", {"if_none_match": '"a"'}),
    "tag of a document": ("/api/v1/en/", {"if_none_match": '"{tag}"'}),
    "time": ("/en/planning/", {"if_modified_since": "Fri, 27 Nov 2037 10:00:00 GMT"}),
    "part of a page": ("/en/planning/", {"range": "bytes=10-99"}),
    "end of a page": ("/en/planning/", {"range": "bytes=-50"}),
    "parts of a page": ("/en/planning/", {"range": "bytes=0-9,20-29"}),
    "part of a document": ("/api/v1/en/", {"range": "bytes=10-99"}),
    "language": ("/", {"accept_language": "cy, en;q=0.5"}),
}


@pytest.mark.parametrize(("path", "headers"), ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_negotiation_is_the_same(both, path, headers, method):
    tag = ask(both.own, path).headers.get("etag", "").strip('"')
    both.same(path, method, **{name: value.format(tag=tag) for name, value in headers.items()})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", ["/en/planning/", "/api/v1/en/"])
def test_other_methods_go_to_the_application(both, method, path):
    both.same(path, method, content_length="0")


def test_brotli_is_sent_where_nginx_has_it(both):
    need("nginx-brotli")
    for path in ("/en/planning/", "/api/v1/en/"):
        assert both.same(path, accept_encoding="br, gzip").headers["content-encoding"] == "br"


def test_publish_is_shown_within_seconds(both, figures):
    before = ask(both.front, MARK).headers["etag"]
    publish(both, "listening", "Listening to a front server")
    figures(f"{both.wait_for(MARK, 'Listening to a front server'):.1f} s after the command had ended")
    assert ask(both.front, MARK).headers["etag"] != before
    both.wait_until(lambda: both.is_answered_by_nginx(MARK), "new list")
    for path in paths_of(both):
        both.same(path)


def test_rollback_and_moves_are_shown(both):
    assert b'"title":"Listening"' not in ask(both.front, MARK).body
    manage(both.site.data, "rollback_release", "1")
    both.wait_for(MARK, '"title":"Listening"')
    page = json.loads(both.same(MARK).body)["path"]
    assert b"front server" not in both.same(page).body
    change = "mark.slug = 'moved-away'\nmark.save_revision().publish()"
    manage(both.site.data, "shell", "-v", "0", "-c", TOUCH.format(code="listening", change=change))
    both.wait_until(lambda: ask(both.front, page).status == 301, "redirect")
    assert both.same(page).headers["location"].endswith("/moved-away/")


def test_words_that_are_taken_back_are_gone_at_once(both, figures):
    document = next(path for path in paths_of(both) if re.match("/api/v1/en/quotes/[^/]+/$", path))
    both.wait_until(lambda: both.is_answered_by_nginx(document), "list")
    words = both.same(document).body
    code = document.split("/")[-2]
    start = time.monotonic()
    manage(both.site.data, "shell", "-v", "0", "-c", WITHDRAW.format(code=code))
    taken = time.monotonic()
    both.wait_until(lambda: ask(both.front, document).status == 410, "withdrawal")
    figures(f"taken back in {taken - start:.1f} s, gone from nginx {time.monotonic() - taken:.1f} s later")
    assert both.same(document).body != words
    for path in paths_of(both):
        assert code.encode() not in both.same(path).body or path == document


def test_pages_stay_while_the_application_is_away(both):
    wait_until(lambda: both.is_answered_by_nginx("/en/planning/"), "list")
    stop(both.site.process)
    assert ask(both.front, "/en/planning/").status == 200
    assert ask(both.front, "/api/v1/en/").status == 200
    page, problem = ask(both.front, "/admin/login/"), ask(both.front, "/api/v1/en/search/?q=tea")
    assert (page.status, problem.status) == (503, 503)
    assert page.headers["retry-after"] == problem.headers["retry-after"]
    assert b"<h1" in page.body
    assert json.loads(problem.body)["status"] == 503
    assert problem.headers["content-type"] == "application/problem+json"
