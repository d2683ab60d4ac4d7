"""Who reads what: the tree of readers, kept in step with what facts and targets read."""

from collections import defaultdict

from api.releases.tree import Pieces, Tree, names_of, with_names


def follow_reads(
    pieces: Pieces, trees: dict[str, Tree], nodes: dict[str, dict | None]
) -> tuple[dict[str, dict | None], dict[str, dict | None]]:
    """Give what changes in the tree of readers and in that of nodes, when these nodes are put in; None takes one out.

    A fact that nobody reads any more is forgotten, and so on with what it read itself.
    """
    add, drop = _differences(pieces, trees["nodes"], nodes)
    readers, nodes = {}, dict(nodes)
    waiting = [*add, *(name for name in drop if name not in add)]
    while waiting:
        name = waiting.pop()
        known = readers[name] if name in readers else trees["readers"].get(name)
        added, dropped = (change.pop(name, frozenset()) for change in (add, drop))
        value = with_names(pieces, known or {}, add=added, drop=dropped)
        readers[name] = value if value.get("names") != [] else None
        if readers[name] is None:
            node = nodes[name] if name in nodes else trees["nodes"].get(name)
            nodes[name] = None
            for read in names_of(pieces, node) if node else ():
                drop[read].add(name)
                waiting.append(read)
    return readers, nodes


def _differences(pieces: Pieces, before: Tree, nodes: dict[str, dict | None]) -> tuple[dict, dict]:
    """Give, by what is read, the names of those who read it from now on, and of those who do so no more."""
    add, drop = defaultdict(set), defaultdict(set)
    for name, node in nodes.items():
        old = before.get(name)
        if old == node:
            continue
        was, now = (names_of(pieces, one) if one else set() for one in (old, node))
        for read in now - was:
            add[read].add(name)
        for read in was - now:
            drop[read].add(name)
    return add, drop
