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
FACT = "exists (select 1 from thing where thing.id = place.thing and {})"
IN_TIME = FACT.format("minutes <= :minutes")
FOR_PEOPLE = FACT.format(
    "coalesce(people_from, people_to) is not null and "
    ":people between coalesce(people_from, 1) and coalesce(people_to, :people)"
)
AT_PLACE = FACT.format("setting in (:setting, 'either')")
CONDITIONS = {
    "stage": OF_STAGE,
    "mark": OF_MARK,
    "kind": OF_KIND,
    "minutes": IN_TIME,
    "people": FOR_PEOPLE,
    "setting": AT_PLACE,
}
# The same, and what does not say.
OPEN = {
    "minutes": FACT.format("coalesce(minutes, 0) <= :minutes"),
    "people": FACT.format(":people between coalesce(people_from, 1) and coalesce(people_to, :people)"),
    "setting": FACT.format("setting in (:setting, 'either', '')"),
}


@dataclass(frozen=True)
class Found:
    """A page of a list: summaries, how many things there are on all pages, and codes that nothing has.

    `unknown` names the filters whose value is the code of no stage, or of no mark. `corrected` is what was searched
    for in place of the words that were asked for, "" where those were found. `silent` is how many more things would
    be found if they said how long they take, for how many people they are, or where.
    """

    results: list[dict]
    count: int
    unknown: list[str]
    corrected: str = ""
    silent: int = 0


def find(
    folder: Path, root: Root, locale: str, collection: str, *, filters: dict[str, str | int], first: int, most: int
) -> Found:
    """Give the summaries of a list from a place on, at most so many. Raises IndexAway.

    With words to look for, `q`, the best come first, as in a search; else they come in the order of the list.
    """
    with reading(folder, root) as index:
        things, corrected = _matching(index, locale, collection, filters, CONDITIONS)
        silent = 0
        if OPEN.keys() & filters.keys():
            lax, _corrected = _matching(index, locale, collection, filters, CONDITIONS | OPEN)
            silent = len(set(lax) - set(things))
        unknown = [name for name in ("stage", "mark") if name in filters and not _is_code(index, name, filters[name])]
        return Found(summaries(index, things[first : first + most]), len(things), unknown, corrected, silent)


def _matching(
    index: Index, locale: str, collection: str, filters: dict[str, str | int], conditions: dict[str, str]
) -> tuple[list[int], str]:
    """Give the ids of all things of a list that keep to the conditions, and what was searched for instead."""
    within = _within(locale, collection, filters, conditions)
    if "q" not in filters:
        return _things(index, within), ""
    matches = matching(index, locale, filters["q"], within)
    return [thing for thing, _language in matches.things], matches.corrected


def _within(locale: str, collection: str, filters: dict[str, str | int], conditions: dict[str, str]) -> Within:
    """Say which things a list has."""
    narrowing = {name: value for name, value in filters.items() if name != "q"}
    narrowed = "".join(f" and {conditions[name]}" for name in narrowing)
    in_list = "locale = :locale and collection = :collection and thing is not null"
    ids = f"select thing from place where {in_list}{narrowed}"
    return Within(ids, (("locale", locale), ("collection", collection), *narrowing.items()))


@lru_cache(maxsize=KEPT_QUERIES)
def _things(index: Index, within: Within) -> list[int]:
    """Give the ids of all things of a list, in its order."""
    rows = index.connection.execute(f"{within.ids} order by position", dict(within.parameters))
    return [thing for [thing] in rows]


def _is_code(index: Index, kind: str, code: str) -> bool:
    return bool(
        index.connection.execute("select 1 from thing where type = ? and code = ? limit 1", (kind, code)).fetchone()
    )
