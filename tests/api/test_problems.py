"""Every way to be told no by the API, at every kind of address: a problem in words, with the right status."""

import json
from functools import partial

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.problems import SENTENCES, TITLES, problem
from api.releases.manifest import blob_path
from api.releases.server import PublicSite
from api.search.files import IndexAway
from tests.contract import ADDRESSES, real, schema_errors
from tests.releases import copy_releases, released
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

PROBLEM = json.dumps({"$ref": "#/components/schemas/Problem"})
# What answers is the release, a view, or nothing.
DOCUMENT = "/api/v1/en/marks/listening/"
FILTERED = "/api/v1/en/marks/?stage=process"
SEARCHED = "/api/v1/en/search/?q=listening"
THERE = [*map(real, ADDRESSES), FILTERED, "/api/v1/openapi.json"]
NOWHERE = ["/api/", "/api/v1/nothing", "/api/v1/en/marks/nothing/", "/api/v1/xx/search/?q=x", b"/api/\xff"]


@pytest.fixture
def site(starter_release, settings) -> PublicSite:
    """The whole public side: the release, and Django behind it."""
    settings.RELEASES_DIR = starter_release
    return PublicSite(WSGIHandler(), starter_release)


@pytest.fixture
def ask(site):
    """Asks for an address, with a method and headers."""
    return partial(Answer, site)


def is_problem(answer: Answer, status: int) -> bool:
    """Check that an answer is a problem in words, which scripts of other sites may read."""
    assert (answer.status, answer.headers["Content-Type"]) == (status, "application/problem+json"), answer.body
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = json.loads(answer.body)
    assert schema_errors(PROBLEM, told) == []
    return told["status"] == status and told["detail"].endswith(".")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW", "GE T", "QUERY"])
@pytest.mark.parametrize("address", THERE + NOWHERE)
def test_nothing_can_be_written(ask, address, method):
    answer = ask(address, method)
    assert is_problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", THERE + NOWHERE)
def test_browser_may_ask_what_it_may_do(ask, address):
    answer = ask(address, "OPTIONS", origin="https://elsewhere.example", accept="*/*")
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize("accept", ["text/html", "application/xml, image/*", "*/*;q=0", "application/json;q=0, */*"])
@pytest.mark.parametrize("address", THERE)
def test_who_takes_no_json_gets_none(ask, address, accept):
    assert is_problem(ask(address, accept=accept), 406)


@pytest.mark.parametrize("address", THERE)
def test_browsers_and_scripts_take_json(ask, address):
    for accept in ("*/*", "", "application/json", "text/html,application/xhtml+xml,*/*;q=0.8", "application/*"):
        assert ask(address, accept=accept).status == 200, accept


@pytest.mark.parametrize("address", THERE + NOWHERE)
def test_too_much_is_refused(ask, address):
    assert is_problem(ask(address, "POST", content_length="999999999"), 413)


@pytest.mark.parametrize("address", [FILTERED, SEARCHED, *NOWHERE])
def test_host_that_is_not_ours_is_refused(ask, address):
    assert is_problem(ask(address, host="evil.example"), 400)


def test_too_many_parameters_are_refused(ask):
    assert is_problem(ask(f"{FILTERED}&{'&'.join(f'a{number}=1' for number in range(1100))}"), 400)


@pytest.mark.parametrize(
    "address",
    [
        b"/api/v1/en/marks/?page=%ff",
        b"/api/v1/en/marks/?stage=%00",
        b"/api/v1/en/marks/?\xff=\xfe",
        b"/api/v1/en/search/?q=%00",
        b"/api/v1/en/search/?q=%ff%fe&q=%c3%28",
        b"/api/v1/en/search/?q=%",
    ],
)
def test_bad_byte_in_a_question_is_no_trouble(ask, address):
    answer = ask(address)
    assert answer.status == 200 or is_problem(answer, 400)


# The folder is the same for all examples, and is only read.
@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_no_bytes_break_it(ask, path, query):
    answer = ask(b"/api/" + path + b"?" + query)
    assert answer.status in (200, 400, 404)
    assert answer.headers["Content-Type"] in ("application/json", "application/problem+json")


@pytest.fixture
def broken(starter_release, tmp_path, settings):
    """Asks a site whose release has lost the bytes of an address."""

    def ask(lost: str) -> Answer:
        settings.RELEASES_DIR = tmp_path / "broken"
        copy_releases(starter_release, settings.RELEASES_DIR)
        blob = blob_path(settings.RELEASES_DIR, released(settings.RELEASES_DIR)[lost].sha256)
        blob.unlink()
        return Answer(PublicSite(WSGIHandler(), settings.RELEASES_DIR), lost)

    return ask


def test_lost_bytes_are_nobodys_doing(broken):
    assert is_problem(broken(DOCUMENT), 500)


def test_lost_page_says_so_as_a_page(broken):
    answer = broken("/en/process/listening/")
    assert (answer.status, answer.headers["Content-Type"][:9]) == (500, "text/html")


def raising(error: Exception):
    def find(*arguments, **options):
        raise error

    return find


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ValueError("a bug"), 500),
        (OperationalError("the database is away"), 503),
        (IndexAway("the disk is full"), 503),
        (RequestDataTooBig("too much"), 413),
    ],
)
def test_whatever_goes_wrong_is_a_problem(ask, monkeypatch, error, status):
    monkeypatch.setattr("api.content.lists.find", raising(error))
    answer = ask("/api/v1/en/marks/?page=1")
    assert is_problem(answer, status)
    assert str(error).encode() not in answer.body
    assert ("Retry-After" in answer.headers) == (status == 503)


@pytest.mark.parametrize("status", TITLES)
def test_every_problem_has_a_name_and_words_of_its_own(status):
    told = problem(status)
    assert told["type"].startswith("/api/v1/problems/")
    assert told["detail"] == SENTENCES[status]
    assert len({problem(other)["type"] for other in TITLES}) == len(TITLES)
