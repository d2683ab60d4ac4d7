"""Lists out of the index: which things have what is asked for, and the summaries of one page of them."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from api.releases.tree import Root
from api.search.files import Index, reading
from api.search.find import Within, matching
from api.search.summaries import summaries

# Of as many queries it is kept which things they find: some 80 kB for 10,000 things.
KEPT_QUERIES = 128
OF_STAGE = """
(exists (select 1 from link where link.thing = place.thing and link.type = 'stage' and link.code = :stage)
 or exists (
    select 1 from link join thing as mark on mark.type = 'mark' and mark.code = link.code
    join link as above on above.thing = mark.id and above.type = 'stage'
    where link.thing = place.thing and link.type = 'mark' and above.code = :stage))
"""
OF_MARK = "exists (select 1 from link where link.thing = place.thing and link.type = 'mark' and link.code = :mark)"
OF_KIND = "(select kind from thing where thing.id = place.thing) = :kind"
CONDITIONS = {"stage": OF_STAGE, "mark": OF_MARK, "kind": OF_KIND}


@dataclass(frozen=True)
class Found:
    """A page of a list: summaries, how many things there are on all pages, and codes that nothing has.

    `unknown` names the filters whose value is the code of no stage, or of no mark. `corrected` is what was searched
    for in place of the words that were asked for, "" where those were found.
    """

    results: list[dict]
    count: int
    unknown: list[str]
    corrected: str = ""


def find(
    folder: Path, root: Root, locale: str, collection: str, *, filters: dict[str, str], first: int, most: int
) -> Found:
    """Give the summaries of a list from a place on, at most so many. Raises IndexAway.

    With words to look for, `q`, the best come first, as in a search; else they come in the order of the list.
    """
    narrowing = {name: value for name, value in filters.items() if name != "q"}
    within = _within(locale, collection, narrowing)
    with reading(folder, root) as index:
        matches = matching(index, locale, filters["q"], within) if "q" in filters else None
        things = [thing for thing, _language in matches.things] if matches else _things(index, within)
        unknown = [name for name in ("stage", "mark") if name in filters and not _is_code(index, name, filters[name])]
        corrected = matches.corrected if matches else ""
        return Found(summaries(index, things[first : first + most]), len(things), unknown, corrected)


def _within(locale: str, collection: str, filters: dict[str, str]) -> Within:
    """Say which things a list has."""
    conditions = "".join(f" and {CONDITIONS[name]}" for name in filters)
    in_list = "locale = :locale and collection = :collection and thing is not null"
    ids = f"select thing from place where {in_list}{conditions}"
    return Within(ids, (("locale", locale), ("collection", collection), *filters.items()))


@lru_cache(maxsize=KEPT_QUERIES)
def _things(index: Index, within: Within) -> list[int]:
    """Give the ids of all things of a list, in its order."""
    rows = index.connection.execute(f"{within.ids} order by position", dict(within.parameters))
    return [thing for [thing] in rows]


def _is_code(index: Index, kind: str, code: str) -> bool:
    return bool(
        index.connection.execute("select 1 from thing where type = ? and code = ? limit 1", (kind, code)).fetchone()
    )
