"""What the tests find, and what of it is told to readers: `make tested` writes it down, every other run compares."""

import json
import os
import tomllib
from datetime import date

from django.conf import settings

from toolkit.tested import FILE, read_figures

REWRITE = "REWRITE_TESTED" in os.environ
# Of when a test was done, there is nothing to compare.
WHEN = {"date", "version"}


def keep_or_compare(name: str, **found):
    """Hold what a test has found to what readers are told of it, if anything; with REWRITE_TESTED, tell them this."""
    if REWRITE:
        _keep(name, found)
    told = read_figures()[name]
    if told is None:
        return
    same = {key: value for key, value in told.items() if key not in WHEN} == found
    assert same, f"Readers are told of {name}: {told}. The tests found {found}. Tell them: make tested"


def _keep(name: str, found: dict):
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    figures = read_figures() | {name: {"date": date.today().isoformat(), "version": project["version"], **found}}
    FILE.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", encoding="utf-8")
