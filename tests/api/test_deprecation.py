"""An address that will end says so a year before: in each of its answers, and in the contract."""

import json
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import partial

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command

from api.content.deprecation import DEPRECATED, Deprecated, add_headers, deprecation_headers
from api.releases.server import PublicSite
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

END = Deprecated(date(2027, 1, 1), date(2028, 1, 1), "https://example.org/why")
ADDRESSES = ["/api/v1/{locale}/marks/", "/api/v1/{locale}/terms/{code}/", "/api/v1/{locale}/search/"]
# What the release answers at once, what is worked out, and how either is refused.
ENDING = [
    "/api/v1/en/marks/",
    "/api/v1/en/marks/?page=2&per_page=5",
    "/api/v1/en/terms/jargon/",
    "/api/v1/en/search/?q=tea",
    "/api/v1/en/marks/?page=x",
    "/api/v1/en/terms/nothing/",
]
STAYING = ["/api/v1/", "/api/v1/en/", "/api/v1/en/terms/", "/api/v1/en/marks/listening/", "/en/process/listening/"]


@pytest.fixture
def ends(monkeypatch):
    """Some addresses are going to end."""
    for address in ADDRESSES:
        monkeypatch.setitem(DEPRECATED, address, END)


@pytest.fixture
def ask(ends, releases):
    """Asks the whole public side, which has only just begun to read its release."""
    return partial(Answer, PublicSite(WSGIHandler(), releases))


def headers_of(answer: Answer) -> tuple:
    return tuple(answer.headers.get(name) for name in ("Deprecation", "Sunset"))


@pytest.mark.parametrize("address", ENDING)
def test_every_answer_says_when_it_ends(ask, address):
    answer = ask(address)
    deprecation, sunset = headers_of(answer)
    assert datetime.fromtimestamp(int(deprecation.removeprefix("@")), UTC) == datetime(2027, 1, 1, tzinfo=UTC)
    assert parsedate_to_datetime(sunset) == datetime(2028, 1, 1, tzinfo=UTC)
    assert answer.headers["Link"].count('<https://example.org/why>; rel="deprecation"; type="text/html"') == 1
    assert {"Deprecation", "Sunset"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize("address", ENDING[:4])
def test_who_has_the_bytes_already_is_told_too(ask, address):
    answer = ask(address)
    again = ask(address, if_none_match=answer.headers["ETag"])
    assert again.status == 304
    assert headers_of(again) == headers_of(answer)


def test_links_to_other_pages_stay(ask):
    for address in ENDING[:2]:
        assert 'rel="next"' in ask(address).headers["Link"]


@pytest.mark.parametrize("address", STAYING)
def test_other_addresses_say_nothing(ask, address):
    assert headers_of(ask(address)) == (None, None)


def test_contract_says_what_ends(ends, tmp_path):
    made = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(made))
    paths = json.loads(made.read_text())["paths"]
    assert [address for address in paths if paths[address].get("get", {}).get("deprecated")] == sorted(ADDRESSES)


def test_nothing_ends_within_a_year():
    with pytest.raises(ValueError, match="365 days"):
        Deprecated(END.since, END.since + timedelta(days=364), END.explained_at)


def test_nothing_ends_yet():
    assert DEPRECATED == {}
    assert deprecation_headers("/api/v1/en/marks/") == {}


def test_headers_are_said_once():
    headers = {"Link": "<a>"}
    for _time in range(2):
        add_headers(headers, {"Link": "<b>"})
    assert headers == {"Link": "<a>, <b>"}
