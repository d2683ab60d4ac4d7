"""Threat model and drill keep their word: each line has a test that is there, and gaps are said to be gaps."""

import ast
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


def test_second_database_is_for_what_has_none_of_its_own(tmp_path):
    """One of the lines starts servers on both, one has two tests of which one does, one leaves it all to the run."""
    look = """
from tests.drill import PAGE
from tests.security import on_the_database
from tests.threats import threats
lines = [line for line in threats(PAGE) if line.name in ("D3", "D10", "D20")]
print(*(f"{line.name}:{len(line.proofs)}" for line in on_the_database(lines)))
"""
    done = run([sys.executable, "-c", look], tmp_path, DJANGO_SETTINGS_MODULE="tests.settings")
    assert done.stdout.splitlines()[-1] == "D10:1 D20:2", done.stderr
