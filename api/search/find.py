"""Searching: what a locale's readers find for some words, the best first, and what else they may have meant."""

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from api.releases.tree import Root
from api.search.asking import Term, all_of, any_of, terms_of
from api.search.excerpts import excerpt, hits_in, marked
from api.search.files import Index, reading
from api.search.index import is_table, table_of
from api.search.summaries import summaries
from api.search.words import folded
from toolkit import locales

KEPT_QUERIES = 256
# Nobody looks at more, and to keep what is found takes some 100 bytes for each.
MOST_FOUND = 1000
# A word in the title says more than one in the summary, and that more than one in the text.
WEIGHTS = "50.0, 10.0, 1.0"
# An Easy Read version says the same as its page in fewer words, and so would come before it.
IMPORTANCE = "select iif(type = 'easy-read', 0.4, 1) from thing where thing.id = {table}.rowid"
# Longer words may have more mistakes in them.
MISTAKES = ((8, 2), (4, 1))


@dataclass(frozen=True)
class Answer:
    """A page of what was found: summaries, each with an `excerpt` as HTML; how many in all.

    `corrected` is what was searched for in place of what was asked, "" where that was found.
    """

    results: list[dict]
    count: int
    corrected: str = ""


@dataclass(frozen=True)
class _Matches:
    things: list[tuple[int, str]] = field(default_factory=list)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    corrected: str = ""


def search(folder: Path, root: Root, locale: str, query: str, *, first: int, most: int) -> Answer:
    """Find things for some words, from a place among them on, at most so many. Raises IndexAway."""
    with reading(folder, root) as index:
        matches = matching(index, locale, query)
        page = matches.things[first : first + most]
        excerpts = _excerpts(index, page, matches.terms)
        found = summaries(index, [thing for thing, _language in page])
        results = [
            {**summary, "excerpt": excerpts[thing]} for summary, (thing, _language) in zip(found, page, strict=True)
        ]
    return Answer(results, len(matches.things), matches.corrected)


@dataclass(frozen=True)
class Within:
    """Among which things to look: an SQL query that gives their ids, and its parameters by name; "" for all."""

    ids: str = ""
    parameters: tuple[tuple[str, str | int], ...] = ()


ALL = Within()


@lru_cache(maxsize=KEPT_QUERIES)
def matching(index: Index, locale: str, query: str, within: Within = ALL) -> _Matches:
    """Give the ids and languages of all things that are found: those with all words, else, with any of them.

    A word that nothing has is put right first, where it is like one that there is.
    """
    languages = list(dict.fromkeys([locale, locales.source()]))
    asked = {language: terms_of(query, language) for language in languages}
    corrected = ""
    if not (found := _found(index, locale, asked, all_of, within)):
        better = _corrected(index, locale, asked[locale])
        terms = {language: terms_of(better, language) for language in languages} if better else {}
        if better and (found := _found_first(index, locale, terms, within)):
            asked, corrected = terms, better
        else:
            found = _found(index, locale, asked, any_of, within)
    return _Matches(found, asked, corrected)


def _found_first(index: Index, locale: str, terms: dict[str, list[Term]], within: Within) -> list[tuple[int, str]]:
    return _found(index, locale, terms, all_of, within) or _found(index, locale, terms, any_of, within)


def _found(index: Index, locale: str, terms: dict[str, list[Term]], joined, within: Within) -> list[tuple[int, str]]:
    """Give what is found in a locale's own language, then what there is in the source's alone, the best first."""
    return [
        (thing, language)
        for language, of_language in terms.items()
        if of_language and is_table(index.connection, table_of(language))
        for thing in _ranked(index, locale, language, joined(of_language), within)
    ]


def _ranked(index: Index, locale: str, language: str, expression: str, within: Within) -> list[int]:
    table = table_of(language)
    shown = "" if language == locale else "and rowid in (select thing from place where locale = :locale)"
    among = f"and rowid in ({within.ids})" if within.ids else ""
    rows = index.connection.execute(
        f"select rowid from {table} where {table} match :expression {shown} {among} "
        f"order by bm25({table}, {WEIGHTS}) * ({IMPORTANCE.format(table=table)}), rowid limit {MOST_FOUND}",
        {"expression": expression, "locale": locale, **dict(within.parameters)},
    )
    return [thing for [thing] in rows]


def _excerpts(index: Index, page: list[tuple[int, str]], terms: dict[str, list[Term]]) -> dict[int, str]:
    """Give the excerpts of things by their ids."""
    return {
        thing: _excerpt(texts, tuple(terms[language]), language)
        for language in terms
        if (things := [thing for thing, found_in in page if found_in == language])
        for thing, *texts in _texts(index, language, things)
    }


def _texts(index: Index, language: str, things: list[int]):
    """Give (id, lead, body, where each word of the body starts, the stems of these words) of things."""
    table, marks = table_of(language), ", ".join("?" * len(things))
    return index.connection.execute(
        f"select thing, text.lead, text.body, starts, words.body from text "
        f"join {table} as words on words.rowid = thing where thing in ({marks})",
        things,
    )


def _excerpt(texts: list, terms: tuple[Term, ...], language: str) -> str:
    lead, body, starts, stems = texts
    if hits := hits_in(stems, terms):
        return excerpt(body, array("I", starts).tolist(), hits)
    return marked(lead or body, terms, language)


# --- What they may have meant ------------------------------------------------------------------------------------


def _corrected(index: Index, locale: str, terms: list[Term]) -> str:
    """Give the words that were asked for with those put right that nothing has, "" where none can be."""
    if any(term.is_phrase for term in terms):
        return ""
    words = [term.word if _is_known(index, locale, term) else _nearest(index, locale, term.word) for term in terms]
    return " ".join(words) if words != [term.word for term in terms] else ""


def _is_known(index: Index, locale: str, term: Term) -> bool:
    known = "select 1 from form where locale = ? and stem = ? limit 1"
    return any(index.connection.execute(known, (locale, found)).fetchone() for found in term.stems)


def _nearest(index: Index, locale: str, word: str) -> str:
    """Give the word of the index that is most like a word, of equals the one that most things have; else the word."""
    plain = folded(word)
    most = next((mistakes for letters, mistakes in MISTAKES if len(plain) >= letters), 0)
    forms = known_forms(index, locale)
    near = process.extract(plain, forms.keys(), scorer=OSA.distance, score_cutoff=most, limit=20) if most else []
    best = min(near, key=lambda found: (found[1], -forms[found[0]][1]), default=None)
    return forms[best[0]][0] if best else word


@lru_cache(maxsize=4)
def known_forms(index: Index, locale: str) -> dict[str, tuple[str, int]]:
    """Give all words of a locale, folded, each with how it is written and in how many things it is."""
    rows = index.connection.execute("select form, number from form where locale = ? order by number", (locale,))
    return {folded(form): (form, number) for form, number in rows}
