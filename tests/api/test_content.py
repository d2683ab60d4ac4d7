"""The content API as a developer meets it: every address of the contract, and every way to be told no."""

import json
import re

import pytest

from api.content.pages import PER_PAGE
from api.releases.manifest import current_id
from tests.contract import ADDRESSES, contract_errors, real, schema_errors

pytestmark = pytest.mark.django_db

PROBLEM = json.dumps({"$ref": "#/components/schemas/Problem"})
WITH_LOCALE = [address for address in ADDRESSES if "{locale}" in address]
WITH_CODE = [address for address in ADDRESSES if "{code}" in address]
EVERYWHERE = [*map(real, ADDRESSES), "/api/v1/openapi.json"]


def is_problem(response, status: int) -> bool:
    """Check that a response is a problem document in words."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    problem = json.loads(response.content)
    assert schema_errors(PROBLEM, problem) == []
    return problem["status"] == status and problem["detail"].endswith(".")


@pytest.fixture
def answer(client, starter_release, settings):
    """Asks the API for an address."""
    settings.RELEASES_DIR = starter_release
    return lambda address, method="get", **headers: getattr(client, method)(address, headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_answers_in_its_shape(answer, address):
    response = answer(real(address))
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert contract_errors(real(address), json.loads(body(response))) == []


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_site_may_read_it(answer, address):
    response = answer(address, origin="https://elsewhere.example")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


@pytest.mark.parametrize("address", EVERYWHERE)
def test_head_gives_no_body(answer, address):
    response = answer(address, "head")
    assert (response.status_code, body(response)) == (200, b"")


# People score in their language also where the site is not public in it, as it is not in Welsh here.
@pytest.mark.parametrize(
    ("address", "locale"),
    [
        (address, locale)
        for address in WITH_LOCALE
        for locale in ("xx", "fr", "EN", "en-gb", "..", "%2e%2e", "cy", "en%00")
        if (address, locale) != ("/api/v1/{locale}/widget/", "cy")
    ],
)
def test_unknown_locale_is_not_found(answer, address, locale):
    assert is_problem(answer(real(address, locale=locale)), 404)


@pytest.mark.parametrize("address", WITH_CODE)
@pytest.mark.parametrize("code", ["no-such-thing", "UPPER", "..", "a%2Fb", "0", "ü", "a" * 3000])
def test_unknown_code_is_not_found(answer, address, code):
    assert is_problem(answer(real(address, code=code)), 404)


@pytest.mark.parametrize(
    "address", ["/api/", "/api/v1", "/api/v2/", "/api/v1/en", "/api/v1/en/marks", "/api/v1/en/nothing/", "/api/v1//"]
)
def test_other_addresses_are_not_found(answer, address):
    assert is_problem(answer(address), 404)


def test_index_names_the_release(answer, starter_release):
    index = answer("/api/v1/").json()
    assert index["release"] == current_id(starter_release)
    assert [locale["locale"] for locale in index["locales"]] == ["en"]


def test_index_leads_to_everything(answer):
    """Whoever starts at the index finds every other address without being told."""
    index = answer("/api/v1/").json()
    for address in [index["openapi"], *(locale["api"] for locale in index["locales"])]:
        assert answer(address).status_code == 200


def test_lists_count_what_they_hold(answer):
    for address in ADDRESSES:
        if re.fullmatch(r"/api/v1/{locale}/\w+/", address) and not address.endswith(("/search/", "/widget/")):
            listed = json.loads(body(answer(real(address))))
            assert min(listed["count"], PER_PAGE) == len(listed["results"]) > 0
            assert (listed["next"] is None, listed["previous"]) == (listed["count"] <= PER_PAGE, None)


def test_before_the_first_release_nothing_is_found(client, settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "none"
    for address in EVERYWHERE:
        assert is_problem(client.get(address), 404)
