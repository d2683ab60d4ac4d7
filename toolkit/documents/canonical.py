"""The one way in which a document becomes bytes: equal content gives equal bytes."""

import hashlib
import json
from datetime import UTC, datetime


def canonical_bytes(document: dict) -> bytes:
    """Serialise a document as UTF-8 JSON with sorted keys and no spare white space."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def digest(content: bytes) -> str:
    """Give the SHA-256 of bytes as 64 hexadecimal letters."""
    return hashlib.sha256(content).hexdigest()


def utc_time(moment: datetime | None) -> str | None:
    """Write a moment as ISO 8601 in UTC, to the second."""
    return moment and moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
