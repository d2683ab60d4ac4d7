"""SQLite: written down by its own online backup, replaced by another file under the same name."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from api.releases.files import flush_file
from cms.backups.backup import DamagedBackup
from cms.backups.copying import link
from cms.backups.unable import UnableToReach

# In seconds. So long a write of somebody else is waited for.
PATIENCE = 30
# What stands beside a database while it is in use, and belongs to that one file.
BESIDE = ("-journal", "-wal", "-shm")


class SqliteDatabase:
    """An SQLite database at a path."""

    KIND, FILE = "sqlite", "database.sqlite3"
    # Of the one that is staged, in its data folder.
    STAGED = "db.sqlite3"

    def __init__(self, path: Path):
        self.path = path

    def version(self) -> str:
        return sqlite3.sqlite_version

    @contextmanager
    def written(self, target: Path) -> Iterator[Callable[[], dict[str, int]]]:
        """Copy all of it at once, by SQLite's online backup: whoever writes waits that long."""
        try:
            with closing(self._open()) as source, closing(sqlite3.connect(target)) as copied:
                source.backup(copied)
                # One file holds it all.
                copied.execute("pragma journal_mode = delete")
        except sqlite3.Error as error:
            raise UnableToReach(f"The database {self.path} cannot be read: {error}.") from error
        target.chmod(0o600)
        yield lambda: rows_of(target)

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)

    def tried(self, file: Path, scratch: Path) -> dict[str, int]:
        """Restore it into a folder. Raises DamagedBackup."""
        restored = scratch / self.STAGED
        shutil.copyfile(file, restored)
        with closing(sqlite3.connect(restored)) as found:
            try:
                [said, *_] = found.execute("pragma integrity_check").fetchone()
                orphans = found.execute("pragma foreign_key_check").fetchall()
            except sqlite3.DatabaseError as error:
                raise DamagedBackup(f"{file.name} is not a sound database: {error}") from error
        if said != "ok":
            raise DamagedBackup(f"{file.name} is not a sound database: {said}")
        if orphans:
            raise DamagedBackup(f"{file.name} has {len(orphans)} rows that point to nothing, in {orphans[0][0]}")
        return rows_of(restored)

    def check_version(self, version: str):
        """Every version reads what earlier ones have written; what later ones add is found when it is tried."""

    def exists(self) -> bool:
        return self.path.exists()

    def stage(self, file: Path, data: Path) -> str:
        """Copy it into another data folder."""
        shutil.copyfile(file, data / self.STAGED)
        return f"sqlite:///{data / self.STAGED}"

    def close(self, aside: Path):
        """Keep a copy aside, and take the file away from everybody: for them the database is away.

        Who has it open still would go on with the old file, and with a journal that stands beside the new one and
        would be taken for that of the new one. So the old one is emptied: whatever they ask of it then fails.
        """
        if not self.path.exists():
            return
        aside.mkdir(parents=True, exist_ok=True)
        kept, unfinished = aside / self.path.name, aside / "copy"
        try:
            with closing(self._open()) as last, open(self.path, "r+b") as file:
                last.execute("pragma wal_checkpoint(truncate)").fetchall()
                last.execute("begin exclusive")
                shutil.copyfile(self.path, unfinished)
                flush_file(unfinished)
                unfinished.rename(kept)
                self._remove()
                file.truncate(0)
        except sqlite3.DatabaseError:
            # It is damaged, which may be why it is replaced.
            self.path.rename(kept)

    def _remove(self):
        for suffix in ("", *BESIDE):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def reopen(self, aside: Path):
        """Put back what was kept aside, if the file was taken away already."""
        if (aside / self.path.name).exists() and not self.path.exists():
            (aside / self.path.name).rename(self.path)

    def switch(self, data: Path, aside: Path):
        """Give it the name of the one that was closed."""
        staged = data / self.STAGED
        if staged.exists():
            self._remove()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            link(staged, self.path)
            flush_file(self.path)
            flush_file(self.path.parent)
            staged.unlink()

    def clean(self, aside: Path):
        """What was kept aside goes with its folder."""


def rows_of(file: Path) -> dict[str, int]:
    """Count the rows of each table of a file."""
    with closing(sqlite3.connect(file)) as found:
        names = [name for [name] in found.execute("select name from sqlite_master where type = 'table'")]
        ours = sorted(name for name in names if not name.startswith("sqlite_"))
        return {name: found.execute(f'select count(*) from "{name}"').fetchone()[0] for name in ours}
