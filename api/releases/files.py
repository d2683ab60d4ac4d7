"""Writing files of a release folder so that nobody sees half of one, and one at a time."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

HOST = socket.gethostname()


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Be the only one on this machine who writes to a release folder. Without `wait`, raises BlockingIOError."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def write_whole(path: Path, content: bytes):
    """Write a file so that nobody ever sees half of it, not even after a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    flush_file(path.parent)


def write_named(path: Path, content: bytes):
    """Write a file so that its name never stands for half of it while the power stays on."""
    unfinished = unfinished_name(path)
    try:
        unfinished.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
    unfinished.replace(path)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes its name when the block ends well, and vanishes when it does not."""
    unfinished = unfinished_name(path)
    try:
        with open(unfinished, "wb") as file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def unfinished_name(path: Path) -> Path:
    """Give the name that a file has while it is being written. Several machines may write to one shared folder."""
    return path.with_name(f"{path.name}.{HOST}.{os.getpid()}.unfinished")


def flush_file(path: Path):
    """See to it that a file's bytes, or the names in a folder, outlast a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
