"""Where a release folder keeps its index: in two files, so that one is whole while the other is brought up to date.

<folder>/search/1.sqlite3, 2.sqlite3   each is the index of one release
"""

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import local

from api.releases.files import locked, unfinished_name
from api.releases.manifest import current_release
from api.releases.tree import DamagedRelease, Root
from api.search.index import bring, state_of

logger = logging.getLogger(__name__)

NAMES = ("1.sqlite3", "2.sqlite3")
# So much of an index is read through the memory that the system keeps of it anyway.
MAPPED = 256 * 1024 * 1024


class IndexAway(Exception):
    """The index of a release is not there and cannot be made; the message says why."""


def prepare(folder: Path, root: Root, **options):
    """Make the index of a release that is about to become current. Without it, only lists and search wait."""
    try:
        make(folder, root, **options)
    except (OSError, DamagedRelease):
        logger.exception("There is no index of the release that becomes current: lists and search have to wait")


def renew(folder: Path, root: Root):
    """Make the index anew, and forget what its files have ever held: SQLite leaves deleted words standing in them."""
    home = folder / "search"
    with locked(home):
        for path in home.glob("*.sqlite3*"):
            path.unlink()
    prepare(folder, root)


def make(folder: Path, root: Root, **options):
    """See to it that there is an index of the resources with this root. `options` are those of `bring`.

    Raises OSError when it cannot be written, DamagedRelease when the release cannot be read.
    """
    home = folder / "search"
    with locked(home):
        if any(_is_of(home / name, root) for name in NAMES):
            return
        path = _free(home, _current_root(folder))
        try:
            bring(path, folder, root, **options)
        except sqlite3.Error as error:
            logger.warning("The index %s is made anew, for it could not be brought up to date: %s", path, error)
            path.unlink(missing_ok=True)
            _bring_anew(path, folder, root)


def _bring_anew(path: Path, folder: Path, root: Root):
    try:
        bring(path, folder, root)
    except sqlite3.Error as error:
        raise OSError(f"The index {path} cannot be written: {error}") from error


def _current_root(folder: Path) -> Root | None:
    try:
        release = current_release(folder)
    except DamagedRelease:
        return None
    return release and release.resources


def _free(home: Path, current: Root | None) -> Path:
    """Give the file that nobody reads; where there is none yet, as a copy of the other: few things will differ."""
    paths = [home / name for name in NAMES]
    in_use = [path for path in paths if current and _is_of(path, current)]
    [path, *_] = [path for path in paths if path not in in_use]
    if in_use and not path.exists():
        copy = unfinished_name(path)
        shutil.copyfile(in_use[0], copy)
        copy.replace(path)
    return path


def _is_of(path: Path, root: Root) -> bool:
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as index:
        return _state_is(index, root)


def _state_is(index: sqlite3.Connection, root: Root) -> bool:
    state = state_of(index)
    return state is not None and state.root == root


@dataclass(frozen=True)
class Index:
    """An index while it is read: its state has a name of its own, by which what was found in it may be kept."""

    name: str
    connection: sqlite3.Connection = field(compare=False)


class Connections(local):
    """The connections of a thread: each with the file that it reads, and the number which tells it from others."""

    def __init__(self):
        self.open: dict[Path, tuple[int, sqlite3.Connection]] = {}

    def to(self, path: Path) -> sqlite3.Connection | None:
        """Give a connection to a file, None when there is none."""
        try:
            number = path.stat().st_ino
        except FileNotFoundError:
            return None
        known, index = self.open.get(path, (None, None))
        if known != number:
            if index:
                index.close()
            index = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
            index.execute(f"pragma mmap_size = {MAPPED}")
            self.open[path] = (number, index)
        return index


connections = Connections()


@contextmanager
def reading(folder: Path, root: Root) -> Iterator[Index]:
    """Give the index of the resources with this root; it stays that while the block runs.

    Where there is none, it is made. Raises IndexAway when that cannot be done.
    """
    index = _open(folder, root) or _made(folder, root)
    try:
        yield index
    finally:
        index.connection.rollback()


def _open(folder: Path, root: Root) -> Index | None:
    """Begin to read in the file that is the index of this root."""
    for name in NAMES:
        index = connections.to(folder / "search" / name)
        if index:
            index.execute("begin")
            state = state_of(index)
            if state and state.root == root:
                return Index(state.name, index)
            index.rollback()
    return None


def _made(folder: Path, root: Root) -> Index:
    try:
        make(folder, root)
    except (OSError, DamagedRelease) as error:
        raise IndexAway(str(error)) from error
    index = _open(folder, root)
    if index is None:
        raise IndexAway("another release became current at the same moment")
    return index
