"""Tables of what may happen, as data: the threat model and the drill, each line with the tests that prove it."""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.programs import ROOT

MODEL = ROOT / "docs" / "threat-model.md"
GAPS = "Not yet tested"
ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
PROOF = re.compile(r"`(tests/[\w/]+\.py::\w+)`")


@dataclass(frozen=True)
class Threat:
    """One line: what may happen, what is done about it, and the tests; none where there is a gap."""

    name: str
    about: str
    defence: str
    proofs: tuple[str, ...]
    is_gap: bool


def threats(page: Path = MODEL) -> list[Threat]:
    """Give every line of the threat model, or of a page like it, in its order."""
    tested, _heading, gaps = page.read_text(encoding="utf-8").partition(f"\n## {GAPS}\n")
    return [*_threats(tested, is_gap=False), *_threats(gaps, is_gap=True)]


def _threats(text: str, *, is_gap: bool) -> list[Threat]:
    rows = ROW.findall(text)
    return [Threat(name, about, defence, tuple(PROOF.findall(last)), is_gap) for name, about, defence, last in rows]
