"""The large pictures in a folder, for people: one HTML page shows them all, a row for each page in a language."""

from itertools import groupby
from pathlib import Path

from tests.e2e.looks.taking import ALL, KINDS, LOCALES

STYLE = "body{font-family:sans-serif} div{display:flex;gap:1em;overflow-x:auto} img{height:30em;border:1px solid}"


def write_sheet(folder: Path):
    """Write index.html beside the pictures."""
    names = [(f"{kind}-{locale}", look) for kind in KINDS for locale in LOCALES for look in ALL]
    rows = "".join(_row(page, looks) for page, looks in groupby(names, key=lambda name: name[0]))
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>All pages</title><style>{STYLE}</style>'
    (folder / "index.html").write_text(f"{head}<h1>All pages</h1>{rows}")


def _row(page: str, looks) -> str:
    pictures = (f"{page}-{look}" for _page, look in looks)
    shown = (f'<a href="{one}.png"><img src="{one}.png" alt="{one}" loading="lazy"></a>' for one in pictures)
    return f"<h2>{page}</h2><div>{''.join(shown)}</div>"
