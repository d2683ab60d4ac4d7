"""Thousands of questions, right and wrong, at random and along the links: each answer keeps to the contract.

By default a few thousand; `make fuzz` asks some 27,000.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, environment
from tests.fuzz import figures_of

# The starter content is made a release of.
pytestmark = pytest.mark.django_db

# How many questions each operation is asked at random; others come from its examples, limits and links.
EACH = int(os.environ.get("FUZZ_EACH", 40))
SETTINGS = Path(__file__).with_name("fuzzing.toml")


def test_every_answer_keeps_to_the_contract(served_starter, tmp_path, record_property):
    report, figures = tmp_path / "report.json", tmp_path / "figures.json"
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run"]
    command += [f"{served_starter.address}api/v1/openapi.json", "--max-examples", str(EACH), "--seed", "1"]
    command += ["--report-json-path", str(report)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment(served_starter.data, FUZZ_FIGURES=str(figures)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # Shown where the test fails, and by `make fuzz`.
    sys.stdout.write(done.stdout)
    told = json.loads(figures.read_text())
    record_property("fuzz", figures_of("API", told["statuses"], told["routes"], tuple(told["slowest"])))
    assert done.returncode == 0
    assert json.loads(report.read_text())["test_cases"]["generated"] >= 20 * EACH
