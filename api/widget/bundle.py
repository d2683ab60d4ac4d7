"""The widget's script: the one file that esbuild made of `source/`, under two addresses.

At the short one there is always the newest. The long one has the first digits of its digest in it: what is there
never changes, so a page that says which bytes it expects (`integrity`) works on when this software is replaced.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha384
from pathlib import Path

from toolkit.documents.canonical import digest

FILE = Path(__file__).parent / "mark-scoring.js"
FOLDER = "/widget/v1/"
NEWEST = f"{FOLDER}mark-scoring.js"


@dataclass(frozen=True)
class Script:
    """The script: its bytes, its lasting address, and what browsers compare its bytes with (SRI)."""

    content: bytes
    path: str
    integrity: str


@cache
def script() -> Script:
    """Read the script."""
    content = FILE.read_bytes()
    return Script(
        content=content,
        path=f"{FOLDER}mark-scoring-{digest(content)[:12]}.js",
        integrity=f"sha384-{b64encode(sha384(content).digest()).decode()}",
    )
