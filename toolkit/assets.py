"""The site's stylesheet and icon, each under an address that changes with its bytes."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.documents.canonical import digest

FOLDER = Path(__file__).parent.parent / "templates" / "assets"


@dataclass(frozen=True)
class Asset:
    """A file of the site: its public address and its bytes."""

    path: str
    content: bytes


@cache
def asset(name: str) -> Asset:
    """Read one asset by its file name, such as `site.css`."""
    content = (FOLDER / name).read_bytes()
    stem, suffix = name.rsplit(".", 1)
    return Asset(path=f"/assets/{stem}-{digest(content)[:12]}.{suffix}", content=content)


def all_assets() -> list[Asset]:
    """Give every asset of the site."""
    return [asset(path.name) for path in sorted(FOLDER.iterdir())]
