"""A typed client, made from the contract alone: it compiles without a cast, and reads what a running server gives."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.gates.needs import need
from tests.node import MODULES, node, tools
from tests.once import once
from toolkit.blocks import Body, Pairs
from toolkit.documents.shapes import DOCUMENTS

# The starter content is made a release of.
pytestmark = [pytest.mark.django_db, pytest.mark.needs("node")]

FOLDER = Path(__file__).parent
TYPES = (str(MODULES / ".bin/openapi-typescript"), "api/openapi.json", "--output", str(FOLDER / "build/types.d.ts"))
COMPILE = (str(MODULES / ".bin/tsc"), "--project", str(FOLDER))
# What tells the compiler to look away.
CASTS = re.compile(r"\bas (?!const\b)[\w<{]|\bany\b|@ts-|\w!\.|<[A-Z]\w+>\s*\w+\(")


def build(_folder: Path):
    """Compile the client."""
    shutil.rmtree(FOLDER / "build", ignore_errors=True)
    for command in (TYPES, COMPILE):
        done = node(*command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(common):
    """The client, compiled against the contract as it is now."""
    need("node")
    tools(common)
    once(common, "client", build)


@pytest.fixture(scope="module")
def read(built, served_starter) -> dict:
    """What the client has read of a running server."""
    done = node("node", str(FOLDER / "run.js"), served_starter.address.rstrip("/"))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_client_makes_no_cast():
    words = "".join(line.partition("//")[0] for line in (FOLDER / "client.ts").read_text().splitlines(keepends=True))
    assert CASTS.findall(words) == []


def test_client_reads_every_type_of_document(read):
    assert set(read["documents"]) == set(DOCUMENTS)
    assert all(read["documents"].values())
    assert read["documents"]["stage"].startswith("stage 1: ")


def test_client_tells_blocks_apart(read):
    assert {"text", "quote", "idea"} <= set(read["blocks"]) <= {*Body().child_blocks, *Pairs().child_blocks}


def test_client_filters_and_searches(read):
    counts = read["counts"]
    assert 0 < counts["marksOfStage"] < counts["marks"]
    assert 0 < counts["snakes"] < counts["quotes"]
    assert counts["found"] > 0


def test_client_scores_on_a_board(read):
    expected = {"hidden": True, "scores": [7], "agreed": "8: Most of us", "code": "conflict", "current": "Most of us"}
    assert read["scored"] == expected


def test_client_is_told_what_was_wrong(read):
    assert read["refused"] == {"status": 400, "parameters": ["stage"]}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("block.quote.kind", "block.idea.kind"),
        ('case "glossary":', 'case "glossaries":'),
        ('kind: "snake"', 'kind: "snail"'),
    ],
)
def test_compiler_finds_what_the_contract_does_not_have(built, tmp_path, right, wrong):
    source = (FOLDER / "client.ts").read_text()
    assert right in source
    shutil.copy(FOLDER / "tsconfig.json", tmp_path)
    shutil.copytree(FOLDER / "build", tmp_path / "build")
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "client.ts").write_text(source.replace(right, wrong, 1))
    done = node(*COMPILE[:-1], str(tmp_path), "--noEmit")
    assert done.returncode != 0
    assert "client.ts" in done.stdout
