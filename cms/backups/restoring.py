"""Restoring a backup: made ready beside the site, then put in its place; what people took back does not come back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connections

from api.releases.files import locked, write_whole
from api.releases.manifest import release_ids
from api.releases.shared import shared_storage
from api.releases.verify import ERASED, LOCK, WITHDRAWN, pointed_to
from cms.backups.backup import RELEASES, SECRET_KEY, Backup, DamagedBackup
from cms.backups.copying import copy, files_in, link
from cms.backups.databases import Database, database
from cms.backups.making import digest_of_key
from cms.backups.switching import alone_restoring, here, recover, switch, undo
from cms.backups.unable import UnableToReach, UnableToRestore, said_in_words
from cms.consent.withdrawal.burying import known_records
from cms.publishing.failpoints import reach
from cms.publishing.push import next_shared_id, take_up_shared
from toolkit.documents.canonical import canonical_bytes
from toolkit.models import Home
from toolkit.withdrawal.erasures import erased_of_database, read_erased
from toolkit.withdrawal.tombstones import read_record, record_of_database

# What belongs to the site that is shown, and is no business of the one that is made ready beside it.
NOT_STAGED = ("RELEASES_URL", "CDN_BACKEND", "DATABASE_URL", "DATA_DIR")
SPARE = 200_000_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Known:
    """What the site that is replaced knows: what was taken back, what was deleted, and who may log in."""

    withdrawn: list[dict]
    erased: list[list]
    users: list[str]


def restore(backup: Backup, *, replace: bool, withdrawn: Path | None = None, say: Say = lambda text: None) -> dict:
    """Put a backup in the place of this site, and give what `make_ready` says of it.

    `replace` allows that where there is a site already. `withdrawn` is a copy of withdrawn.json that knows of more.
    Raises UnableToRestore; the site is then as it was, or, where it says so, to be ended by the same call.
    """
    site = database()
    with said_in_words(UnableToRestore, settings.DATA_DIR), told(), alone_restoring():
        if said := recover(site):
            say(said)
        record = _read_record(withdrawn)
        _check(backup, site, replace)
        try:
            say("Copying the backup, and looking at each file")
            _stage(backup)
            with locked(settings.RELEASES_DIR):
                made = _make_ready(backup, site, record, say)
                say("Putting it in place")
                switch(site)
        except BaseException:
            if not here().ready.exists():
                undo(site)
            raise
    return made


@contextmanager
def told() -> Iterator[None]:
    """Say what a database or a backup does not do as a reason why nothing was restored."""
    try:
        yield
    except UnableToReach as error:
        raise UnableToRestore(str(error)) from error
    except DamagedBackup as error:
        raise UnableToRestore(f"The backup is damaged: {error}. Nothing was changed; take another one.") from error


# --- Before anything is touched ------------------------------------------------------------------------------------


def _read_record(file: Path | None) -> bytes | None:
    """Read a record from elsewhere. Raises UnableToRestore."""
    if file is None:
        return None
    try:
        content = file.read_bytes()
        read_record(content), read_erased(content)
    except (OSError, ValueError) as error:
        raise UnableToRestore(f"{file} cannot be read: {error}") from error
    return content


def _check(backup: Backup, site: Database, replace: bool):
    facts = backup.facts
    _check_user()
    if facts.database != site.KIND:
        where = "postgres://user:password@host/name" if facts.database == "postgresql" else "empty, for SQLite"
        raise UnableToRestore(
            f"The backup holds a database of {facts.database}, and this site has one of {site.KIND}. "
            f"Set DATABASE_URL: {where}"
        )
    site.check_version(facts.version)
    if not replace and (there := _what_is_there(site)):
        raise UnableToRestore(f"There is a site already ({there}). To put the backup in its place, add --replace.")
    free, needed = shutil.disk_usage(settings.DATA_DIR).free, facts.size + SPARE
    if free < needed:
        raise UnableToRestore(
            f"There is room for {free // 10**6:,} MB in {settings.DATA_DIR}, and {needed // 10**6:,} are needed."
        )


def _check_user():
    """Raise UnableToRestore where root would make files that the site could not write."""
    owner = settings.DATA_DIR.stat().st_uid
    if os.getuid() == 0 and owner != 0:
        raise UnableToRestore(
            f"The data folder belongs to another user. Restore as that one: sudo -u '#{owner}' … manage.py restore"
        )


def _what_is_there(site: Database) -> str:
    if release_ids(settings.RELEASES_DIR):
        return "it has published releases"
    if not site.exists():
        return ""
    try:
        return "its database has pages" if Home.objects.exists() else ""
    except DatabaseError:
        # An empty database has no tables either.
        return "" if _is_empty() else "its database cannot be read"
    finally:
        connections.close_all()


def _is_empty() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            return not connections["default"].introspection.table_names(cursor)
    except DatabaseError:
        return False


# --- Beside the site -----------------------------------------------------------------------------------------------


def _stage(backup: Backup):
    """Copy all files of a backup into the place, each checked. Raises DamagedBackup."""
    place = here()
    place.data.mkdir(parents=True)
    for name, sha256 in backup.sums().items():
        try:
            copied = copy(backup.folder / name, place.data / name)
        except FileNotFoundError as error:
            raise DamagedBackup(f"{name} is missing") from error
        if copied != sha256:
            raise DamagedBackup(f"{name} holds other bytes than were written")
    if (place.data / SECRET_KEY).exists() and not _takes_key():
        (place.data / SECRET_KEY).unlink()
    reach("restore-staged")


def _takes_key() -> bool:
    """Tell whether the backup's secret key becomes that of the site: not where the environment sets another."""
    return not os.environ.get("SECRET_KEY")


