"""Node's tools for tests: the packages that package.json names, installed once in a run."""

import subprocess
from pathlib import Path

from tests.once import once
from tests.programs import ROOT

MODULES = Path(ROOT) / "node_modules"


def node(*command: str, folder: Path | str = ROOT) -> subprocess.CompletedProcess:
    """Run a program."""
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def tools(common: Path):
    """Install the packages, where they are not there yet as the lock file has them."""
    once(common, "node", _install)


def _install(_folder: Path):
    installed, lock = MODULES / ".package-lock.json", Path(ROOT) / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        done = node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        assert done.returncode == 0, done.stderr
