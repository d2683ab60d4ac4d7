"""Serving a release, asked as a plain WSGI application: no Django and no database take part."""

import gzip
import re
import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor, wait
from hashlib import sha256
from threading import Event

import brotli
import pytest
from django.conf import settings

from api.releases.manifest import current_release
from api.releases.server import PublicSite, ReleaseReader
from cms.publishing.targets import Resource
from tests.releases import go_to, write_release
from tests.wsgi import Answer
from toolkit.assets import FIRST_SCRIPTS, first_script

PAGE = Resource("/en/", b"<!doctype html><title>Home</title>" + b"<p>Words and words.</p>" * 200, "text/html")
DATA = Resource("/api/v1/en/", b'{"title":"' + b"words " * 400 + b'"}', "application/json")
STYLE = Resource("/assets/site-0123456789ab.css", b"p { margin: 0 } " * 100, "text/css")
ICON = Resource("/assets/icon-0123456789ab.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml")
PICTURE = Resource("/media/images/cat.webp", bytes(range(256)) * 8, "image/webp")
# Too big to be kept in memory.
FILM = Resource("/media/documents/film.mp4", bytes(range(251)) * 400, "video/mp4")
BOOK = Resource("/en/book/", "".join(f"<p>Line {n}</p>" for n in range(9000)).encode(), "text/html")
WELSH = Resource("/cy/gwrando-â/", "<!doctype html><title>Gwrando’n dda</title>".encode(), "text/html")
EVERYTHING = [PAGE, DATA, STYLE, ICON, PICTURE, FILM, BOOK, WELSH]
TEXTS = [PAGE, DATA, STYLE, ICON, BOOK, WELSH]


def name(resource) -> str:
    return resource.path


every = pytest.mark.parametrize("resource", EVERYTHING, ids=name)


def fall_through(environ, start_response):
    start_response("404 Not Found", [("X-From", "Django")])
    return [environ["REQUEST_METHOD"].encode()]


@pytest.fixture
def folder(tmp_path):
    write_release(EVERYTHING, tmp_path)
    return tmp_path


@pytest.fixture
def ask(folder):
    """Asks the site: path, method, headers."""
    site = PublicSite(fall_through, folder)
    return lambda path, method="GET", **headers: Answer(site, path, method, **headers)


@every
def test_resource_answers_with_its_bytes(ask, resource):
    answer = ask(resource.path)
    assert (answer.status, answer.body) == (200, resource.content)
    assert answer.headers["Content-Length"] == str(len(resource.content))
    assert answer.headers["Content-Type"].split(";")[0] == resource.type


@every
def test_head_says_the_same_without_body(ask, resource):
    head, get = ask(resource.path, "HEAD"), ask(resource.path)
    assert (head.status, head.headers, head.body) == (200, get.headers, b"")


@every
def test_etag_is_the_sha256(ask, resource):
    assert ask(resource.path).headers["ETag"] == f'"{sha256(resource.content).hexdigest()}"'


@every
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_known_etag_gives_304(ask, resource, method):
    etag = ask(resource.path).headers["ETag"]
    # Proxies that compress make it weak, caches ask for several at once.
    for known in (etag, f"W/{etag}", f'"other", W/{etag}', "*"):
        again = ask(resource.path, method, if_none_match=known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag), known


@every
@pytest.mark.parametrize("known", ['"other"', "", "W/", '"other", "more"'])
def test_other_etag_gives_the_resource(ask, resource, known):
    assert ask(resource.path, if_none_match=known).body == resource.content


@pytest.mark.parametrize("headers", [{}, {"if_none_match": "*"}])
def test_scripts_elsewhere_may_use_the_etag(ask, headers):
    answer = ask(DATA.path, **headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"].startswith("ETag, Link")


@pytest.mark.parametrize("resource", [PAGE, DATA, STYLE, BOOK], ids=name)
@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
    ],
)
def test_compressed_bytes_decode_to_the_same(ask, resource, accepted, encoding, decode):
    answer = ask(resource.path, accept_encoding=accepted)
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert decode(answer.body) == resource.content


@every
@pytest.mark.parametrize("accepted", ["identity", "deflate", "zstd", ""])
def test_other_encodings_get_plain_bytes(ask, resource, accepted):
    answer = ask(resource.path, accept_encoding=accepted)
    assert "Content-Encoding" not in answer.headers
    assert answer.body == resource.content


@pytest.mark.parametrize("resource", [PICTURE, FILM, ICON], ids=name)
def test_what_would_not_shrink_stays_plain(ask, resource):
    answer = ask(resource.path, accept_encoding="br, gzip")
    assert "Content-Encoding" not in answer.headers
    assert answer.body == resource.content


@pytest.mark.parametrize("resource", [PICTURE, FILM], ids=name)
@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-9", slice(0, 10)), ("bytes=2000-", slice(2000, None)), ("bytes=-8", slice(-8, None))],
)
def test_range_gives_a_part(ask, resource, asked, part):
    answer = ask(resource.path, range=asked)
    assert (answer.status, answer.body) == (206, resource.content[part])
    assert answer.headers["Content-Range"].endswith(f"/{len(resource.content)}")


def test_range_beyond_the_end_is_refused(ask):
    assert ask(PICTURE.path, range="bytes=9999-").status == 416


@pytest.mark.parametrize("path", ["/", "/en", "/nothing/", "/en/../en/", "//en/", "/current", "/000001.json"])
def test_unknown_path_falls_through(ask, path):
    answer = ask(path)
    assert (answer.status, answer.headers) == (404, {"X-From": "Django"})


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_writing_falls_through(ask, method):
    assert ask(PAGE.path, method).body == method.encode()


