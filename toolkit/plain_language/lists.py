"""The lists of words that a new site begins with, a file for each language: ours, to be changed by editors."""

from functools import cache
from pathlib import Path

from toolkit.plain_language.jargon import Plain, read_list

FOLDER = Path(__file__).parent / "words"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.txt"))


@cache
def starter_list(lang: str) -> tuple[Plain, ...]:
    """Give the list of a language, empty where there is none."""
    if lang not in LANGUAGES:
        return ()
    return tuple(read_list((FOLDER / f"{lang}.txt").read_text(encoding="utf-8")))
