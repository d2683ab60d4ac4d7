"""The lowest safe versions, as `safe-versions.toml` has them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "safe-versions.toml"


@cache
def lowest_safe() -> dict:
    """Give the file: `packages` and `postgresql` are {name: {"version", "closes", "since"}}."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def looked_at() -> date:
    """Give the day on which somebody last looked for newer advisories."""
    return lowest_safe()["looked_at"]
