"""Putting what was restored beside the site in the place of the site; and what becomes of a restore that was cut off.

<data folder>/restoring/
    data/     the data folder that takes the place of this one, made ready by then
    aside/    what was there, until all has succeeded
    switch    written when `data` is ready: from then on a restore that was cut off is ended, before that it is undone
"""

import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import sleep

from django.conf import settings

from api.releases.files import flush_file, locked, write_whole
from api.releases.manifest import current_release
from api.releases.verify import LOCK, POINTER, WITHDRAWN, pointed_to
from api.search.files import prepare
from cms.backups.backup import MEDIA, SECRET_KEY
from cms.backups.copying import files_in, link
from cms.backups.databases import Database
from cms.backups.unable import UnableToRestore
from cms.publishing.announcing import purge_cdn
from cms.publishing.failpoints import reach
from cms.publishing.push import push_pointer, push_record
from cms.publishing.writer import point_to

logger = logging.getLogger(__name__)

RESTORING, READY = "restoring", "switch"
# In seconds. Who has begun to answer from the release before has ended by then.
PAUSE = 2
UNDONE = "A restore that was cut off is undone: the site is as it was before."
ENDED = "A restore that was cut off is ended: the site is as it is in the backup."


class Place:
    """Where a restore keeps what it needs, in a data folder."""

    def __init__(self, data: Path):
        self.folder = data / RESTORING
        self.data, self.aside, self.ready = self.folder / "data", self.folder / "aside", self.folder / READY


def here() -> Place:
    """Give the place in the data folder of this site."""
    return Place(settings.DATA_DIR)


@contextmanager
def alone_restoring() -> Iterator[None]:
    """Be the only restore of this site. Raises UnableToRestore where another one is at work."""
    with open(settings.DATA_DIR / f"{RESTORING}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UnableToRestore("A restore is at work just now. Wait until it has ended.") from error
        yield


def recover(site: Database) -> str:
    """End or undo what was cut off, and say so in a sentence, "" where nothing was. The caller is alone.

    Raises OSError and UnableToReach.
    """
    place = here()
    shutil.rmtree(place.folder.with_suffix(".done"), ignore_errors=True)
    if not place.folder.exists():
        return ""
    if place.ready.exists():
        with locked(settings.RELEASES_DIR):
            switch(site)
        return ENDED
    undo(site)
    return UNDONE


def undo(site: Database):
    """Let the site be as it was."""
    place = here()
    site.reopen(place.aside)
    shutil.rmtree(place.folder, ignore_errors=True)


def switch(site: Database):
    """Put all in place; done again after it was cut off, it goes on. The caller has the lock of the releases.

    Readers see the releases of before until the pointer is replaced, and then the new one.
    """
    place = here()
    write_whole(place.ready, b"")
    reach("restore-ready")
    staged, live = place.data / "releases", settings.RELEASES_DIR
    add_files(staged, live, but=(POINTER, LOCK, "search"))
    reach("restore-files")
    put_key(place.data / SECRET_KEY, settings.DATA_DIR / SECRET_KEY)
    site.switch(place.data, place.aside)
    reach("restore-database")
    if (place.data / MEDIA).exists():
        add_files(place.data / MEDIA, settings.MEDIA_ROOT)
        remove_others(place.data / MEDIA, settings.MEDIA_ROOT)
    show(staged, live)
    reach("restore-shown")
    sleep(PAUSE)
    remove_others(staged, live, but=(LOCK, "search"))
    flush_file(live)
    site.clean(place.aside)
    # Half of it must not be taken for what is to be put in place.
    done = place.folder.rename(place.folder.with_suffix(".done"))
    shutil.rmtree(done, ignore_errors=True)


def put_key(staged: Path, live: Path):
    """Put the backup's secret key in place; another one of before stays beside it, for what was made with that."""
    if staged.exists():
        if live.exists() and live.read_bytes() != staged.read_bytes():
            link(live, live.with_name(f"{SECRET_KEY}.before"))
        link(staged, live)


def show(staged: Path, live: Path):
    """Show readers the release that was made ready; on other servers, too."""
    release = current_release(staged)
    if release is None:
        return
    prepare(live, release.resources)
    try:
        push_pointer(release)
        if (live / WITHDRAWN).exists():
            push_record((live / WITHDRAWN).read_bytes())
    except OSError as error:
        logger.error("Other servers show the release of before (%s). Send it to them: manage.py push_release", error)
    before = pointed_to(live)
    point_to(live, release)
    # Against what readers saw.
    purge_cdn(replace(release, parent=before))


def add_files(source: Path, target: Path, but: tuple[str, ...] = ()):
    """Give every file of a folder its place in another, where it is not there yet."""
    for file in files_in(source):
        name = file.relative_to(source)
        if name.parts[0] not in but:
            link(file, target / name)


def remove_others(source: Path, target: Path, but: tuple[str, ...] = ()):
    """Remove what a folder has and another one has not."""
    names = {file.relative_to(source) for file in files_in(source)}
    for file in list(files_in(target)):
        name = file.relative_to(target)
        if name not in names and name.parts[0] not in but:
            file.unlink()
