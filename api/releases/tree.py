"""A map kept as a tree of small pieces, each named by the SHA-256 of its bytes: equal maps have equal roots.

A change of one entry writes the few pieces on the way to it, and two maps are compared without looking at what
they share. So a release of 10,000 pages costs as little to write, to load and to fetch as one of 100.

A piece is JSON: `{"entries": {key: value}}`, or, above BUCKET entries, `{"children": {digit: [sha256, count]}}`,
where the digit is that of the key's own SHA-256 at this depth. Which of the two follows from the entries alone, so
the order in which they came leaves no trace. (A hash trie as in Bagwell, Ideal Hash Trees, 2001.)
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.documents.canonical import canonical_bytes, digest

# Entries in a piece, at most: about 8 kB of them are read and written for one that changes.
BUCKET = 32


class DamagedRelease(Exception):
    """A file of a release is missing or is not what it was; the message names it."""


@dataclass(frozen=True)
class Root:
    """Where a tree begins: the SHA-256 of its first piece, and how many entries it has."""

    sha256: str
    count: int


@dataclass
class Pieces:
    """Reads pieces by their SHA-256 (`load` raises DamagedRelease), and keeps new ones until they are written."""

    load: Callable[[str], dict]
    new: dict[str, bytes] = field(default_factory=dict)
    _parsed: dict[str, dict] = field(default_factory=dict)

    def read(self, sha256: str) -> dict:
        """Give the content of a piece."""
        if sha256 == EMPTY.sha256:
            return {"entries": {}}
        return self._parsed.get(sha256) or self.load(sha256)

    def keep(self, piece: dict) -> str:
        """Take a new piece, and give its SHA-256."""
        content = canonical_bytes(piece)
        sha256 = digest(content)
        self.new[sha256] = content
        self._parsed[sha256] = piece
        return sha256


EMPTY = Root(digest(canonical_bytes({"entries": {}})), 0)


@lru_cache(maxsize=20_000)
def _digits(key: str) -> str:
    return digest(key.encode())


class Tree:
    """An immutable map of texts to JSON values (None is no value)."""

    def __init__(self, pieces: Pieces, root: Root = EMPTY):
        self.pieces = pieces
        self.root = root

    def __len__(self) -> int:
        return self.root.count

    @property
    def root_value(self) -> list:
        """The root as JSON data."""
        return [self.root.sha256, self.root.count]

    def get(self, key: str):
        """Give the value of a key, None when it has none."""
        piece, digits = self.pieces.read(self.root.sha256), _digits(key)
        for digit in digits:
            if "entries" in piece:
                break
            child = piece["children"].get(digit)
            if child is None:
                return None
            piece = self.pieces.read(child[0])
        return piece["entries"].get(key)

    def items(self) -> Iterator[tuple[str, object]]:
        """Give all keys with their values, in an order that says nothing."""
        yield from self._items(self.root.sha256)

    def _items(self, sha256: str):
        piece = self.pieces.read(sha256)
        yield from piece.get("entries", {}).items()
        for child, _count in piece.get("children", {}).values():
            yield from self._items(child)

    def piece_names(self) -> Iterator[str]:
        """Give the SHA-256 of every piece, each after those below it."""
        yield from self._names(self.root.sha256, lambda _name: True)

    def new_pieces(self) -> Iterator[str]:
        """Give the SHA-256 of every piece that is not written yet, each after those below it."""
        yield from self._names(self.root.sha256, self.pieces.new.__contains__)

    def _names(self, sha256: str, wanted: Callable[[str], bool]) -> Iterator[str]:
        if sha256 != EMPTY.sha256 and wanted(sha256):
            for below in names_below(self.pieces.read(sha256)):
                yield from self._names(below, wanted)
            yield sha256

    def changed(self, changes: dict[str, object]) -> "Tree":
        """Give the tree with these values put in; a value of None takes the key out."""
        if not changes:
            return self
        return Tree(self.pieces, self._changed(self.root, changes, 0))

    def _changed(self, root: Root, changes: dict[str, object], depth: int) -> Root:
        piece = self.pieces.read(root.sha256)
        if "entries" in piece:
            entries = {**piece["entries"], **changes}
            return self._made({key: value for key, value in entries.items() if value is not None}, depth)
        children = dict(piece["children"])
        for digit, part in _by_digit(changes, depth).items():
            child = self._changed(Root(*children.get(digit, (EMPTY.sha256, 0))), part, depth + 1)
            children[digit] = (child.sha256, child.count)
        children = {digit: child for digit, child in children.items() if child[1]}
        count = sum(count for _name, count in children.values())
        if count > BUCKET:
            return Root(self.pieces.keep({"children": children}), count)
        left = [entry for name, _count in children.values() for entry in Tree(self.pieces, Root(name, 0)).items()]
        return self._made(dict(left), depth)

    def _made(self, entries: dict[str, object], depth: int) -> Root:
        if not entries:
            return EMPTY
        if len(entries) <= BUCKET:
            return Root(self.pieces.keep({"entries": entries}), len(entries))
        made = {digit: self._made(part, depth + 1) for digit, part in _by_digit(entries, depth).items()}
        children = {digit: (child.sha256, child.count) for digit, child in made.items()}
        return Root(self.pieces.keep({"children": children}), len(entries))

    def differences(self, other: "Tree") -> Iterator[tuple[str, object, object]]:
        """Give (key, value here, value in the other) where they differ; what both share is not even read."""
        yield from _differences(self, self.root.sha256, other, other.root.sha256)


def names_below(piece: dict) -> list[str]:
    """Give the SHA-256 of the pieces that a piece points to: its children, and the trees that are values in it."""
    values = [value for value in piece.get("entries", {}).values() if isinstance(value, dict)]
    trees = [value["tree"] for value in values if "tree" in value]
    return [name for name, _count in (*piece.get("children", {}).values(), *trees)]


def names_of(pieces: Pieces, value: dict) -> set[str]:
    """Give a set of names that a value holds: as a list where they are few, else as a tree of its own."""
    if "tree" in value:
        return {name for name, _one in Tree(pieces, Root(*value["tree"])).items()}
    return set(value.get("names", ()))


def with_names(pieces: Pieces, value: dict, *, add: set[str] = frozenset(), drop: set[str] = frozenset()) -> dict:
    """Give a value whose set of names has some more and some fewer."""
    rest = {key: kept for key, kept in value.items() if key not in ("names", "tree")}
    if "tree" in value:
        tree = Tree(pieces, Root(*value["tree"])).changed({**dict.fromkeys(drop), **dict.fromkeys(add, 1)})
        names = [name for name, _one in tree.items()] if len(tree) <= BUCKET else None
    else:
        names = (set(value.get("names", ())) | add) - drop
        if len(names) > BUCKET:
            tree, names = Tree(pieces).changed(dict.fromkeys(names, 1)), None
    return {**rest, "tree": tree.root_value} if names is None else {**rest, "names": sorted(names)}


def _by_digit(entries: dict[str, object], depth: int) -> dict[str, dict]:
    parts = defaultdict(dict)
    for key, value in entries.items():
        parts[_digits(key)[depth]][key] = value
    return parts


def _differences(one: Tree, mine: str | None, other: Tree, theirs: str | None):
    if mine == theirs:
        return
    here = one.pieces.read(mine) if mine else {"entries": {}}
    there = other.pieces.read(theirs) if theirs else {"entries": {}}
    if "children" in here and "children" in there:
        for digit in sorted(here["children"].keys() | there["children"].keys()):
            pair = (side["children"].get(digit, (None,))[0] for side in (here, there))
            yield from _differences(one, next(pair), other, next(pair))
        return
    entries, others = _entries(one, mine), _entries(other, theirs)
    for key in sorted(entries.keys() | others.keys()):
        if entries.get(key) != others.get(key):
            yield key, entries.get(key), others.get(key)


def _entries(tree: Tree, name: str | None) -> dict:
    return dict(Tree(tree.pieces, Root(name, 0)).items()) if name else {}