def test_first_script_may_run_in_the_page():
    allowed = b64encode(sha256(first_script().encode()).digest()).decode()
    assert f"sha256-{allowed}" in FIRST_SCRIPTS, "Add the hash of the new script; keep those of the earlier ones."


def test_every_page_forbids_all_other_inline_code(ask):
    policy = ask(PAGE.path).headers["Content-Security-Policy"]
    assert re.search(r"script-src ([^;]*)", policy)[1].split() == ["'self'", *(f"'{one}'" for one in FIRST_SCRIPTS)]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "*" not in policy


@every
def test_only_api_is_open_to_other_sites(ask, resource):
    assert ask(resource.path).headers.get("Access-Control-Allow-Origin") == ("*" if resource is DATA else None)


@every
def test_types_are_not_guessed(ask, resource):
    assert ask(resource.path).headers["X-Content-Type-Options"] == "nosniff"


@every
def test_only_named_by_bytes_is_kept(ask, resource):
    """An asset has its digest in its name; everything else is asked for each time."""
    caching = ask(resource.path).headers["Cache-Control"]
    assert ("immutable" in caching) is resource.path.startswith("/assets/")
    assert ("stale-if-error" in caching) is not resource.path.startswith("/assets/")


@pytest.mark.parametrize("resource", TEXTS, ids=name)
def test_texts_say_they_are_utf8(ask, resource):
    # JSON is UTF-8 by its own rules.
    assert "charset=utf-8" in ask(resource.path).headers["Content-Type"] or resource is DATA


# --- The current release ---------------------------------------------------------------------------------------


def version(number: int) -> Resource:
    """One page in its several versions, of one size and in one second: only the bytes differ."""
    return Resource("/en/", f"<title>Version {number:03}</title>".encode(), "text/html")


def test_running_site_takes_up_each_release(tmp_path):
    site = PublicSite(fall_through, tmp_path)
    assert Answer(site, "/en/").status == 404
    for number in range(20):
        write_release([version(number)], tmp_path)
        assert Answer(site, "/en/").body == version(number).content


def test_old_etag_is_stale_after_a_release(tmp_path):
    site = PublicSite(fall_through, tmp_path)
    write_release([version(1)], tmp_path)
    etag = Answer(site, "/en/").headers["ETag"]
    write_release([version(2)], tmp_path)
    answer = Answer(site, "/en/", if_none_match=etag)
    assert (answer.status, answer.body) == (200, version(2).content)


def test_page_that_is_gone_falls_through(folder):
    site = PublicSite(fall_through, folder)
    assert Answer(site, DATA.path).status == 200
    write_release([PAGE], folder)
    assert (Answer(site, DATA.path).status, Answer(site, PAGE.path).status) == (404, 200)


def test_page_from_before_a_switch_keeps_its_stylesheet(folder):
    site = PublicSite(fall_through, folder)
    write_release([PAGE], folder)
    for lasting in (STYLE, ICON):
        assert Answer(site, lasting.path).body == lasting.content
    assert Answer(site, PICTURE.path).status == 404
    assert Answer(site, BOOK.path).status == 404


def test_pointer_back_shows_the_older_release(tmp_path):
    site = PublicSite(fall_through, tmp_path)
    for number in (1, 2):
        write_release([version(number)], tmp_path)
    assert Answer(site, "/en/").body == version(2).content
    go_to(tmp_path, 1)
    assert Answer(site, "/en/").body == version(1).content


@pytest.mark.parametrize("pointer", ["", "x", "999", "-1", "None"])
def test_broken_pointer_keeps_what_is_shown(folder, pointer):
    site = PublicSite(fall_through, folder)
    assert Answer(site, PAGE.path).status == 200
    (folder / "current").write_text(pointer)
    assert Answer(site, PAGE.path).body == PAGE.content
    # A pointer to a release that is there is taken up again.
    write_release([version(2)], folder)
    assert Answer(site, PAGE.path).body == version(2).content


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", '{"id": 2, "parent": 1, "sha256": ""}'])
def test_broken_manifest_keeps_what_is_shown(folder, manifest):
    site = PublicSite(fall_through, folder)
    assert Answer(site, PAGE.path).status == 200
    (folder / "000002.json").write_text(manifest)
    (folder / "current").write_text("2 " + "0" * 64)
    assert Answer(site, PAGE.path).body == PAGE.content


def test_two_readers_see_the_same(folder):
    readers = [ReleaseReader(folder), ReleaseReader(folder)]
    write_release([version(1)], folder)
    assert [reader.content("/en/") for reader in readers] == [version(1).content] * 2


def test_document_is_read_as_json(folder):
    reader = ReleaseReader(folder)
    assert set(reader.document(DATA.path)) == {"title"}
    assert reader.document("/api/v1/nothing/") is None


LATER = """
import sys; from pathlib import Path
from api.releases.server import ReleaseReader
sys.stdout.buffer.write(ReleaseReader(Path(sys.argv[1])).content("/en/"))
"""


def test_process_that_starts_later_reads_the_current(folder):
    write_release([version(7)], folder)
    command = [sys.executable, "-c", LATER, str(folder)]
    later = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True)
    assert later.stdout == version(7).content


def test_first_visitors_wait_for_the_release(folder, monkeypatch):
    reading, go_on = Event(), Event()

    def read_slowly(*arguments):
        reading.set()
        go_on.wait(10)
        return current_release(*arguments)

    monkeypatch.setattr("api.releases.server.current_release", read_slowly)
    reader = ReleaseReader(folder)
    with ThreadPoolExecutor() as visitors:
        first = visitors.submit(reader.find, "/en/")
        assert reading.wait(10)
        second = visitors.submit(reader.find, "/en/")
        assert wait([second], timeout=0.2).not_done
        go_on.set()
        assert first.result(10) and second.result(10)
