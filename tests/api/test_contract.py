"""The contract in api/openapi.json is what the code gives."""

from django.conf import settings
from django.core.management import call_command
from jsonschema import Draft202012Validator

from tests.contract import CONTRACT


def test_contract_equals_the_code(tmp_path):
    made = tmp_path / "openapi.json"
    call_command("spectacular", format="openapi-json", file=str(made), validate=True, fail_on_warn=True)
    kept = settings.BASE_DIR / "api" / "openapi.json"
    assert made.read_text() == kept.read_text(), "Run `make openapi`, and look at what changed."


def test_contract_is_openapi_31():
    assert CONTRACT["openapi"] == "3.1.0"
    for shape in CONTRACT["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_contract_covers_only_the_content_api():
    assert all(path.startswith("/api/v1/") for path in CONTRACT["paths"])
    assert {method for methods in CONTRACT["paths"].values() for method in methods} == {"get"}


def test_every_answer_lists_what_it_requires():
    documents = {
        name: shape for name, shape in CONTRACT["components"]["schemas"].items() if name.endswith("Document")
    }
    for name, shape in documents.items():
        if "properties" in shape:
            assert set(shape["required"]) == set(shape["properties"]), name
