"""Writing files of a release folder so that nobody sees half of one, and one at a time."""

import fcntl
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from typing import BinaryIO, TextIO
from uuid import uuid4

HOST = socket.gethostname()


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[str]:
    """Be the only one on this machine who writes to a release folder. Without `wait`, raises BlockingIOError.

    Gives the folder's own name, which no other folder has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        # A copy of a folder has the same name in it, and is another file.
        yield f"{_name_in(lock)}.{os.fstat(lock.fileno()).st_ino}"


def _name_in(lock: TextIO) -> str:
    """Give the name in a folder, made once. Two hosts of the same name may have theirs at the same path."""
    lock.seek(0)
    name = lock.read()
    if not name:
        name = uuid4().hex
        lock.write(name)
        lock.flush()
    return name


def write_whole(path: Path, content: bytes, *, before_naming: Callable[[], None] = lambda: None):
    """Write a file so that nobody ever sees half of it, not even after a power cut."""
    with replacing(path, before_naming=before_naming) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    flush_file(path.parent)


def write_named(path: Path, content: bytes, *, before_naming: Callable[[], None] = lambda: None):
    """Write a file so that its name never stands for half of it while the power stays on."""
    with replacing(path, before_naming=before_naming) as file:
        file.write(content)


@contextmanager
def replacing(path: Path, *, before_naming: Callable[[], None] = lambda: None) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its name when the block ends well, and vanishes when it does not."""
    unfinished = unfinished_name(path)
    try:
        with opened(unfinished) as file:
            yield file
        before_naming()
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def opened(path: Path) -> BinaryIO:
    """Open a new file to be written. Its folder is nearly always there."""
    try:
        return open(path, "wb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "wb")


def unfinished_name(path: Path) -> Path:
    """Give the name that a file has while it is being written.

    Several machines may write to one shared folder, and two threads the same bytes, as files of two media types.
    """
    return path.with_name(f"{path.name}.{HOST}.{os.getpid()}-{get_ident()}.unfinished")


def flush_file(path: Path):
    """See to it that a file's bytes, or the names in a folder, outlast a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
