"""In which form answers come: JSON or nothing, packed for whoever takes that, and told apart by their ETags."""

import gzip
import json
from functools import partial

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler

from api.content.negotiation import accepts_json, is_known, packed, packing, qualities
from api.releases.server import PublicSite
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

FILTERED, PAGE, SEARCHED = "en/ideas/?kind=activity", "en/marks/?page=2&per_page=5", "en/search/?q=tea"
MADE = [f"/api/v1/{address}" for address in ("", FILTERED, PAGE, SEARCHED)]
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def ask(starter_release, settings):
    """Asks the whole public side for an address."""
    settings.RELEASES_DIR = starter_release
    return partial(Answer, PublicSite(WSGIHandler(), starter_release))


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("application/*;q=0.1", True),
        ("text/html, */*;q=0.8", True),
        ("text/html", False),
        ("application/problem+json", False),
        ("*/*;q=0", False),
        ("application/json;q=0, */*", False),
        ("application/*;q=0, application/json;q=0.1", True),
        (",,;;==, json", False),
        ("text/html;q=x, application/json;q=2", True),
    ],
)
def test_most_exact_range_counts(accept, takes):
    assert accepts_json(accept) is takes


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP;q=1.0", "gzip"),
        ("gzip;q=0", ""),
        ("abracadabra", ""),
    ],
)
def test_brotli_comes_before_gzip(accept_encoding, coding):
    assert packing(accept_encoding) == coding


def test_same_form_twice_counts_as_its_best():
    assert qualities("gzip;q=0.2, gzip;q=0.7, *;q=0") == {"gzip": 0.7, "*": 0}


@pytest.mark.parametrize("coding", ["", "br", "gzip"])
def test_same_bytes_are_packed_the_same_way(coding):
    assert packed(b"words " * 99, coding) == packed(b"words " * 99, coding)


@pytest.mark.parametrize("known", ['"a"', 'W/"a"', '"b" , W/"a"', "*"])
def test_list_of_etags_is_looked_through(known):
    assert is_known(known, '"a"')
    assert not is_known('"b", "a-br"', '"a"')


@pytest.mark.parametrize("address", MADE)
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_what_is_worked_out_is_packed(ask, address, coding):
    plain, answer = ask(address), ask(address, accept_encoding=coding)
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert UNPACK[coding](answer.body) == plain.body
    assert len(answer.body) < len(plain.body) or len(plain.body) < 300


@pytest.mark.parametrize("address", MADE)
@pytest.mark.parametrize("coding", ["", "br", "gzip"])
def test_each_form_has_its_own_etag_and_its_304(ask, address, coding):
    answer = ask(address, accept_encoding=coding)
    others = [ask(address, accept_encoding=other) for other in ("", "br", "gzip") if other != coding]
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["ETag"] not in [other.headers["ETag"] for other in others]
    for known in (answer.headers["ETag"], f"W/{answer.headers['ETag']}", "*"):
        again = ask(address, accept_encoding=coding, if_none_match=known)
        assert (again.status, again.body) == (304, b"")
        for name in ("ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
            assert again.headers[name] == answer.headers[name]
    assert ask(address, accept_encoding=coding, if_none_match=others[0].headers["ETag"]).status == 200


@pytest.mark.parametrize("address", MADE)
@pytest.mark.parametrize("coding", ["", "br"])
def test_head_says_what_get_says(ask, address, coding):
    head, get = (ask(address, way, accept_encoding=coding, x_request_id="0" * 32) for way in ("HEAD", "GET"))
    assert (head.status, head.headers) == (get.status, get.headers)


def test_condition_on_writing_changes_no_answer(ask):
    """Nothing can be written here: what a client would write against is of no interest."""
    for address in [*MADE, "/api/v1/en/marks/"]:
        assert ask(address, if_match='"other"', if_unmodified_since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200


@pytest.mark.parametrize("address", ["/api/v1/en/", "/api/v1/en/marks/listening/", "/api/v1/en/marks/?page=2"])
def test_json_has_no_parts(ask, address):
    for part in ("bytes=0-9", "bytes=999999-", "lines=1-2"):
        answer = ask(address, range=part)
        assert answer.status == 200
        assert json.loads(answer.body)
