"""Whether what is installed is the set that was tested, and none of it older than the lowest safe version."""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    have, pins = installed(), pins_of(ROOT / REQUIREMENTS)
    yield from unsafe(have, waiting={pin.name: pin.needs for pin in pins if not pin.is_for(sys.version_info)})
    yield against_tested(have, {pin.name: pin.version for pin in pins if pin.is_for(sys.version_info)})
    yield age_of_list(date.today())


def unsafe(have: dict[str, str], waiting: dict[str, str] | None = None) -> Iterator[Finding]:
    """Say which packages are older than their lowest safe version.

    `waiting` are those whose tested version needs a newer Python, and which one: pip cannot mend them.
    """
    lowest, version = lowest_safe()["packages"], ".".join(map(str, sys.version_info[:3]))
    old = [name for name in sorted(lowest) if name in have and is_older(have[name], lowest[name]["version"])]
    for name in old:
        safe = lowest[name]
        says = f"{name} {have[name]} is older than {safe['version']}, which closes {', '.join(safe['closes'])}."
        if needs := (waiting or {}).get(name):
            says = f"{says} The safe one needs Python {needs}, and this is {version}."
            yield warning(
                "unsafe", says, "Take a newer Python when you can, as of a newer Debian, then: make prepare"
            )
        else:
            yield broken(
                "unsafe", says, f"Install the tested versions: {INSTALL}. Then start server and worker again."
            )
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


@dataclass(frozen=True)
class Pin:
    """A line of a file of requirements: the version of a package, and from which Python on it is for; "" for any."""

    name: str
    version: str
    needs: str

    def is_for(self, python: Sequence[int]) -> bool:
        """Tell whether a version of Python, such as (3, 11, 2), takes it."""
        return tuple(python[:3]) >= tuple(map(int, filter(None, self.needs.split("."))))


PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; python_full_version >= \"(?P<needs>[\d.]+)\")?$", re.MULTILINE
)


def pins_of(file: Path) -> list[Pin]:
    """Give what a file of requirements names, also what is for some versions of Python alone."""
    found = PIN.finditer(file.read_text(encoding="utf-8"))
    return [Pin(plain(one["name"]), one["version"], one["needs"] or "") for one in found]


def pinned(file: Path) -> dict[str, str]:
    """Give the version of each package that a file of requirements names."""
    return {pin.name: pin.version for pin in pins_of(file)}


def plain(name: str) -> str:
    """Give a package's name as all tools compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_older(version: str, than: str) -> bool:
    return get_version_tuple(version) < get_version_tuple(than)
