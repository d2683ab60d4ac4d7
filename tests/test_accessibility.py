"""The walk through WCAG keeps its word: no criterion is missing, every proof is there; and what axe leaves out."""

import ast
import re
from collections import Counter
from functools import cache

import pytest
from django.conf import settings

from tests.tested import keep_or_compare

WALK = (settings.BASE_DIR / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROW = re.compile(r"\| (\d\.\d\.\d+) [^|]+ \| (A|AA) \| ([a-z ]+) \| [^|]+ \| ([^|]+) \|")
STATES = ("met", "partly", "not met", "not used")
# https://www.w3.org/TR/WCAG22/: levels A and AA of each guideline. 4.1.1 is obsolete.
CRITERIA = {
    "1.1": {1: "A"},
    "1.2": {1: "A", 2: "A", 3: "A", 4: "AA", 5: "AA"},
    "1.3": {1: "A", 2: "A", 3: "A", 4: "AA", 5: "AA"},
    "1.4": {1: "A", 2: "A", 3: "AA", 4: "AA", 5: "AA", 10: "AA", 11: "AA", 12: "AA", 13: "AA"},
    "2.1": {1: "A", 2: "A", 4: "A"},
    "2.2": {1: "A", 2: "A"},
    "2.3": {1: "A"},
    "2.4": {1: "A", 2: "A", 3: "A", 4: "A", 5: "AA", 6: "AA", 7: "AA", 11: "AA"},
    "2.5": {1: "A", 2: "A", 3: "A", 4: "A", 7: "AA", 8: "AA"},
    "3.1": {1: "A", 2: "AA"},
    "3.2": {1: "A", 2: "A", 3: "AA", 4: "AA", 6: "A"},
    "3.3": {1: "A", 2: "A", 3: "AA", 4: "AA", 7: "A", 8: "AA"},
    "4.1": {2: "A", 3: "AA"},
}
ROWS = ROW.findall(WALK)
PROOFS = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", WALK)))
# What has to be told from what it stands on: edges of fields, the focus, and the colours of things.
EDGES = ("control", "focus", "link", "snake", "ladder", "observation")
GROUNDS = ("paper", "card")
# What has a name beside the words that are seen, and the words of a template.
NAMED = re.compile(r"<(?:a|button|summary)\b[^>]*\baria-label=\"({%.*?%})\"[^>]*>(.*?)</", re.DOTALL)
SAID = re.compile(r"{% translate \"([^\"]*)\" %}")
# The admin's own screens are not in the walk.
ADMIN = {"admin", "wagtailadmin"}


def test_no_criterion_is_missing():
    expected = {f"{part}.{number}": level for part, levels in CRITERIA.items() for number, level in levels.items()}
    assert len(expected) == len(ROWS) == 55
    assert {number: level for number, level, _state, _proof in ROWS} == expected


def test_every_row_has_a_state_and_a_proof():
    assert [row for row in ROWS if row[2] not in STATES] == []
    assert [row for row in ROWS if "`tests/" not in row[3] and row[3] != "looked at"] == []


@pytest.mark.parametrize("proof", PROOFS)
def test_proof_is_there(proof):
    path, _, name = proof.partition("::")
    assert not name or name in names_in(path)
    assert (settings.BASE_DIR / path).exists()


@cache
def names_in(path: str) -> set[str]:
    """Give the names of the tests in a file."""
    tree = ast.parse((settings.BASE_DIR / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_readers_are_told_how_many_are_met():
    count = Counter(state for _number, _level, state, _proof in ROWS)
    keep_or_compare("criteria", **{state: count[state] for state in STATES})


def colours(theme: str) -> dict[str, str]:
    """Give the colours of the stylesheet by name, as they are in a theme: "light" or "dark"."""
    css = "".join(file.read_text() for file in sorted((settings.BASE_DIR / "templates/assets").rglob("*.css")))
    return dict(re.findall(rf"--([a-z-]+): (?:[^;]*?)var\(--if-{theme}, (#[0-9a-f]{{6}})\)", css))


def contrast(one: str, other: str) -> float:
    """Give how far two colours stand apart, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_edges_stand_out(theme):
    known = colours(theme)
    pairs = {(edge, ground): contrast(known[edge], known[ground]) for edge in EDGES for ground in GROUNDS}
    assert {pair: ratio for pair, ratio in pairs.items() if ratio < 3} == {}


def test_names_begin_with_what_is_seen():
    folder = settings.BASE_DIR / "templates"
    files = [file for file in folder.rglob("*.html") if file.relative_to(folder).parts[0] not in ADMIN]
    named = [found for file in files for found in NAMED.findall(file.read_text(encoding="utf-8"))]
    assert len(files) > 100
    assert [(name, seen) for name, seen in named if not SAID.findall(name)[0].startswith(SAID.findall(seen)[0])] == []
