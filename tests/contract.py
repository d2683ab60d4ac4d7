"""The contract, api/openapi.json, held against real answers. `PATHS` are those of content, `BOARDS` of boards."""

import json
import re
from functools import cache

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker

CONTRACT = json.loads((settings.BASE_DIR / "api" / "openapi.json").read_text())
BOARDS = {address: methods for address, methods in CONTRACT["paths"].items() if "/board" in address}
# Those without a template first: they win over those that they fit into.
PATHS = sorted(CONTRACT["paths"].keys() - BOARDS.keys(), key=lambda address: (address.count("{"), address))
# What comes from a release: all but the drafts that somebody has shared.
ADDRESSES = [address for address in PATHS if "{token}" not in address]

# What must be asked, by operation.
ASKED = {"search": "?q=listening", "changes": "?since=0"}


def real(address: str, **values: str) -> str:
    """Give an address of the contract with its examples in place, or other values: something is there."""
    operation = CONTRACT["paths"][address]["get"]
    in_path = {known["name"]: known["example"] for known in operation.get("parameters", ()) if known["in"] == "path"}
    return address.format(**{**in_path, **values}) + ASKED.get(operation["operationId"], "")


def contract_errors(address: str, answer, status: int = 200) -> list[str]:
    """Give what an answer has that the contract does not say of its address, one line each; [] when it agrees."""
    return answer_errors(CONTRACT["paths"][address_in_contract(address)]["get"], answer, status)


def answer_errors(operation: dict, answer, status: int) -> list[str]:
    """Give what an answer has that an operation of the contract does not say; [] when it agrees."""
    known = operation["responses"][str(status)]
    if shared := known.get("$ref"):
        known = CONTRACT["components"]["responses"][shared.rpartition("/")[2]]
    [schema] = [described["schema"] for described in known["content"].values()]
    return schema_errors(json.dumps(schema), answer)


def schema_errors(schema: str, answer) -> list[str]:
    """Give what disagrees with a schema (as JSON text) of the contract."""
    errors = _validator(schema).iter_errors(answer)
    return [f"{error.json_path}: {error.message[:200]}" for error in errors]


def address_in_contract(address: str) -> str:
    """Give the contract's form of an address, such as /api/v1/{locale}/marks/{code}/."""
    path = address.partition("?")[0]
    return next(known for known in PATHS if re.fullmatch(re.sub(r"{\w+}", "[^/]+", known), path))


@cache
def _validator(schema: str):
    # OpenAPI 3.1's schemas are JSON Schema 2020-12; references lead to the components of the same file.
    whole = {"components": CONTRACT["components"], **json.loads(schema)}
    return Draft202012Validator(whole, format_checker=FormatChecker())
