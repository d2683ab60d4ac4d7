"""The secret key of an installation that is given none: made at the first start, and kept."""

import fcntl
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from cms.safety import SHORTEST_KEY


def kept_secret_key(folder: Path) -> str:
    """Give the key that is kept in a data folder. Raises ImproperlyConfigured where it is damaged, and OSError."""
    file = folder / "secret-key"
    if not file.exists():
        _make(file)
    key = file.read_text()
    if len(key) < SHORTEST_KEY:
        # A new one would end all links to boards, so it is for somebody to decide.
        lost = "Without one, delete the file: everybody has to log in again, and links to boards end"
        raise ImproperlyConfigured(f"{file} is damaged. Put it back from a backup. {lost}")
    return key


def _make(file: Path):
    """Write a key where there is none yet. Processes that start at the same time agree on one."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not file.exists():
            unfinished = file.with_name("secret-key.unfinished")
            unfinished.touch(mode=0o600)
            unfinished.write_text(get_random_secret_key())
            unfinished.replace(file)
    finally:
        os.close(folder)
