"""Runs the product's programs as a newcomer's shell would, each on a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What this test run sets for itself, and a newcomer's shell does not hold.
OF_THIS_RUN = {"DATA_DIR", "DATABASE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
SETTINGS = {"PORT", "HOST", "SITE_URL", "ALLOWED_HOSTS", "MAKEFLAGS", "MAKELEVEL"}
# A first start takes half a minute on an idle machine.
START_SECONDS = 240


def environment(data: Path, **settings: str) -> dict[str, str]:
    """A newcomer's environment, with this data folder, without the PDF and pictures, which take time.

    The page of the site's parts is there, for browsers to look at.
    """
    kept = {name: value for name, value in os.environ.items() if name not in OF_THIS_RUN | SETTINGS}
    left_out = {"BOOKLET": "false", "SOCIAL_PICTURES": "false"}
    return {**kept, "DATA_DIR": str(data), **left_out, "STYLEGUIDE": "true", **settings}


def run(command: list[str], data: Path, **settings: str) -> subprocess.CompletedProcess:
    """Run a command to its end, with its output and its errors as text."""
    return subprocess.run(
        command, cwd=ROOT, env=environment(data, **settings), capture_output=True, text=True, timeout=START_SECONDS
    )


def manage(data: Path, *arguments: str, **settings: str) -> str:
    """Run a management command on a data folder and give what it printed; it must succeed."""
    done = run([sys.executable, "manage.py", *arguments], data, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def children_of(pid: int) -> list[int]:
    """Give the ids of the processes that a process has started, and that have not been taken leave of."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
