"""The words of the site, the admin and (later) the widget in other languages: gettext catalogues."""

from functools import cache
from pathlib import Path

import polib
from django.conf import settings

REVIEW = "needs review by a speaker"


def compile_catalogues() -> int:
    """Make the binary catalogue of every language whose words are newer than it, and give how many were made."""
    stale = [path for path in _sources() if _is_stale(path)]
    for path in stale:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(stale)


@cache
def needs_review(locale: str) -> bool:
    """Tell whether the header of a language's catalogue says that its words wait for a speaker's review."""
    headers = [polib.pofile(str(path)).metadata for path in _sources(locale)]
    return any(REVIEW in header.get("X-Review", "") for header in headers)


def _sources(locale: str = "*") -> list[Path]:
    """Give the catalogues of a language, or of all."""
    return [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob(f"{locale}/LC_MESSAGES/*.po")]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
