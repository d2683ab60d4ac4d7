"""The site's stylesheets, scripts, fonts and icon, each under an address that changes with its bytes."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.documents.canonical import digest

FOLDER = Path(__file__).parent.parent / "templates" / "assets"
# The fonts that stand on every page of Latin letters.
FONTS = ("body.woff2", "headings.woff2")
# The script that stands in every page. Releases keep the one that they were made with, and can be shown again: new
# hashes are added, none is taken away.
FIRST_SCRIPT = FOLDER.parent / "parts" / "first.js"
FIRST_SCRIPTS = ["sha256-7ucA/erJ+8zjKKSH7++bFo8Df4mrbVOsd5RGaLzU/WI="]
IMPORT = re.compile(r'^@import "(?P<name>[\w/-]+\.css)";\n', re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/\n*", re.DOTALL)
INDENT = re.compile(r"^\s+", re.MULTILINE)
ADDRESS = re.compile(r'url\("(?P<name>[\w-]+\.\w+)"\)')


@dataclass(frozen=True)
class Asset:
    """A file of the site: its public address and its bytes."""

    path: str
    content: bytes


@cache
def asset(name: str) -> Asset:
    """Read one asset by its file name, such as `site.css`.

    A stylesheet holds what it imports, so that readers fetch one file, without comments and indents; it names other
    assets by their addresses.
    """
    content = _stylesheet(name).encode() if name.endswith(".css") else (FOLDER / name).read_bytes()
    stem, suffix = name.rsplit(".", 1)
    return Asset(path=f"/assets/{stem}-{digest(content)[:12]}.{suffix}", content=content)


@cache
def first_script() -> str:
    """Give the script that a browser runs before it shows anything of a page."""
    return FIRST_SCRIPT.read_text(encoding="utf-8").strip()


def _stylesheet(name: str) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    whole = IMPORT.sub(lambda found: (FOLDER / found["name"]).read_text(encoding="utf-8") + "\n", text)
    bare = INDENT.sub("", COMMENT.sub("", whole))
    return ADDRESS.sub(lambda found: f'url("{asset(found["name"]).path}")', bare)


def all_assets() -> list[Asset]:
    """Give every asset of the site."""
    return [asset(path.name) for path in sorted(FOLDER.iterdir()) if path.is_file()]
