"""Which text of a source became which other, from one version to the next. Pure."""

from collections import defaultdict

from rapidfuzz import fuzz

from toolkit.translation.states import Step

# In percent: texts of one place that are less alike than this have nothing to do with each other.
ALIKE = 40

Words = tuple[str, str, str]  # path, digest, words


def steps_between(before: list[Words], now: list[Words], *, minor: bool) -> list[Step]:
    """Give what became of the texts of a source, from all its texts before to all that it has now.

    Texts are told apart by their place: a block keeps it when it is moved. Where several texts stand in one place, as
    paragraphs do, each is paired with the one that it is most like.
    """
    was, is_now = _by_path(before), _by_path(now)
    return [
        Step(path, old, new, minor)
        for path in dict.fromkeys([*is_now, *was])
        for old, new in _pairs(was.get(path, {}), is_now.get(path, {}))
    ]


def _by_path(texts: list[Words]) -> dict[str, dict[str, str]]:
    found = defaultdict(dict)
    for path, digest, words in texts:
        found[path][digest] = words
    return found


def _pairs(was: dict[str, str], now: dict[str, str]) -> list[tuple[str, str]]:
    """Give (digest before, digest now) of what changed in one place; "" for what came or went."""
    gone = {digest: words for digest, words in was.items() if digest not in now}
    new = {digest: words for digest, words in now.items() if digest not in was}
    pairs = []
    if len(was) == len(now) == 1 and gone:
        # A title that is another one is still the title.
        return [(*gone, *new)]
    alike = [(fuzz.ratio(gone[old], new[fresh]), old, fresh) for old in gone for fresh in new]
    for likeness, old, fresh in sorted(alike, key=lambda one: -one[0]):
        if likeness >= ALIKE and old in gone and fresh in new:
            pairs.append((old, fresh))
            del gone[old], new[fresh]
    return pairs + [("", fresh) for fresh in new] + [(old, "") for old in gone]
