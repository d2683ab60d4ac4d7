"""What the OpenAPI contract has beside the views' own parts: every error, headers, links and examples.

The examples are the golden ones of the tests: `make openapi` is for developers, and nothing at run time reads them.
"""

import json
from pathlib import Path

from django.conf import settings

from api.content.addresses import CHANGES, SEARCH, operation_name
from api.content.deprecation import DEPRECATED
from api.content.pages import list_page
from api.problems import ADDRESS, MEDIA_TYPE, SENTENCES, TITLES, problem
from api.scoring.contract import SCHEMES, errors_of, is_about_boards
from api.scoring.exports.files import FILES
from api.scoring.polling import BOARD
from api.scoring.rules import MOST_ROUNDS
from toolkit.documents.addresses import COLLECTION_OF, COLLECTIONS
from toolkit.documents.shapes import SUMMARIES, shaped

START = "/api/v1/"
EXAMPLES = Path(settings.BASE_DIR) / "tests" / "examples"
# What every operation of the content API can answer beside 200 and what its view says.
ALWAYS = (400, 404, 406, 500)
HEADERS = {
    "ETag": "Names just these bytes. Sent back in If-None-Match, it spares sending them again.",
    "Cache-Control": "How long caches may keep it, and show it while this server is away.",
    "Link": "The pages before and after this one (RFC 8288), and why this address will end.",
    "Deprecation": "Since when nothing new should use this address (RFC 9745). Missing where that is no question.",
    "Sunset": "When this address will end (RFC 8594): at least twelve months after it was deprecated.",
    "Retry-After": "In how many seconds to try again.",
}
PATH_PARAMETERS = {
    "locale": {"description": "One of the locales that the start of the API lists.", "example": "en"},
    "code": {"description": "Stable name of the thing, the same in all locales."},
    "token": {},
    "mark": {"description": "The mark’s `id` on the board. To add one of the group’s own, make a UUID."},
    "note": {"description": "The note’s `id`: for a new one, a UUID that you make."},
    "dissent": {"description": "The `id` of what some would say: for a new one, a UUID that you make."},
    "number": {
        "description": "One more than `rounds` of the board says.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROUNDS},
        "example": 2,
    },
    "kind": {
        "description": "What a spreadsheet opens, or `json`, which brings a board back.",
        "schema": {"type": "string", "enum": list(FILES)},
        "example": "csv",
    },
}
CODES = {
    "stages": "process",
    "marks": "listening",
    "quotes": "chairs-in-a-circle",
    "ideas": "world-cafe",
    "terms": "jargon",
    "pages": "lake",
    "easy-read": "listening-easy-read",
}


def only_api(endpoints):
    """Keep the endpoints of the API: drf-spectacular's preprocessing hook."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(START)]


def completed(result: dict, generator, request, public) -> dict:
    """Complete the contract: drf-spectacular's postprocessing hook."""
    examples = read_examples()
    components = result["components"]
    components["examples"] = {kind: {"value": document} for kind, document in examples.items()}
    components["headers"] = {
        name: {"description": about, "schema": {"type": "string"}} for name, about in HEADERS.items()
    }
    components["responses"] = {
        "NotModified": {"description": "The client has these bytes already.", "headers": headers("ETag")},
        **{component_name(code): problem_answer(code) for code in (*ALWAYS, 410, 429, 503)},
    }
    components["securitySchemes"] = SCHEMES
    for shape in components["schemas"].values():
        for field in shape.get("properties", {}).values():
            # Makers of typed clients take a field that has a default for one that must be sent.
            field.pop("default", None)
    for address, methods in result["paths"].items():
        for method, operation in methods.items():
            if is_about_boards(operation):
                complete_board(operation, method, address, components["responses"])
            else:
                complete(operation, address, examples)
    return result


