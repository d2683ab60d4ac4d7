"""Going through just those pieces of trees that differ from other trees, to copy them from place to place."""

from collections.abc import Callable, Iterable

from api.releases.tree import EMPTY, Pieces, Root, Tree

# Pieces that are looked at together: at most so many at each depth are in memory.
CHUNK = 256
# The SHA-256 of a piece, and that of the piece which the other tree has in its place.
Pair = tuple[str, str | None]


def go_through(
    pairs: Iterable[Pair],
    before: Pieces,
    load: Callable[[list[str]], dict[str, dict]],
    settle: Callable[[list[str], list[object]], None],
):
    """Go through what trees have and their counterparts have not, as many pieces at a time as `load` is called with.

    `pairs` are the roots. `before` reads the counterparts. `load` gives pieces by their SHA-256; `settle` is called
    with the names of pieces, after it was called with all those below them, and with the values of their entries.
    """
    pairs = {name: was for name, was in pairs if name not in (was, EMPTY.sha256)}
    names = list(pairs)
    for start in range(0, len(names), CHUNK):
        chunk = names[start : start + CHUNK]
        below, values = [], []
        for name, piece in load(chunk).items():
            found = _differing(piece, pairs[name], before)
            below += found[0]
            values += found[1]
        go_through(below, before, load, settle)
        settle(chunk, values)


def _differing(piece: dict, was: str | None, before: Pieces) -> tuple[list[Pair], list[object]]:
    """Give the pairs below a piece, and the values of its entries that differ from those in its counterpart."""
    old = before.read(was) if was else {"entries": {}}
    if "children" in piece:
        # Where a piece was split, each part may have what the whole had.
        parts = old.get("children") or dict.fromkeys(piece["children"], [was])
        return [(child[0], parts.get(digit, [None])[0]) for digit, child in piece["children"].items()], []
    entries = old["entries"] if "entries" in old else dict(Tree(before, Root(was, 0)).items())
    differing = [(now, entries.get(key)) for key, now in piece["entries"].items() if now != entries.get(key)]
    trees = [(_tree(now), _tree(past)) for now, past in differing if _tree(now)]
    return trees, [now for now, _past in differing]


def _tree(value) -> str | None:
    """Give the root of the tree that a value points to, None where it is no such value."""
    return value["tree"][0] if isinstance(value, dict) and "tree" in value else None
