"""Whether the disk of the data folder has room for what is there, for a backup of it, and for more files."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cms.doctor.findings import Finding, broken, ok, warning

MB = 1_000_000
# With less, the next publish or the next upload may fail.
FULL = 200 * MB
# Of a file system that counts files, some have to be free: each page is a few.
FEW_FILES = 10_000
MEND = "Make room: manage.py prune_releases removes old releases, or take a larger disk."


@dataclass(frozen=True)
class Room:
    """What a disk has left, in bytes and in files (None where it does not count them), and what the data takes."""

    free: int
    data: int
    files: int | None = None


def look() -> Iterator[Finding]:
    yield from judge(room_of(settings.DATA_DIR))


def judge(room: Room) -> Iterator[Finding]:
    """Say whether there is room enough."""
    says = f"{_size(room.free)} are free, and the data takes {_size(room.data)}"
    if room.free < FULL:
        yield broken("space", f"The disk is nearly full: {says}.", MEND)
    elif room.free < room.data + FULL:
        yield warning("space", f"A backup does not fit on this disk: {says}.", f"Keep backups on another one. {MEND}")
    else:
        yield ok("space", f"There is room, also for a backup: {says}.")
    if room.files is not None and room.files < FEW_FILES:
        yield broken("files", f"The disk has room for {room.files} more files only, however small.", MEND)


def room_of(folder: Path) -> Room:
    """Measure the disk of a folder, and what is in it."""
    disk = os.statvfs(folder)
    data = sum(entry.stat().st_blocks * 512 for entry in _files_below(folder))
    return Room(disk.f_bavail * disk.f_frsize, data, disk.f_favail if disk.f_files else None)


def _files_below(folder: Path) -> Iterator[os.DirEntry]:
    """Give every file below a folder. One that goes away meanwhile is left out."""
    for path, _folders, _names in os.walk(folder):
        try:
            with os.scandir(path) as entries:
                yield from (entry for entry in entries if entry.is_file(follow_symlinks=False))
        except OSError:
            continue


def _size(number: int) -> str:
    return f"{number / 1000 / MB:.1f} GB" if number >= 1000 * MB else f"{number / MB:.0f} MB"