def complete_board(operation: dict, method: str, address: str, shared: dict):
    """Put into an operation on boards what its view does not say, and its refusals among the shared answers."""
    answers = operation["responses"]
    for answer in answers.values():
        answer["description"] = operation["summary"]
    if address == BOARD and method == "get":
        answers["200"]["headers"] = headers("ETag", "Cache-Control", "Retry-After")
        answers["304"] = {"$ref": "#/components/responses/NotModified"}
    for code in errors_of(operation, method):
        name = f"Board{component_name(code)}"
        shared[name] = problem_answer(code, "BoardProblem")
        answers[str(code)] = {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = dict(sorted(answers.items()))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter |= PATH_PARAMETERS[parameter["name"]]


def complete(operation: dict, address: str, examples: dict):
    """Put into an operation what its view does not say."""
    collection = collection_of(address)
    answers = operation["responses"]
    # Nobody keeps a draft, so nobody asks whether theirs is still right.
    is_kept = "{token}" not in address
    shown = [*(["ETag"] if is_kept else []), "Cache-Control", "Deprecation", "Sunset"]
    answers["200"]["description"] = operation.get("summary", "")
    answers["200"]["headers"] = headers(*shown, *(["Link"] if is_list(address) else []))
    answers["200"]["content"]["application/json"] |= examples_of(address, collection, examples)
    answers["200"] |= links(address, collection)
    if is_kept:
        answers["304"] = {"$ref": "#/components/responses/NotModified"}
    for code in sorted({*map(str, ALWAYS), *answers} - {"200", "304"}):
        answers[code] = {"$ref": f"#/components/responses/{component_name(int(code))}"}
    operation["responses"] = dict(sorted(answers.items()))
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            parameter |= PATH_PARAMETERS[parameter["name"]]
            parameter |= {"example": CODES[collection]} if parameter["name"] == "code" else {}
    if address in DEPRECATED:
        operation["deprecated"] = True


def read_examples() -> dict[str, dict]:
    """Give the golden example of a document of each type."""
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(EXAMPLES.glob("*.json"))}


def collection_of(address: str) -> str:
    """Give the name of the collection that an address of the contract is about, "" for none."""
    name = address.removeprefix(f"{START}{{locale}}/").partition("/")[0]
    return name if name in COLLECTIONS else ""


def is_list(address: str) -> bool:
    """Tell whether an address of the contract has pages."""
    return address in (CHANGES, SEARCH) or (bool(collection_of(address)) and "{code}" not in address)


def examples_of(address: str, collection: str, examples: dict) -> dict:
    """Give the examples of what an address answers."""
    if address == f"{START}{{locale}}/":
        return {"examples": {"toolkit": {"$ref": "#/components/examples/toolkit"}}}
    if not collection:
        return {}
    kinds = COLLECTIONS[collection]
    if not is_list(address):
        return {"examples": {kind: {"$ref": f"#/components/examples/{kind}"} for kind in kinds}}
    summaries = [shaped(SUMMARIES[kind], examples[kind]) for kind in kinds]
    page = list_page(address.replace("{locale}", "en"), summaries, count=len(summaries))
    return {"examples": {collection: {"value": page}}}


def links(address: str, collection: str) -> dict:
    """Give the links that lead from an answer to other operations."""
    locale = "$request.path.locale"
    if address == START:
        first = "$response.body#/locales/0/locale"
        to = {
            "toolkit": {"locale": first},
            **{operation_name("list", name): {"locale": first} for name in COLLECTIONS},
        }
        to["changes"] = {"since": "$response.body#/release"}
    elif collection and is_list(address):
        to = {operation_name("get", collection): {"locale": locale, "code": "$response.body#/results/0/code"}}
    elif address == f"{START}{{locale}}/":
        stage, mark = "$response.body#/stages/0/code", "$response.body#/stages/0/marks/0/code"
        to = {
            f"get_{COLLECTION_OF['stage']}": {"locale": locale, "code": stage},
            f"get_{COLLECTION_OF['mark']}": {"locale": locale, "code": mark},
            "list_marks": {"locale": locale, "stage": stage},
            "list_quotes": {"locale": locale, "mark": mark},
            "search": {"locale": locale, "q": mark},
        }
    else:
        return {}
    return {"links": {name: {"operationId": name, "parameters": values} for name, values in to.items()}}


def component_name(code: int) -> str:
    """Give the name that a kind of problem has in the contract."""
    return problem(code)["type"].removeprefix(ADDRESS).title().replace("-", "")


def problem_answer(code: int, shape: str = "Problem") -> dict:
    """Describe the answer that is a problem with an HTTP status."""
    schema = {"$ref": f"#/components/schemas/{shape}"}
    answer = {
        "description": f"{TITLES[code]}. {SENTENCES[code]}",
        "content": {MEDIA_TYPE: {"schema": schema, "example": problem(code)}},
    }
    return answer | ({"headers": headers("Retry-After")} if code in (429, 503) else {})


def headers(*names: str) -> dict:
    """Refer to headers of answers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
