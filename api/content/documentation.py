"""The contract as a page for people: every question with an example of its answer, every shape with its fields."""

import json
import re

from django.template.loader import render_to_string

from api.scoring.contract import TAG, is_about_boards
from toolkit.assets import asset

ADDRESS = "/api/v1/docs/"
TEMPLATE = "docs/page.html"
# What can be written without its name: it is one of some words, and nothing else is to be said of it.
WORDS = re.compile(r"(Enum|Kind)$")
# What is not about boards comes first.
CONTENT = "content"
PARTS = CONTENT, TAG
CODE = re.compile(r"`([^`]+)`")


def documentation_html(contract: dict) -> str:
    """Render the page for a contract: OpenAPI 3.1 as drf-spectacular makes it."""
    stylesheets = [asset(name).path for name in ("site.css", "docs.css")]
    context = {"docs": documentation(contract), "stylesheets": stylesheets, "icon": asset("icon.svg").path}
    return render_to_string(TEMPLATE, context)


def documentation(contract: dict) -> dict:
    """Give what the page shows: title, about, operations by what they are about, and shapes."""
    components = contract["components"]
    operations = [
        _operation(f"{method.upper()} {address}", operation, components)
        for address, methods in contract["paths"].items()
        for method, operation in methods.items()
    ]
    parts = [{"about": part, "operations": [one for one in operations if one["part"] == part]} for part in PARTS]
    shapes = [
        _shape(name, schema, components) for name, schema in components["schemas"].items() if not WORDS.search(name)
    ]
    return {**contract["info"], "parts": parts, "shapes": shapes}


def _operation(asked: str, operation: dict, components: dict) -> dict:
    answers = {code: _resolved(answer, components) for code, answer in operation["responses"].items()}
    usual = min(answers)
    content, sent = answers[usual].get("content", {}), operation.get("requestBody", {}).get("content", {})
    gives = content.get("application/json", {})
    return {
        "asked": asked,
        "part": TAG if is_about_boards(operation) else CONTENT,
        "name": operation["operationId"],
        "summary": operation.get("summary", ""),
        "deprecated": operation.get("deprecated", False),
        "parameters": [_parameter(one) for one in operation.get("parameters", ())],
        "reads": _type(sent["application/json"]["schema"], components) if sent else None,
        "shape": _type(gives["schema"], components) if gives else None,
        "others": [kind for kind in content if kind != "application/json"],
        "examples": [_example(name, one, components) for name, one in gives.get("examples", {}).items()],
        "answers": [(code, answer["description"]) for code, answer in answers.items() if code != usual],
    }


def _parameter(parameter: dict) -> dict:
    return {
        "name": parameter["name"],
        "about": _said_of(parameter),
        "required": parameter.get("required", False),
        "values": _values(parameter["schema"]),
    }


def _said_of(described: dict) -> str:
    """Give what the contract says of something: what stands between backticks there stands between quotes here."""
    return CODE.sub(r"“\1”", described.get("description", ""))


def _values(schema: dict) -> str:
    """Say in words what a parameter may be."""
    if "enum" in schema:
        return f"one of: {', '.join(schema['enum'])}"
    if schema.get("format") == "uuid":
        return "a UUID"
    if schema.get("type") == "integer":
        default = f"; {schema['default']} if left out" if "default" in schema else ""
        return f"a whole number from {schema['minimum']} to {schema['maximum']}{default}"
    longest = schema.get("maxLength")
    return f"text of at most {longest} letters" if longest else "text"


def _example(name: str, example: dict, components: dict) -> dict:
    value = _resolved(example, components)["value"]
    return {"name": name, "json": json.dumps(value, ensure_ascii=False, indent=2)}


def _shape(name: str, schema: dict, components: dict) -> dict:
    required = schema.get("required", [])
    fields = [
        {
            "name": field,
            "about": _said_of(described),
            "type": _type(described, components),
            "may_be_missing": field not in required,
        }
        for field, described in schema.get("properties", {}).items()
    ]
    return {
        "name": name,
        "about": _said_of(schema),
        "fields": fields,
        "one_of": _choices(schema),
        "told_by_type": "discriminator" in schema,
    }


def _choices(schema: dict) -> list[str]:
    return [_name(one["$ref"]) for one in schema.get("oneOf", ()) if "$ref" in one]


def _type(schema: dict, components: dict) -> dict:
    """Say in words what a value is: {"text", "shape"}, where `shape` names a shape to look up, or is empty."""
    if "$ref" in schema:
        name = _name(schema["$ref"])
        words = components["schemas"][name].get("enum")
        return _is(_words(words)) if words and WORDS.search(name) else _is("", name)
    if parts := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        return _either([_type(part, components) for part in parts])
    if schema.get("type") == "array":
        of = _type(schema["items"], components)
        return _is(f"list of {of['text']}".rstrip() if of["text"] else "list of", of["shape"])
    if "const" in schema:
        return _is(f"always “{schema['const']}”")
    if "enum" in schema:
        return _is(_words(schema["enum"]))
    kinds = schema.get("type", "")
    text = " or ".join(kinds if isinstance(kinds, list) else [kinds])
    return _is(f"{text}, a time (ISO 8601, UTC)" if schema.get("format") == "date-time" else text)


def _either(parts: list[dict]) -> dict:
    """Put alternatives together, at most one of which is a shape: so it is in what drf-spectacular makes."""
    texts = [part["text"] for part in parts if part["text"]]
    shape = next((part["shape"] for part in parts if part["shape"]), "")
    return _is(" or ".join(texts), shape)


def _is(text: str, shape: str = "") -> dict:
    return {"text": text, "shape": shape}


def _words(words: list) -> str:
    return "one of: " + ", ".join(f"“{word}”" for word in words)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _resolved(value: dict, components: dict) -> dict:
    """Follow a reference into the components, where there is one."""
    if "$ref" not in value:
        return value
    _start, kind, name = value["$ref"].rsplit("/", 2)
    return components[kind][name]
