"""Threat model and drill keep their word: each line has a test that is there, and gaps are said to be gaps."""

import ast
import json
import re
import sys
from functools import cache

import pytest
from django.conf import settings

from tests.drill import PAGE as DRILL
from tests.programs import run
from tests.security import FAILED, NOT_RUN, PASSED, name_of, outcome_of
from tests.threats import MODEL, threats

PAGES = [MODEL, DRILL]
PROOFS = sorted({proof for page in PAGES for threat in threats(page) for proof in threat.proofs})


@cache
def names_in(path: str) -> set[str]:
    """Give the names of all tests of a file, without running it."""
    return {node.name for node in ast.parse((settings.BASE_DIR / path).read_text()).body if hasattr(node, "name")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_is_read(page):
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if "`tests/" in line and "| " in line]
    known = threats(page)
    assert len(lines) == len([threat for threat in known if threat.proofs]) > 15
    assert len({threat.name for threat in known}) == len(known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_line_has_its_test_or_is_a_gap(page):
    assert [threat.name for threat in threats(page) if bool(threat.proofs) == threat.is_gap] == []


@pytest.mark.parametrize("proof", PROOFS)
def test_named_test_is_there(proof):
    path, _, name = proof.partition("::")
    assert name.startswith("test_")
    assert name in names_in(path)


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        ({}, NOT_RUN),
        ({"a": {"passed"}}, NOT_RUN),
        ({"a": {"passed"}, "b": {"passed"}}, PASSED),
        ({"a": {"passed"}, "b": {"passed", "failed"}}, FAILED),
        ({"a": {"passed"}, "b": {"skipped"}}, NOT_RUN),
        ({"a": {"skipped"}, "b": {"failed"}}, FAILED),
    ],
)
def test_line_is_as_good_as_its_worst_test(seen, outcome):
    assert outcome_of(("a", "b"), seen) == outcome


@pytest.mark.parametrize("case", ["tests/a.py::test_b", "tests/a.py::test_b[x@y]", "tests/a.py::test_b@tests/a.py"])
def test_case_belongs_to_its_test(case):
    assert name_of(case) == "tests/a.py::test_b"


@pytest.fixture(scope="module")
def on_the_database(tmp_path_factory) -> dict[str, list[str]]:
    """The tests of each line of the drill that run in the database of a test run."""
    look = """
import json
from tests.drill import PAGE
from tests.security import on_the_database
from tests.threats import threats
print(json.dumps({line.name: line.proofs for line in on_the_database(threats(PAGE))}))
"""
    folder = tmp_path_factory.mktemp("drill")
    done = run([sys.executable, "-c", look], folder, DJANGO_SETTINGS_MODULE="tests.settings")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_second_database_is_for_what_has_none_of_its_own(on_the_database):
    """One line starts servers on both, one has two tests of which one does, one leaves it all to the run."""
    assert [len(on_the_database.get(line, [])) for line in ("D3", "D10", "D20")] == [0, 1, 2]


def test_ci_drills_on_postgres(on_the_database):
    told = re.search(r"ON_POSTGRES-([^}]*)\}", (settings.BASE_DIR / ".ci/run").read_text())[1]
    run_there = told.replace("\\\n", " ").split()
    proofs = {proof for proofs in on_the_database.values() for proof in proofs}
    assert {proof for proof in proofs if not proof.startswith(tuple(run_there))} == set()
