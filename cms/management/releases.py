"""How releases are named on a command line: by a number that is kept, and by when they were made."""

from datetime import datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from api.releases.manifest import release_ids


def number_of_release(text: str, folder: Path) -> int:
    """Give the id of a kept release. Raises CommandError."""
    if not (text.isascii() and text.isdecimal()):
        raise CommandError(f"“{text}” is not the number of a release. Give one that this lists: manage.py releases")
    ids = release_ids(folder)
    if int(text) not in ids:
        kept = f"{ids[0]} to {ids[-1]} are kept" if ids else "None is kept yet"
        raise CommandError(f"There is no release {int(text)}. {kept}: manage.py releases lists them.")
    return int(text)


def local_time(made_at: str) -> str:
    """Give when a release was made, to the minute, in the time of TIME_ZONE."""
    return f"{timezone.localtime(datetime.fromisoformat(made_at)):%Y-%m-%d %H:%M}"
