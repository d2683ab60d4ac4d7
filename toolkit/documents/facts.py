"""Facts: the values that documents are made of, each with a name, and with the facts that it was made from itself.

A name is `kind:argument@locale`, for example `mention:5b1c…@cy`. A resource that was built notes the names of what
it read. When a fact's value is not what it was, whoever read it is built again, and nobody else.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from toolkit.documents.canonical import canonical_bytes, digest

# Hexadecimal letters of a fact's digest: 64 bits tell it from what it was before.
DIGEST_LENGTH = 16


@dataclass(frozen=True)
class Fact:
    """What is known under a name, as JSON data, and the names of the facts that it rests on."""

    value: object
    reads: frozenset[str]

    @cached_property
    def digest(self) -> str:
        """The start of the SHA-256 of the value."""
        return digest(canonical_bytes(self.value))[:DIGEST_LENGTH]


def shown_file(name: str, value) -> str | None:
    """Give the address of the file that a fact says is shown, None when it is about no file."""
    if name.startswith("image:"):
        return unquote(value["src"]) if value else None
    return unquote(value) if name.startswith("document:") and value else None


def fact_name(kind: str, argument, locale: str) -> str:
    """Give the name of a fact."""
    return f"{kind}:{argument}@{locale}"


def parts_of(name: str) -> tuple[str, str, str]:
    """Give kind, argument and locale of a name."""
    kind, _, rest = name.partition(":")
    argument, _, locale = rest.rpartition("@")
    return kind, argument, locale
