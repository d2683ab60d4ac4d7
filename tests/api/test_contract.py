"""The contract in api/openapi.json is what the code gives."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from api.problems import MEDIA_TYPE, TITLES
from tests.contract import BOARDS, CONTRACT, PATHS, contract_errors, real, schema_errors
from toolkit.documents.shapes import DOCUMENTS

OPERATIONS = {address: CONTRACT["paths"][address]["get"] for address in PATHS}
ON_BOARDS = {
    f"{method} {address}": operation for address, methods in BOARDS.items() for method, operation in methods.items()
}
every = pytest.mark.parametrize("address", OPERATIONS)


def resolved(part: dict) -> dict:
    """Give a part of the contract, or what it refers to."""
    for name in part.get("$ref", "#").split("/")[1:]:
        part = part[name] if name in part else CONTRACT[name]
    return part


def test_contract_equals_the_code(tmp_path):
    made = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(made), validate=True, fail_on_warn=True)
    kept = settings.BASE_DIR / "api" / "openapi.json"
    assert made.read_text() == kept.read_text(), "Run `make openapi`, and look at what changed."


def test_contract_is_openapi_31():
    assert CONTRACT["openapi"] == "3.1.0"
    for shape in CONTRACT["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_contract_covers_only_the_api():
    assert all(path.startswith("/api/v1/") for path in CONTRACT["paths"])
    assert {method for path in PATHS for method in CONTRACT["paths"][path]} == {"get"}


@pytest.mark.parametrize("name", ON_BOARDS)
def test_changes_of_boards_are_named_and_allowed(name):
    operation = ON_BOARDS[name]
    is_change = not name.startswith("get ") and name != "delete /api/v1/board/"
    named = [one for one in operation.get("parameters", ()) if one["name"] == "Idempotency-Key"]
    assert [one["required"] for one in named] == ([True] if is_change else [])
    assert ("security" in operation) == ("/board/" in name)


def test_every_error_of_boards_is_a_problem_with_an_example():
    answers = {status: one for operation in ON_BOARDS.values() for status, one in operation["responses"].items()}
    assert {"400", "403", "404", "409", "413", "415", "429"} <= answers.keys()
    for status, answer in answers.items():
        if int(status) >= 400:
            [media] = resolved(answer)["content"].values()
            assert (media["example"]["status"], media["example"]["title"]) == (int(status), TITLES[int(status)])
            assert schema_errors(json.dumps(media["schema"]), media["example"]) == []


def test_every_answer_lists_what_it_requires():
    documents = {
        name: shape for name, shape in CONTRACT["components"]["schemas"].items() if name.endswith("Document")
    }
    for name, shape in documents.items():
        if "properties" in shape:
            assert set(shape["required"]) == set(shape["properties"]), name


@every
def test_operation_names_every_status(address):
    statuses = set(OPERATIONS[address]["responses"])
    expected = {"200", "400", "404", "406", "500"}
    if "{token}" in address:
        assert statuses == expected | {"503"}
        return
    expected |= {"304"}
    is_list = address.count("/") == 5 and not address.endswith("/widget/")
    is_made = address.endswith(("search/", "changes/"))
    if address != "/api/v1/" and not is_made:
        expected |= {"410"}
    if is_list:
        expected |= {"503"}
    if is_list or is_made:
        expected |= {"429"}
    assert statuses == expected


@every
def test_every_error_is_a_problem_with_an_example(address):
    answers = {status: resolved(answer) for status, answer in OPERATIONS[address]["responses"].items()}
    for status, answer in answers.items():
        assert answer["description"]
        if int(status) >= 400:
            [media] = answer["content"].values()
            assert list(answer["content"]) == [MEDIA_TYPE]
            assert media["example"]["status"] == int(status)
            assert schema_errors(json.dumps(media["schema"]), media["example"]) == []


@every
def test_examples_keep_to_their_shape(address):
    media = OPERATIONS[address]["responses"]["200"]["content"]["application/json"]
    for example in media.get("examples", {}).values():
        assert contract_errors(real(address), resolved(example)["value"]) == []


def test_every_type_of_document_has_an_example():
    shown = {
        name
        for operation in OPERATIONS.values()
        for name in operation["responses"]["200"]["content"]["application/json"].get("examples", {})
    }
    assert set(DOCUMENTS) <= shown


@every
def test_links_lead_to_operations(address):
    operations = {operation["operationId"]: operation for operation in OPERATIONS.values()}
    for link in OPERATIONS[address]["responses"]["200"].get("links", {}).values():
        known = {parameter["name"] for parameter in operations[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= known
