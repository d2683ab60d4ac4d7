"""Trying a backup: each file is looked at, and the database is restored into something that is thrown away."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from api.releases.manifest import release_ids
from api.releases.verify import pointer_faults, release_faults
from cms.backups.backup import FACTS, RELEASES, SUMS, TRIED, Backup, DamagedBackup, sha256_of
from cms.backups.copying import files_in
from cms.backups.databases import database
from cms.backups.making import alone
from cms.backups.unable import NotTried, UnableToBackUp, UnableToReach, said_in_words

Progress = Callable[[int, int], None]


def try_backup(backup: Backup, *, now: datetime, progress: Progress = lambda done, total: None) -> list[str]:
    """Give in words all that is wrong with a backup; where nothing is, write down that it was tried.

    Raises NotTried, UnableToBackUp.
    """
    folder = backup.folder.parent
    with said_in_words(UnableToBackUp, folder), alone(folder):
        faults = faults_of(backup, progress)
        if not faults:
            backup.was_tried(now)
    return faults


def faults_of(backup: Backup, progress: Progress = lambda done, total: None) -> list[str]:
    """Give in words all that is wrong with a backup; nothing where it is sound.

    Raises NotTried when its database cannot be restored here for a reason that lies not in the backup, and OSError.
    """
    try:
        facts, sums = backup.facts, backup.sums()
    except DamagedBackup as error:
        return [str(error)]
    found = [*file_faults(backup.folder, sums, progress), *_more_files(backup.folder, sums)]
    return found or [*_release_faults(backup), *_database_faults(backup, facts.rows)]


def file_faults(folder: Path, sums: dict[str, str], progress: Progress) -> Iterator[str]:
    """Look at every file, and say what is wrong with which."""
    for done, (name, sha256) in enumerate(sums.items(), 1):
        try:
            if sha256_of(folder / name) != sha256:
                yield f"{name} holds other bytes than were written"
        except FileNotFoundError:
            yield f"{name} is missing"
        except OSError as error:
            yield f"{name} cannot be read: {error.strerror}"
        progress(done, len(sums))


def _more_files(folder: Path, sums: dict[str, str]) -> Iterator[str]:
    names = {str(file.relative_to(folder)) for file in files_in(folder)}
    for name in sorted(names - sums.keys() - {FACTS, SUMS, TRIED}):
        yield f"{name} is no part of this backup"


def _release_faults(backup: Backup) -> list[str]:
    folder = backup.folder / RELEASES
    ids = release_ids(folder)
    if not ids:
        return []
    found = [*pointer_faults(folder), *release_faults(folder, ids)]
    return [f"{RELEASES}/{fault}" for fault in found]


def _database_faults(backup: Backup, rows: dict[str, int]) -> Iterator[str]:
    site = database()
    if backup.facts.database != site.KIND:
        raise NotTried(f"It holds a database of {backup.facts.database}, and this site has one of {site.KIND}.")
    try:
        site.check_version(backup.facts.version)
        with tempfile.TemporaryDirectory(dir=backup.folder.parent, prefix="trial-", suffix=".unfinished") as scratch:
            restored = site.tried(backup.folder / site.FILE, Path(scratch))
    except UnableToReach as error:
        raise NotTried(str(error)) from error
    except DamagedBackup as error:
        yield str(error)
        return
    for table in sorted(rows.keys() | restored.keys()):
        if rows.get(table) != restored.get(table):
            yield f"{site.FILE} restores {restored.get(table)} rows of {table} instead of {rows.get(table)}"
