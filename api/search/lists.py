"""Lists out of the index: which things have what is asked for, and the summaries of one page of them."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from api.releases.tree import Root
from api.search.files import Index, reading

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

    `unknown` names the filters whose value is the code of no stage, or of no mark.
    """

    results: list[dict]
    count: int
    unknown: list[str]


def find(
    folder: Path, root: Root, locale: str, collection: str, *, filters: dict[str, str], first: int, most: int
) -> Found:
    """Give the summaries of a list from a place on, at most so many. Raises IndexAway."""
    with reading(folder, root) as index:
        things = _things(index, locale, collection, tuple(filters.items()))
        unknown = [name for name in ("stage", "mark") if name in filters and not _is_code(index, name, filters[name])]
        return Found(summaries(index, things[first : first + most]), len(things), unknown)


@lru_cache(maxsize=KEPT_QUERIES)
def _things(index: Index, locale: str, collection: str, filters: tuple[tuple[str, str], ...]) -> list[int]:
    """Give the ids of all things of a list, in its order."""
    rows = index.connection.execute(
        f"""
        select thing from place
        where locale = :locale and collection = :collection and thing is not null
        {"".join(f" and {CONDITIONS[name]}" for name, _value in filters)}
        order by position
        """,
        {"locale": locale, "collection": collection, **dict(filters)},
    )
    return [thing for [thing] in rows]


def _is_code(index: Index, kind: str, code: str) -> bool:
    return bool(
        index.connection.execute("select 1 from thing where type = ? and code = ? limit 1", (kind, code)).fetchone()
    )


def summaries(index: Index, things: list[int]) -> list[dict]:
    """Give the summaries of things by their ids."""
    marks = ", ".join("?" * len(things))
    rows = dict(index.connection.execute(f"select id, summary from thing where id in ({marks})", things).fetchall())
    return [json.loads(rows[thing]) for thing in things]
