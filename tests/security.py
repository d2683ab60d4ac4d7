"""Runs the tests that the threat model names, and prints line by line what came of them: `make security`.

python -m tests.security [V1 P7 …]      all lines, or these alone
"""

import re
import sys
from collections import defaultdict
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tests.programs import ROOT
from tests.threats import MODEL, Threat, threats

PASSED, FAILED, NOT_RUN = "passed", "FAILED", "not run"
# So much of a line's words stands in the table.
WIDTH = 72


class Seen:
    """What came of each test, a pytest plugin: of one with many cases, what came of any of them."""

    def __init__(self):
        self.outcomes = defaultdict(set)

    def pytest_runtest_logreport(self, report):
        # Where a browser comes too late, a test is asked once more: only the last time counts.
        if report.outcome != "rerun" and (report.when == "call" or report.outcome != "passed"):
            self.outcomes[name_of(report.nodeid)].add(report.outcome)


class Collected:
    """What tests there are, a pytest plugin."""

    def __init__(self):
        self.names = set()

    def pytest_collection_finish(self, session):
        self.names = {name_of(item.nodeid) for item in session.items}


def name_of(case: str) -> str:
    """Give the test that a case belongs to: its values stand in brackets, its group of processes after an @."""
    return re.split(r"[\[@]", case, maxsplit=1)[0]


def outcome_of(proofs: tuple[str, ...], seen: dict[str, set[str]]) -> str:
    """Say what came of a line: a test that did not run, or was stopped, proves nothing."""
    of_each = [seen.get(proof, {"skipped"}) for proof in proofs]
    if any("failed" in outcomes for outcomes in of_each):
        return FAILED
    return NOT_RUN if any("skipped" in outcomes for outcomes in of_each) else PASSED


def table(lines: list[Threat], seen: dict[str, set[str]]) -> list[str]:
    """Give a row for each line, and below one that did not pass, the tests that say why."""
    rows = []
    for threat in lines:
        outcome = outcome_of(threat.proofs, seen)
        rows.append(f"{threat.name:5}{outcome:9}{len(threat.proofs):2}  {shortened(threat.about)}")
        if outcome != PASSED:
            rows += [f"{'':18}{proof}" for proof in threat.proofs if outcome_of((proof,), seen) != PASSED]
    return rows


def shortened(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def on_the_database(lines: list[Threat]) -> list[Threat]:
    """Give of some lines what a test run does in its own database: other tests choose theirs, or need none."""
    found = Collected()
    proofs = dict.fromkeys(proof for threat in lines for proof in threat.proofs)
    with redirect_stdout(StringIO()) as said:
        ended = pytest.main([*proofs, "--collect-only", "-m", "django_db", "-qqq"], plugins=[found])
    if ended not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(said.getvalue())
    left = (replace(threat, proofs=tuple(filter(found.names.__contains__, threat.proofs))) for threat in lines)
    return [threat for threat in left if threat.proofs]


def main(names: list[str], page: Path = MODEL, *, again: bool = False) -> int:
    """Run the tests of a page's lines with these names, or of all; give 0 when pytest had nothing to complain of.

    `again`: only those in the run's own database, where all have been run on another one before.
    """
    known, place = threats(page), page.relative_to(ROOT)
    if unknown := set(names) - {threat.name for threat in known}:
        sys.stdout.write(f"There is no line {', '.join(sorted(unknown))} in {place}.\n")
        return 2
    lines = [threat for threat in known if threat.proofs and (not names or threat.name in names)]
    lines = on_the_database(lines) if again else lines
    gaps = [threat for threat in known if threat.is_gap and (not names or threat.name in names)]
    seen = Seen()
    proofs = dict.fromkeys(proof for threat in lines for proof in threat.proofs)
    options = ["-n", "auto", "--dist", "loadgroup", "--no-loadscope-reorder", "--disable-warnings"]
    ended = pytest.main([*proofs, *options], plugins=[seen]) if proofs else pytest.ExitCode.OK
    rows = ["", f"line result tests  {place}", *table(lines, seen.outcomes)]
    rows += [f"{threat.name:5}{'gap':9}{'':2}  {shortened(threat.about)}" for threat in gaps]
    outcomes = [outcome_of(threat.proofs, seen.outcomes) for threat in lines]
    told = [f"{outcomes.count(outcome)} {outcome}" for outcome in (PASSED, FAILED, NOT_RUN)]
    rows += ["", f"{len(lines)} lines: {', '.join(told)}. {len(gaps)} gaps are not yet tested."]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(ended != pytest.ExitCode.OK)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
