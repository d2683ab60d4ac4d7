"""Writing a bundle: a folder with all content as Markdown, its pictures and files, and its licence."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from toolkit.bundle.describe import describe
from toolkit.bundle.format import FORMAT, MARK_OF_BUNDLE, MEDIA, is_bundle
from toolkit.bundle.naming import Names
from toolkit.bundle.selection import Chosen, UnableToExport, choose_pages
from toolkit.bundle.uploads import TITLES
from toolkit.bundle.writing import text_of, yaml_of

NOTES = Path(__file__).parent / "notes"


@dataclass
class Exported:
    """What a bundle holds: counts of pages and files, titles of files that are gone, pages with newer drafts."""

    pages: int
    files: int
    missing: list[str]
    newer_drafts: list[str]


def export_folder(
    folder: Path,
    *,
    now: datetime,
    drafts: bool = False,
    replace: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write what is public at a moment into a folder; with `drafts`, what is not public, too.

    The folder must be new or empty, or, with `replace`, an earlier bundle. It appears at once and whole: it is
    written beside its place and then moved there. Raises UnableToExport or OSError with nothing written.
    """
    check_place(folder, replace=replace)
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        exported = _write(unfinished, choose_pages(now=now, drafts=drafts), drafts, progress)
        # As any new folder; temporary ones are closed to everybody else.
        unfinished.chmod(0o755)
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return exported


def check_place(folder: Path, *, replace: bool):
    """Raise UnableToExport when writing there would take something away that is no earlier bundle."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UnableToExport(f"{folder} is a file. Choose the name of a new folder.")
    if any(folder.iterdir()) and not (replace and (folder / MARK_OF_BUNDLE).exists() and is_bundle(folder)):
        advice = "It is no bundle, so it stays." if replace else "--replace takes the place of an earlier bundle."
        raise UnableToExport(f"{folder} is not empty. Choose a new folder. {advice}")


def _put_in_place(unfinished: Path, folder: Path):
    old = None
    if folder.exists():
        old = Path(mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
        folder.rename(old)
    try:
        unfinished.rename(folder)
    except OSError:
        if old:
            old.rename(folder)
        raise
    if old:
        shutil.rmtree(old)


def _write(folder: Path, chosen: list[Chosen], drafts: bool, progress) -> Exported:
    names = Names((one.page for one in chosen), with_drafts=drafts)
    for done, one in enumerate(chosen, start=1):
        _write_text(folder / one.path, text_of(describe(one, names)))
        if progress:
            progress(done, len(chosen))
    _write_media(folder, names)
    for note in sorted(NOTES.iterdir()):
        _write_text(folder / note.name, note.read_text(encoding="utf-8"))
    _write_text(folder / MARK_OF_BUNDLE, yaml_of({"format": FORMAT}))
    newer = [one.path for one in chosen if one.is_public and one.page.has_unpublished_changes]
    return Exported(len(chosen), len(names.packed), sorted(names.missing), newer)


def _write_media(folder: Path, names: Names):
    titles = {}
    for name, item in sorted(names.packed.items()):
        said = {"title": item.title, "description": getattr(item, "description", "")}
        titles[name.removeprefix(f"{MEDIA}/")] = {field: words for field, words in said.items() if words}
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with item.file.open("rb") as source, open(folder / name, "wb") as target:
            shutil.copyfileobj(source, target)
    if titles:
        _write_text(folder / MEDIA / TITLES, yaml_of(titles))


def _write_text(path: Path, text: str):
    path.parent.mkdir(parents=True, exist_ok=True)
    # The same bytes on every system, whatever line ends it prefers.
    path.write_text(text, encoding="utf-8", newline="\n")
