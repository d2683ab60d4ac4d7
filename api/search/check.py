"""Whether the index of a release is what is made of it anew."""

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from api.releases.manifest import Release
from api.releases.tree import Root
from api.releases.verify import SEARCH, Fault
from api.search.files import NAMES
from api.search.index import bring, state_of, tables_of_words

# Everything that an index holds, without the numbers that depend on what was put in first.
CONTENT = (
    "select address, key, locale, type, code, kind, summary from thing order by address",
    "select link.type, link.code, address from link join thing on thing.id = link.thing order by 1, 2, 3",
    "select place.locale, collection, position, place.key, address from place "
    "left join thing on thing.id = place.thing order by 1, 2, 3",
    "select address, title, lead, body, starts from text join thing on thing.id = text.thing order by address",
    "select locale, form, stem, number from form order by 1, 2",
)
WORDS_IN = "select address, title, lead, body from {table} as words join thing on thing.id = words.rowid order by 1"


def index_faults(folder: Path, release: Release) -> list[Fault]:
    """Give what is wrong with the index of a release; that there is none is no fault: it is made when it is needed.

    Raises DamagedRelease when the release cannot be read.
    """
    files = [folder / SEARCH / name for name in NAMES if (folder / SEARCH / name).exists()]
    used = [path for path in files if _root_of(path) in (None, release.resources)]
    if not used:
        return []
    expected = fingerprint_made_anew(folder, release.resources)
    wrong = [path for path in used if fingerprint(path) != expected]
    return [Fault(f"{SEARCH}{path.name}", "is not what the release gives", "lists and search") for path in wrong]


def _root_of(path: Path) -> Root | None:
    with closing(sqlite3.connect(path)) as index:
        state = state_of(index)
    return state and state.root


def fingerprint_made_anew(folder: Path, root: Root) -> str:
    """Give the fingerprint of an index that is made of nothing but a release."""
    with TemporaryDirectory() as made:
        path = Path(made) / NAMES[0]
        bring(path, folder, root)
        return fingerprint(path)


def fingerprint(path: Path) -> str:
    """Give a digest of all that an index holds, "" when it cannot be read."""
    found = sha256()
    try:
        with closing(sqlite3.connect(path)) as index:
            tables = tables_of_words(index)
            for query in (*CONTENT, *(WORDS_IN.format(table=table) for table in tables)):
                for row in index.execute(query):
                    found.update(repr(row).encode())
            for table in tables:
                # Raises when the words do not lead to just those texts that they are in.
                index.execute(f"insert into {table} ({table}) values ('integrity-check')")
    except sqlite3.Error:
        return ""
    return found.hexdigest()
