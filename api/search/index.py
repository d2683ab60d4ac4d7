"""The index of a release: one SQLite file, made of the release's documents and of the order of its lists.

Whatever is in it is in the release, so it can be made anew at any time. From one release to another, only what
differs between their trees is looked at.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

from api.content.addresses import IS_DOCUMENT, IS_ORDER
from api.releases.manifest import pieces_in, read_blob
from api.releases.tree import EMPTY, DamagedRelease, Root, Tree
from api.search.things import Thing, thing_of
from api.search.words import is_part, stem, words_in
from toolkit import locales
from toolkit.deployed import code_digest
from toolkit.documents.canonical import digest

SCHEMA = """
create table state (sha256 text not null, count integer not null, software text not null, name text not null);
create table thing (
    id integer primary key, address text not null unique, key text not null, locale text not null,
    type text not null, code text not null, kind text not null, minutes integer, people_from integer,
    people_to integer, setting text not null, summary text not null
);
create index thing_by_key on thing (key, locale);
create index thing_by_code on thing (type, code);
create table link (
    type text not null, code text not null, thing integer not null,
    primary key (type, code, thing)
) without rowid;
create index link_of_thing on link (thing);
create table place (
    locale text not null, collection text not null, position integer not null, key text not null, thing integer,
    primary key (locale, collection, position)
) without rowid;
create index place_of_key on place (key);
create table text (
    thing integer primary key, title text not null, lead text not null, body text not null, starts blob not null
);
create table form (
    locale text not null, form text not null, stem text not null, number integer not null,
    primary key (locale, form)
) without rowid;
create index form_by_stem on form (locale, stem);
"""
# Words come here folded and parted by spaces, in whatever script: marks belong to their letters.
WORDS = """
create virtual table {table} using fts5 (
    title, lead, body, prefix = '2 3', tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
)
"""
# What stands in the index of a thing as the thing has it.
COLUMNS = ("key", "locale", "type", "code", "kind", "minutes", "people_from", "people_to", "setting", "summary")
TOUCHED = "create temp table if not exists touched (key text primary key) without rowid"
# Each thing of a list in the list's own language, or, where there is none, in the source's.
FIND_THINGS = """
update place set thing = coalesce(
    (select id from thing where thing.key = place.key and thing.locale = place.locale),
    (select id from thing where thing.key = place.key and thing.locale = ?)
) where key in (select key from touched)
"""


@cache
def software() -> str:
    """Give the digest of the code that indexes are made by: one that other code has made is made anew."""
    sources = [file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))]
    made_with = [code_digest(), sqlite3.sqlite_version, locales.source()]
    return digest(b"".join(sources) + " ".join(made_with).encode())


@dataclass(frozen=True)
class State:
    """What an index is at a moment: the root of the resources it is made of, and a name that no other state has."""

    root: Root
    name: str


def state_of(index: sqlite3.Connection) -> State | None:
    """Give the state of an index, None when it is none, or other code has made it."""
    try:
        [row] = index.execute("select sha256, count, name, software from state").fetchall()
    except (sqlite3.Error, ValueError):
        return None
    return State(Root(*row[:2]), row[2]) if row[3] == software() else None


def bring(path: Path, folder: Path, root: Root, *, before_commit: Callable[[], None] = lambda: None):
    """Make the index in a file that of the resources with this root, from whatever it is now.

    Raises DamagedRelease when a document of the release cannot be read, sqlite3.Error when the file cannot be
    written.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        index.execute("begin immediate")
        before = state_of(index)
        try:
            if before is None:
                raise DamagedRelease("there is nothing to begin with")
            _follow(index, folder, before.root, root)
        except DamagedRelease:
            # What it was made of may have been pruned.
            _clear(index)
            _follow(index, folder, EMPTY, root)
        index.execute("delete from state")
        index.execute("insert into state values (?, ?, ?, ?)", (root.sha256, root.count, software(), uuid4().hex))
        before_commit()
        index.execute("commit")


def _clear(index: sqlite3.Connection):
    # A table of words takes the tables that it is made of along.
    for kind in ("create virtual table%", "create table%"):
        names = index.execute(
            "select name from sqlite_master where type = 'table' and sql like ?", (kind,)
        ).fetchall()
        for [name] in names:
            index.execute(f"drop table {name}")
    for statement in SCHEMA.split(";"):
        index.execute(statement)


def _follow(index: sqlite3.Connection, folder: Path, before: Root, root: Root):
    index.execute(TOUCHED)
    index.execute("delete from touched")
    pieces = pieces_in(folder)
    forms: Counter = Counter()
    for path, _was, now in Tree(pieces, before).differences(Tree(pieces, root)):
        if IS_DOCUMENT.fullmatch(path):
            _put_thing(index, path, _json(folder, now), forms)
        elif order := IS_ORDER.fullmatch(path):
            _put_order(index, *order.groups(), (_json(folder, now) or {"keys": []})["keys"])
    index.execute(FIND_THINGS, (locales.source(),))
    _count_forms(index, forms)


