"""What a front server reads: lists of which file is at which address, written anew with each release.

<front>/lists/files.map       addresses, and below which name of a release their bytes are
<front>/lists/documents.map   the same for JSON, which is only for those who take it
<front>/lists/waiting.html    what readers are told while no application answers; .json for programs
<front>/<headers>/<release>   leads to the blobs. It goes soon after another release is current: a front server that
                              has not read the new lists then finds nothing, and asks the application for everything.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import time

from django.conf import settings

from api.problems import problem
from api.releases.files import locked, write_whole
from api.releases.front.kinds import JSON, kind_of, takes_query
from api.releases.front.nginx import list_line, root_of
from api.releases.manifest import Release, entries_of, pointer_content
from api.releases.server import reader_of
from api.releases.tree import DamagedRelease
from api.releases.views import WAITING_PATH
from toolkit.documents.canonical import canonical_bytes, digest

logger = logging.getLogger(__name__)

# Seconds between two looks at the current release.
PAUSE = 0.5
# So many seconds a front server has to read the new lists before it finds nothing in the old ones.
GRACE = 8


class Front:
    """Keeps the folder of a front server in step with the release that this process shows."""

    def __init__(self, folder: Path, front: Path):
        self.folder, self.front = folder, front
        self.reader = reader_of(folder)
        self.lists = front / "lists"

    def look(self):
        """Write the lists of the current release where they are of another one, and remove what is over."""
        release = self.reader.current()
        if release is None:
            return
        try:
            with locked(self.front, wait=False):
                if self.written() != self.name_of(release):
                    self.write(release)
                self.remove_old(self.name_of(release))
        except BlockingIOError:
            # Another process of this server is at it.
            return

    def name_of(self, release: Release) -> str:
        """Give the name of a release below the front's folder: of a release and these headers there is one."""
        return f"{root_of(self.front).name}/{release.id:06}-{digest(pointer_content(release))[:12]}"

    def written(self) -> str:
        """Give the name of the release that the lists are of, "" where there are none."""
        try:
            with open(self.lists / "files.map", encoding="utf-8") as file:
                return file.readline().removeprefix("# ").strip()
        except FileNotFoundError:
            return ""

    def write(self, release: Release):
        """Write the lists of a release. Who reads them in between finds files of both releases where they belong."""
        name = self.name_of(release)
        link = self.front / name
        link.parent.mkdir(parents=True, exist_ok=True)
        self.lists.mkdir(exist_ok=True)
        with suppress(FileExistsError):
            link.symlink_to(os.path.relpath(self.folder / "blobs", link.parent), target_is_directory=True)
        self.write_waiting(release)
        lists = {"files": [f"# {name}\n"], "documents": [f"# {name}\n"]}
        for kind, lines in list_lines(self.folder, release, link.name):
            lists[kind].extend(lines)
        # The list by which all others are known comes last.
        for kind in ("documents", "files"):
            write_whole(self.lists / f"{kind}.map", "".join(lists[kind]).encode())

    def write_waiting(self, release: Release):
        page = self.reader.content_of(release, WAITING_PATH.format(locale=settings.LANGUAGE_CODE)) or b""
        write_whole(self.lists / "waiting.html", page)
        write_whole(self.lists / "waiting.json", canonical_bytes(dict(problem(503))))

    def remove_old(self, current: str):
        """Remove the ways to what older lists name, once every front server has had the time to read the new ones."""
        if time() - (self.lists / "files.map").stat().st_mtime < GRACE:
            return
        for link in self.front.glob("*/*"):
            if link.is_symlink() and f"{link.parent.name}/{link.name}" != current:
                link.unlink(missing_ok=True)


def list_lines(folder: Path, release: Release, name: str) -> Iterator[tuple[str, list[str]]]:
    """Give, for each address that a front server may answer for, the list that it stands in and its lines there."""
    resources = entries_of(folder, release)
    for path, entry in resources.items():
        kind = kind_of(folder, path, entry)
        if kind is None:
            continue
        asked = [path] if takes_query(path, resources) else [path, f"?{path}"]
        value = f"{name}/{entry.sha256[:2]}/{entry.sha256}"
        yield "documents" if kind.type == JSON else "files", [list_line(key, value) for key in asked]


def keep_front():
    """Keep the folder of the front server, where there is one, in step from now on.

    To be called in each process that serves, as `follow` is; the worker does it, too.
    """
    if settings.FRONT_DIR:
        front = Front(settings.RELEASES_DIR, settings.FRONT_DIR)
        Thread(target=keep, args=[front, Event()], name="keep-front", daemon=True).start()


def keep(front: Front, ended: Event):
    """Look again and again until it is over. Whatever goes wrong is logged once, and tried again."""
    trouble = ""
    while not ended.wait(PAUSE):
        try:
            front.look()
            trouble = ""
        except (OSError, DamagedRelease) as error:
            if str(error) != trouble:
                logger.error("The front server's lists could not be written: %s", error)
            trouble = str(error)
