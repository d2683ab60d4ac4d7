"""Whether what is installed is the set that was tested, and none of it older than the lowest safe version."""

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import distributions
from pathlib import Path

from django.utils.version import get_version_tuple

from cms.doctor.findings import Finding, broken, ok, warning
from cms.doctor.lowest import looked_at, lowest_safe

ROOT = Path(__file__).parents[2]
REQUIREMENTS = "requirements.txt"
INSTALL = f".venv/bin/python -m pip install -r {REQUIREMENTS}"
OLDEST_PYTHON = (3, 11)
# After so long, there are surely advisories that the list does not have.
STALE = timedelta(days=180)
# More are not listed one by one.
LISTED = 5


def look() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        yield broken(
            "python", f"Python {version} is too old.", "Install Python 3.11 or newer, then: make clean prepare"
        )
    else:
        yield ok("python", f"Python {version}.")
    have = installed()
    yield from unsafe(have)
    yield against_tested(have, pinned(ROOT / REQUIREMENTS))
    yield age_of_list(date.today())


def unsafe(have: dict[str, str]) -> Iterator[Finding]:
    """Say which packages are older than their lowest safe version."""
    lowest = lowest_safe()["packages"]
    old = [name for name in sorted(lowest) if name in have and is_older(have[name], lowest[name]["version"])]
    for name in old:
        safe = lowest[name]
        says = f"{name} {have[name]} is older than {safe['version']}, which closes {', '.join(safe['closes'])}."
        yield broken("unsafe", says, f"Install the tested versions: {INSTALL}. Then start server and worker again.")
    if not old:
        yield ok("unsafe", f"No package is older than its lowest safe version, as known on {looked_at()}.")


def against_tested(have: dict[str, str], wanted: dict[str, str]) -> Finding:
    """Say whether the tested set is installed."""
    other = [
        f"{name} {have.get(name, 'is missing')} ({version} was tested)"
        for name, version in sorted(wanted.items())
        if have.get(name) != version
    ]
    if not other:
        return ok("tested", f"The {len(wanted)} packages of {REQUIREMENTS} are installed, as tested.")
    more = f", and {len(other) - LISTED} more" if len(other) > LISTED else ""
    return warning("tested", f"Other packages than tested: {'; '.join(other[:LISTED])}{more}.", f"{INSTALL}")


def age_of_list(today: date) -> Finding:
    """Say whether somebody has looked for advisories lately."""
    if today - looked_at() > STALE:
        says = f"The list of safe versions is of {looked_at()}: newer gaps are not on it."
        return warning("list", says, "Bring the toolkit up to date: docs/upgrading.md.")
    return ok("list", f"The list of safe versions is of {looked_at()}.")


def installed() -> dict[str, str]:
    """Give the version of every package that is installed, by its name in small letters with hyphens."""
    return {plain(one.metadata["Name"]): one.version for one in distributions() if one.metadata["Name"]}


def pinned(file: Path) -> dict[str, str]:
    """Give the versions that a file of requirements names, also those that are for some versions of Python alone."""
    lines = (line.partition(" ;")[0] for line in file.read_text(encoding="utf-8").splitlines())
    return {plain(name): version for name, equals, version in (line.partition("==") for line in lines) if equals}


def plain(name: str) -> str:
    """Give a package's name as all tools compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_older(version: str, than: str) -> bool:
    return get_version_tuple(version) < get_version_tuple(than)