def _make_ready(backup: Backup, site: Database, record: bytes | None, say: Say) -> dict:
    """Close the site's database, and make the backup ready beside it. The caller has the lock of the releases."""
    place = here()
    take_up_shared()
    known = _known(record, site, say)
    connections.close_all()
    say("From here on nobody can change anything; readers go on reading")
    site.close(place.aside)
    reach("restore-closed")
    staged = place.data / RELEASES
    _take_over_releases(staged)
    _write_record(known, staged)
    url = site.stage(place.data / site.FILE, place.data)
    (place.data / site.FILE).unlink()
    say("Making it ready: migrations, what people took back, publishing")
    made = _run(url, known)
    os.sync()
    return made


def _known(record: bytes | None, site: Database, say: Say) -> Known:
    """Give what this site knows: from its database where that can be read, from the records beside its releases."""
    contents = [*known_records(), *([record] if record else [])]
    withdrawn = [one for content in contents for one in read_record(content)]
    erased = [one for content in contents for one in read_erased(content)]
    users = []
    try:
        withdrawn += record_of_database()
        erased += erased_of_database()
        users = list(get_user_model().objects.filter(is_active=True).values_list("username", flat=True))
    except DatabaseError:
        there = "The database that is there cannot be read" if _what_is_there(site) else "There is no site here yet"
        say(f"{there}: what was taken back since the backup is known from withdrawn.json alone")
    return Known(withdrawn, erased, users)


def _write_record(known: Known, staged: Path):
    """Write down what was taken back and deleted, by what is known here and by the backup's own record, each once."""
    own = (staged / WITHDRAWN).read_bytes() if (staged / WITHDRAWN).exists() else b'{"withdrawn": []}'
    withdrawn: dict[str, dict] = {}
    for one in [*read_record(own), *known.withdrawn]:
        before = withdrawn.get(one["key"], one)
        both = {name: sorted({*before[name], *one[name]}) for name in ("page_keys", "blobs", "digests")}
        withdrawn[one["key"]] = {**one, **both}
    erased = {(what, key): until for what, key, until in [*read_erased(own), *known.erased]}
    record = {"withdrawn": list(withdrawn.values()), "erased": [[*one, until] for one, until in erased.items()]}
    write_whole(staged / WITHDRAWN, canonical_bytes(record))


def _take_over_releases(staged: Path):
    """Let the restored site keep what this one has published since, so that mirrors go on from there.

    Where both have a file, the backup's is known to be sound, and its database knows it. What was taken back is taken
    out of both.
    """
    live = settings.RELEASES_DIR
    for file in list(files_in(live)) if live.exists() else ():
        name = file.relative_to(live)
        if name.parts[0] not in (LOCK, "search", WITHDRAWN) and not (staged / name).exists():
            link(file, staged / name)
    if (live / ERASED).exists():
        # Its database has the accounts of the backup's own record; ours knows of those that were erased since.
        write_whole(staged / ERASED, (live / ERASED).read_bytes())


def _run(url: str, known: Known) -> dict:
    """Make it ready in a process of its own, whose settings are those of the restored site."""
    environment = {name: value for name, value in os.environ.items() if name not in NOT_STAGED}
    environment |= {"DATA_DIR": str(here().data), "DATABASE_URL": url}
    keys = {settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS}
    environment["SECRET_KEY_FALLBACKS"] = ",".join(sorted(keys))
    if not (here().data / SECRET_KEY).exists():
        environment["SECRET_KEY"] = settings.SECRET_KEY
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", "--make-ready"]
    above = next_shared_id() if shared_storage() else 0
    knows = json.dumps({"users": known.users, "shown": pointed_to(settings.RELEASES_DIR), "above": above})
    done = subprocess.run(command, env=environment, input=knows, capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it was killed"]
        raise UnableToRestore(f"The backup could not be made ready: {lines[-1]}. The site is as it was.")
    return json.loads(done.stdout)


def advice(backup: Backup) -> str:
    """Say before a backup is restored what to do afterwards. Raises UnableToRestore."""
    with told():
        is_ours = backup.facts.secret_key in map(digest_of_key, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        replaces = _what_is_there(database())
    takes_key = (backup.folder / SECRET_KEY).exists() and _takes_key()
    if not is_ours and not takes_key:
        return (
            "The backup was made with another SECRET_KEY. Set that one again and restart: without it, links to "
            "boards, backup codes and logins of then do not work."
        )
    if not replaces:
        return "Start the server and the worker."
    if is_ours:
        return "Restart the server and the worker, so that they forget what they knew."
    return (
        "The secret key is that of the backup now: restart the server and the worker, so that they know it. That "
        "of before is in secret-key.before; where it was in use, put it into SECRET_KEY_FALLBACKS."
    )
