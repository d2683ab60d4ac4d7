"""What a backup is: a folder that anybody can read, with the SHA-256 of each file in it.

<folder>/2026-11-27T030000Z/   the moment at which it was made, in UTC
    backup.json                when, of what, how much: the facts, written last
    SHA256SUMS                 every other file, as `sha256sum --check` reads it
    database.sqlite3           or database.dump, made by pg_dump
    media/  releases/          the uploads, and all kept releases
    secret-key                 where it is kept in the data folder
    tried.json                 that it was restored once, on trial, and when
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from api.releases.files import write_whole
from toolkit.documents.canonical import canonical_bytes, digest

FORMAT = 1
FACTS, SUMS, TRIED = "backup.json", "SHA256SUMS", "tried.json"
MEDIA, RELEASES, SECRET_KEY = "media", "releases", "secret-key"
NAME = "%Y-%m-%dT%H%M%SZ"
LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)")


class DamagedBackup(Exception):
    """A backup is not what was written; the message names what is wrong."""


@dataclass(frozen=True)
class Facts:
    """What a backup says of itself.

    `database` is its kind ("sqlite" or "postgresql"), `version` that of what made it, `rows` how many each table has.
    `release` is the current one, None before the first; `size` is in bytes; `secret_key` is a digest of the key.
    """

    made_at: datetime
    database: str
    version: str
    rows: dict[str, int]
    release: int | None
    files: int
    size: int
    sums: str
    secret_key: str
    site: str
    format: int = FORMAT

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return canonical_bytes({**vars(self), "made_at": self.made_at.isoformat()})

    @classmethod
    def read(cls, content: bytes) -> "Facts":
        """Read such a file. Raises DamagedBackup."""
        try:
            said = json.loads(content)
            facts = cls(**{**said, "made_at": datetime.fromisoformat(said["made_at"])})
        except (ValueError, TypeError, KeyError) as error:
            raise DamagedBackup(f"{FACTS} cannot be read: {error}") from error
        if facts.format != FORMAT:
            raise DamagedBackup(f"{FACTS} is of another version of this software. Update the software first")
        return facts


@dataclass(frozen=True)
class Backup:
    """A whole backup in its folder."""

    folder: Path
    _facts: list[Facts] = field(default_factory=list, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def facts(self) -> Facts:
        """What it says of itself. Raises DamagedBackup."""
        if not self._facts:
            try:
                content = (self.folder / FACTS).read_bytes()
            except OSError as error:
                raise DamagedBackup(f"{FACTS} cannot be read: {error.strerror}") from error
            self._facts.append(Facts.read(content))
        return self._facts[0]

    def sums(self) -> dict[str, str]:
        """Give the SHA-256 of each file, by its name in the backup. Raises DamagedBackup."""
        try:
            content = (self.folder / SUMS).read_bytes()
        except OSError as error:
            raise DamagedBackup(f"{SUMS} cannot be read: {error.strerror}") from error
        if digest(content) != self.facts.sums:
            raise DamagedBackup(f"{SUMS} holds other bytes than were written")
        return read_sums(content)

    @property
    def tried_at(self) -> datetime | None:
        """When it was last restored on trial, None where it never was."""
        try:
            return datetime.fromisoformat(json.loads((self.folder / TRIED).read_bytes())["tried_at"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def was_tried(self, now: datetime):
        """Write down that it was restored on trial, and that all was well."""
        write_whole(self.folder / TRIED, canonical_bytes({"tried_at": now.isoformat()}))


def moment_of(name: str) -> datetime | None:
    """Give the moment that the name of a backup tells, None for any other name."""
    try:
        return datetime.strptime(name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return None


def backups_in(folder: Path) -> list[Backup]:
    """Give the whole backups in a folder, the oldest first. Raises OSError."""
    if not folder.exists():
        return []
    return [Backup(one) for one in sorted(folder.iterdir()) if moment_of(one.name) and (one / FACTS).is_file()]


def write_sums(sums: dict[str, str]) -> bytes:
    """Give sums in the form of `sha256sum`."""
    lines = []
    for name, sha256 in sorted(sums.items()):
        escaped = name.replace("\\", "\\\\").replace("\n", "\\n")
        lines.append(f"{chr(92) if escaped != name else ''}{sha256}  {escaped}\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def read_sums(content: bytes) -> dict[str, str]:
    """Read what `write_sums` gives. Raises DamagedBackup."""
    sums = {}
    for line in content.decode("utf-8", "surrogateescape").split("\n")[:-1]:
        found = LINE.fullmatch(line)
        if not found or ".." in found[3].split("/") or found[3].startswith("/"):
            raise DamagedBackup(f"{SUMS} has a line that cannot be read: {line!r}")
        name = found[3]
        if found[1]:
            name = re.sub(r"\\(.)", lambda sign: {"n": "\n"}.get(sign[1], sign[1]), name)
        sums[name] = found[2]
    return sums


def sha256_of(file: Path) -> str:
    """Give the SHA-256 of a file. Raises OSError."""
    with open(file, "rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
