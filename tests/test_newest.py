"""What tries the newest Wagtail: it names tests that are there, tells loudly what fails, and stops nothing."""

import re
import subprocess

from django.conf import settings

SCRIPT = (settings.BASE_DIR / "try-newest").read_text(encoding="utf-8")

# A Python in which everything can be installed, and no test passes.
FAILING = """#!/bin/sh
case "$*" in
    *"-m pytest"*) echo "ImportError: gone"; exit 1;;
    *) echo "Wagtail 99";;
esac
"""


def test_tests_that_are_tried_are_there():
    named = re.search(r'^tests="([^"]+)"', SCRIPT, re.MULTILINE)[1].split()
    assert len(named) > 5
    assert [path for path in named if not (settings.BASE_DIR / path).exists()] == []


def test_what_fails_is_told_and_stops_nothing(tmp_path):
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(FAILING)
    python.chmod(0o755)
    tried = subprocess.run(
        ["./try-newest"], cwd=settings.BASE_DIR, env={"NEWEST_VENV": str(tmp_path)}, capture_output=True, text=True
    )
    assert (tried.returncode, tried.stderr) == (0, "")
    assert "!!  Tests fail with Wagtail 99." in tried.stdout
    assert "!!  ImportError: gone" in tried.stdout