def _json(folder: Path, entry: dict | None) -> dict | None:
    sha256 = (entry or {}).get("sha256")
    return sha256 and json.loads(read_blob(folder, sha256))


def _put_thing(index: sqlite3.Connection, address: str, document: dict | None, forms: Counter):
    """Put in a document at its address, in the place of what was there; None takes that out.

    `forms` counts, by locale and form of a word, in how many more things it is.
    """
    known = index.execute("select id, key, locale from thing where address = ?", (address,)).fetchall()
    for thing_id, key, locale in known:
        _touch(index, [key])
        _take_out_words(index, thing_id, locale, forms)
        index.execute("delete from link where thing = ?", (thing_id,))
        index.execute("delete from thing where id = ?", (thing_id,))
    if document:
        thing = thing_of(document)
        _touch(index, [thing.key])
        row = {"address": address, **{name: getattr(thing, name) for name in COLUMNS}}
        thing_id = index.execute(
            f"insert into thing ({', '.join(row)}) values ({', '.join(map(':{}'.format, row))})", row
        ).lastrowid
        index.executemany("insert into link values (?, ?, ?)", [(*link, thing_id) for link in thing.links])
        _put_words(index, thing_id, thing, forms)


def _put_words(index: sqlite3.Connection, thing_id: int, thing: Thing, forms: Counter):
    """Write down the stems of a thing's words, where each word of its body starts, and the forms that there are."""
    table = words_of(index, thing.locale)
    texts = (thing.title, thing.lead, thing.body)
    stems = [" ".join(stem(word[0], thing.locale) for word in words_in(text)) for text in texts]
    index.execute(f"insert into {table} (rowid, title, lead, body) values (?, ?, ?, ?)", (thing_id, *stems))
    starts = array("I", (word.start() for word in words_in(thing.body))).tobytes()
    index.execute("insert into text values (?, ?, ?, ?, ?)", (thing_id, *texts, starts))
    forms.update((thing.locale, form) for form in _forms_in(texts))


def _take_out_words(index: sqlite3.Connection, thing_id: int, locale: str, forms: Counter):
    texts = index.execute("select title, lead, body from text where thing = ?", (thing_id,)).fetchone()
    forms.subtract((locale, form) for form in _forms_in(texts))
    index.execute(f"delete from {words_of(index, locale)} where rowid = ?", (thing_id,))
    index.execute("delete from text where thing = ?", (thing_id,))


def _forms_in(texts: Iterable[str]) -> set[str]:
    return {word[0].casefold() for text in texts for word in words_in(text) if not is_part(word[0])}


def tables_of_words(index: sqlite3.Connection) -> list[str]:
    """Give the names of the tables that hold the words of a locale each."""
    query = "select name from sqlite_master where sql like 'create virtual table%' order by name"
    return [name for [name] in index.execute(query)]


def words_of(index: sqlite3.Connection, locale: str) -> str:
    """Give the name of the table that holds the words of a locale, and make it where there is none yet."""
    table = table_of(locale)
    if not is_table(index, table):
        index.execute(WORDS.format(table=table))
    return table


def table_of(locale: str) -> str:
    """Give the name of the table for the words of a locale. Raises ValueError where it is no code of one."""
    name = f"words_{locale.replace('-', '_')}"
    if not name.isidentifier():
        raise ValueError(f"{locale!r} is no locale")
    return name


def is_table(index: sqlite3.Connection, name: str) -> bool:
    """Tell whether an index has a table."""
    return bool(index.execute("select 1 from sqlite_master where name = ?", (name,)).fetchone())


def _count_forms(index: sqlite3.Connection, forms: Counter):
    rows = [(locale, form, stem(form, locale), number) for (locale, form), number in forms.items() if number]
    index.executemany(
        "insert into form values (?, ?, ?, ?) on conflict do update set number = number + excluded.number", rows
    )
    gone = "delete from form where locale = ? and form = ? and number = 0"
    index.executemany(gone, [(locale, form) for (locale, form), number in forms.items() if number < 0])


def _put_order(index: sqlite3.Connection, locale: str, collection: str, keys: list[str]):
    index.execute("delete from place where locale = ? and collection = ?", (locale, collection))
    rows = [(locale, collection, position, key) for position, key in enumerate(keys)]
    index.executemany("insert into place (locale, collection, position, key) values (?, ?, ?, ?)", rows)
    _touch(index, keys)


def _touch(index: sqlite3.Connection, keys: Iterable[str]):
    index.executemany("insert or ignore into touched values (?)", [(key,) for key in keys])
