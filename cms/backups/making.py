"""Making a backup while everybody works: the uploads and releases, and the database as of one moment."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.crypto import salted_hmac

from api.releases.files import flush_file, write_whole
from api.releases.verify import LOCK, pointed_to
from cms.backups.backup import (
    FACTS,
    MEDIA,
    NAME,
    RELEASES,
    SECRET_KEY,
    SUMS,
    Backup,
    DamagedBackup,
    Facts,
    backups_in,
    moment_of,
    write_sums,
)
from cms.backups.copying import UNFINISHED, Copies
from cms.backups.databases import Database, database
from cms.backups.retention import Retention
from cms.backups.unable import UnableToBackUp, UnableToReach, said_in_words
from cms.publishing.failpoints import reach
from cms.publishing.lease import only_publisher
from toolkit.documents.canonical import digest

# A backup that turned out not to be sound keeps this ending, to be looked at until the next one is made.
FAILED = ".failed"
# Of a release folder, what is made of the rest, or means something on this machine alone.
LEFT_OUT = ("search", LOCK)


def make_backup(folder: Path, *, now: datetime) -> Backup:
    """Make a backup in a folder of backups. Raises UnableToBackUp; nothing is left of the attempt then.

    Waits for a publish that is at work; the next one waits for a moment, when most is copied.
    """
    folder = folder.absolute()
    _check_place(folder)
    with said_in_words(UnableToBackUp, folder), alone(folder):
        _remove_leftovers(folder)
        whole = folder / now.strftime(NAME)
        if whole.exists():
            raise UnableToBackUp(f"{whole} was made within this second.")
        unfinished = folder / f"{whole.name}{UNFINISHED}"
        try:
            unfinished.mkdir(mode=0o700)
            _fill(unfinished, now)
            reach("backup-unfinished")
            os.sync()
            unfinished.rename(whole)
            flush_file(folder)
        except UnableToReach as error:
            raise UnableToBackUp(str(error)) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return Backup(whole)


def _check_place(folder: Path):
    data = settings.DATA_DIR.resolve()
    if folder.resolve().is_relative_to(data) or data.is_relative_to(folder.resolve()):
        raise UnableToBackUp(
            f"{folder} and the data folder {data} must not lie in each other. Choose another folder for backups, "
            "on another disk if you can."
        )
    if (settings.DATA_DIR / "restoring").exists():
        raise UnableToBackUp("A restore is at work, or was cut off. End it first: manage.py restore")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one who makes or removes backups in a folder. Raises UnableToBackUp where somebody else does."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UnableToBackUp(
                f"Another backup is being made in {folder} just now. manage.py backups lists it when it is done."
            ) from error
        yield


def _remove_leftovers(folder: Path):
    for left in [*folder.glob(f"*{UNFINISHED}"), *folder.glob(f"*{FAILED}")]:
        shutil.rmtree(left, ignore_errors=True)


def _fill(target: Path, now: datetime):
    site, copies, releases = database(), _copies(target), settings.RELEASES_DIR
    if keeps_uploads():
        copies.take_all(MEDIA, settings.MEDIA_ROOT)
    copies.take_all(RELEASES, releases, LEFT_OUT)
    reach("backup-copied")
    with ExitStack() as opened:
        with only_publisher(releases):
            write = opened.enter_context(site.written(target / site.FILE))
            # Few files are new. Some may be gone, such as those that showed words which were taken back.
            copies.drop_others(RELEASES, copies.take_all(RELEASES, releases, LEFT_OUT))
            release = pointed_to(releases)
        rows = write()
    copies.note(site.FILE)
    if keeps_uploads():
        # What was uploaded before the database was written down, and what it names although it is gone by now.
        copies.take_all(MEDIA, settings.MEDIA_ROOT)
    if keeps_secret_key():
        copies.take(SECRET_KEY, settings.DATA_DIR / SECRET_KEY)
    _write_facts(target, copies, site, rows, release, now)


def _write_facts(
    target: Path, copies: Copies, site: Database, rows: dict[str, int], release: int | None, now: datetime
):
    sums = write_sums(copies.sums)
    facts = Facts(
        made_at=now,
        database=site.KIND,
        version=site.version(),
        rows=rows,
        release=release,
        files=len(copies.sums),
        size=copies.size,
        sums=digest(sums),
        secret_key=digest_of_key(settings.SECRET_KEY),
        site=settings.SITE_URL,
    )
    write_whole(target / SUMS, sums)
    write_whole(target / FACTS, facts.content)


def _copies(target: Path) -> Copies:
    """Give the copies of a backup that shares with the newest one what is the same."""
    try:
        earlier = backups_in(target.parent)[-1]
        return Copies(target, earlier.folder, earlier.sums())
    except (IndexError, DamagedBackup):
        return Copies(target, None, {})


def keeps_uploads() -> bool:
    """Tell whether uploads are files of this server: what a storage elsewhere holds is not copied."""
    return isinstance(default_storage, FileSystemStorage)


def keeps_secret_key() -> bool:
    """Tell whether the secret key is the one in the data folder, and not one from the environment."""
    file = settings.DATA_DIR / SECRET_KEY
    return not os.environ.get("SECRET_KEY") and file.exists()


def digest_of_key(key: str) -> str:
    """Give something by which a secret key is known again, and from which nobody can tell it."""
    return salted_hmac("cms.backups", "secret key", secret=key, algorithm="sha256").hexdigest()[:16]


def remove_old(folder: Path, retention: Retention) -> list[str]:
    """Remove the backups that need not be kept, and give their names. The newest that was tried stays in any case.

    Raises UnableToBackUp.
    """
    with said_in_words(UnableToBackUp, folder), alone(folder):
        backups = {moment_of(backup.name): backup for backup in backups_in(folder)}
        tried = [moment for moment, backup in backups.items() if backup.tried_at]
        kept = retention.kept(backups) | set(tried[-1:])
        old = [backup for moment, backup in sorted(backups.items()) if moment not in kept]
        for backup in old:
            # Whoever is killed in the middle leaves nothing that is taken for a backup.
            gone = backup.folder.rename(backup.folder.with_name(f"{backup.name}{UNFINISHED}"))
            shutil.rmtree(gone)
    return [backup.name for backup in old]
