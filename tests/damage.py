"""Damaging files in every way that a disk, a copy or a person can."""

from pathlib import Path
from random import Random


def write_anew(file: Path, content: bytes):
    """Write a file in the place of the one that is there, which another folder may share."""
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def flip(file: Path, random: Random):
    """Change one byte of a file."""
    content = bytearray(file.read_bytes())
    content[random.randrange(len(content))] ^= random.randrange(1, 256)
    write_anew(file, bytes(content))


def cut(file: Path, random: Random):
    """Leave a part of a file, or nothing of it."""
    content = file.read_bytes()
    write_anew(file, content[: random.randrange(len(content))])


def remove(file: Path, random: Random):
    """Take a file away."""
    file.unlink()


WAYS = (flip, cut, remove)


def files_below(folder: Path) -> list[Path]:
    """Give all files of a release folder but the lock, which is always empty, and what is made of the others."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != "lock"]
    return sorted(file for file in files if file.parent != folder / "search")
