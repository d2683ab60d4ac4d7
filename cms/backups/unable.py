"""What keeps a backup from being made or put back, in a sentence that says what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class UnableToBackUp(Exception):
    """No backup was made, and nothing is left of the attempt; the message says why."""


class UnableToRestore(Exception):
    """The site is as it was; the message says why, and what to do."""


class UnableToReach(Exception):
    """A database did not do what it was asked to; the message says what, and what to do."""


class NotTried(Exception):
    """A backup could not be restored on trial, which says nothing of whether it is sound; the message says why."""


@contextmanager
def said_in_words(kind: type[Exception], folder: Path) -> Iterator[None]:
    """Say in a sentence why a disk does not do what it should."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise kind(f"The disk of {folder} is full. Make room, or choose a folder on another disk.") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise kind(f"{error.filename or folder} cannot be written or read: {error.strerror}.") from error
        raise kind(f"{folder}: {error}") from error
