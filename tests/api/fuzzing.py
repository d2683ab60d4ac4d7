"""What no tool can know of the API when it asks at random: which right questions have no answer all the same."""

import json
import os
from atexit import register
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random
from urllib.request import Request, urlopen
from uuid import uuid4

import schemathesis

from tests.fuzz import LONGEST

# A page beyond the last one, a code that nothing has, a release that is gone: all that depends on what there is. And
# that a text holds no character that is none, which a contract has no words for.
DEPENDS = (
    "the last page there is.",
    "none has this one.",
    "must be a release that is still kept",
    "must be one of the locales that the start of the API lists.",
    "characters are not allowed.",
)
# What stands where a locale may stand, and is none: it has an address of its own.
BESIDE_LOCALES = ("docs", "changes", "openapi.json", "board", "boards")
# After these, a token works no more: they are asked without one.
LAST = ("delete_board", "leave_board", "hand_over")
START = "/api/v1/board/"
random = Random(1)
# How often each status was answered, what was asked, and what took longest, in seconds.
statuses, operations, slowest = Counter(), set(), [(0.0, "")]


@cache
def board(address: str) -> tuple[str, list[str]]:
    """Open a board on a server, and give the token of somebody on it, and the ids of its marks."""
    body = json.dumps({"locale": "en", "codes": ["listening", "sharing-power"], "own_marks": ["Tea"]}).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
    with urlopen(Request(f"{address}/api/v1/boards/", body, headers)) as answer:
        token = json.load(answer)["token"]
    with urlopen(Request(f"{address}/api/v1/board/", headers={"Authorization": f"Bearer {token}"})) as answer:
        return token, [mark["id"] for mark in json.load(answer)["marks"]]


@schemathesis.auth().apply_to(path_regex=f"^{START}").skip_for(operation_id=list(LAST))
class OnBoard:
    """Asks as somebody on a board."""

    def get(self, case, context):
        return board(case.operation.base_url.rstrip("/"))[0]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Ask for a locale where one is asked for, and for marks of the board."""
    asked = case.path_parameters or {}
    if asked.get("locale") in BESIDE_LOCALES:
        # Along the links, an address of its own can come to stand there.
        asked["locale"] = "en"
    if case.operation.path.startswith(START) and case.meta and case.meta.generation.mode.is_positive:
        marks = board(case.operation.base_url.rstrip("/"))[1]
        if "mark" in asked and random.random() < 0.7:
            asked["mark"] = random.choice(marks)
        if isinstance(case.body, dict) and "mark" in case.body and random.random() < 0.7:
            case.body["mark"] = random.choice(marks)


@schemathesis.check
def right_questions_are_answered(ctx, response, case):
    """A question that the contract allows gets a 400 for what depends on the release, and for nothing else.

    What people write and answer on a board is judged by its rules, which say why in words of their own.
    """
    is_right = case.meta is not None and case.meta.generation.mode.is_positive
    if is_right and response.status_code == 400:
        problem = json.loads(response.content)
        errors = problem.get("errors", [])
        assert errors or "code" in problem, "Refused without a parameter that is wrong"
        for error in errors:
            assert any(words in error["detail"] for words in DEPENDS), error["detail"]


@schemathesis.check
def answers_come_in_time(ctx, response, case):
    """Ask once more what took too long: a machine has other things to do."""
    assert response.elapsed <= LONGEST or case.call().elapsed <= LONGEST, f"Took {response.elapsed:.1f} s"


@schemathesis.hook
def after_call(context, case, response):
    statuses[str(response.status_code)] += 1
    operations.add(case.operation.path)
    slowest[0] = max(slowest[0], (response.elapsed, f"{case.operation.method.upper()} {case.operation.path}"))


@register
def write_figures():
    """Say what `make fuzz` shows, when all is asked."""
    if file := os.environ.get("FUZZ_FIGURES"):
        told = {"statuses": statuses, "routes": len(operations), "slowest": slowest[0]}
        Path(file).write_text(json.dumps(told))
