"""The doctor's report, and that nothing which fails keeps the rest from being looked at."""

import json

import pytest
from django.db import OperationalError

from cms.doctor.examining import Group, examine
from cms.doctor.findings import Verdict, broken, ok, warning
from cms.doctor.groups import GROUPS
from cms.doctor.report import status_of, written

WELL, DOUBTFUL = ok("one", "One is well."), warning("two", "Two is odd.", "Look at it.")
ILL = broken("three", "Three is gone.", "Bring it back.")


def found(*findings) -> list:
    return [(Group("things", "Things", lambda: findings), list(findings))]


def test_report_reads_well():
    assert written(found(WELL, DOUBTFUL, ILL), "text") == (
        "Things\n"
        "  ok       One is well.\n"
        "  WARNING  Two is odd.\n"
        "           What to do: Look at it.\n"
        "  BROKEN   Three is gone.\n"
        "           What to do: Bring it back.\n"
        "\n"
        "1 broken, 1 worth a look, 1 well."
    )
    assert written(found(WELL), "text").endswith("All is well: 1 things were looked at.")


def test_monitoring_reads_json():
    said = json.loads(written(found(WELL, ILL), "json"))
    assert said["status"] == "broken"
    assert said["checks"][1] == {
        "group": "things",
        "check": "three",
        "verdict": "broken",
        "says": "Three is gone.",
        "mend": "Bring it back.",
    }


@pytest.mark.parametrize(
    ("findings", "status"),
    [([], "ok"), ([WELL], "ok"), ([WELL, DOUBTFUL], "warning"), ([ILL, DOUBTFUL, WELL], "broken")],
)
def test_worst_verdict_is_the_status(findings, status):
    assert status_of(found(*findings)) == status


@pytest.mark.parametrize(
    ("error", "verdict", "said"),
    [
        (OperationalError("gone\nfor good"), "warning", "the database does not answer (gone for good)."),
        (ZeroDivisionError("by zero"), "broken", "The rest could not be looked at (ZeroDivisionError: by zero)."),
        (OSError(), "broken", "(OSError: OSError)"),
    ],
)
def test_check_that_fails_is_a_finding(error, verdict, said):
    def look():
        yield WELL
        raise error

    first, last = examine(Group("things", "Things", look))
    assert first == WELL
    assert last.verdict == verdict
    assert said in last.says
    assert last.mend


def test_names_tell_findings_apart():
    names = [group.name for group in GROUPS]
    assert len(names) == len(set(names)) > 5


def test_what_is_well_needs_no_mending():
    assert WELL.verdict is Verdict.OK
    assert WELL.mend == ""
