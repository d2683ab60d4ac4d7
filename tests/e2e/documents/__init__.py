"""One invented page of text, and the same page in the other formats that an import reads."""

from html import escape
from pathlib import Path

import docx

TEXT = Path(__file__).with_name("finding-money.txt")
TITLE = "Finding the money"
MARKS = ["Writing the bid together", "Paying people on time"]
SECTIONS = ["Introduction", "Marks of co-production"]
LEVELS = {TITLE: 1, **dict.fromkeys(SECTIONS, 2), **dict.fromkeys(MARKS, 3)}


def paragraphs() -> list[tuple[str, int, bool]]:
    """Give each line as its text, its heading level (0: none) and whether a bullet stands before it."""
    lines = TEXT.read_text().splitlines()
    pairs = zip(["", *lines], lines, strict=False)
    return [(line, LEVELS.get(line, 0), before == "-") for before, line in pairs if line != "-"]


def as_markdown() -> str:
    marks = [("#" * level + " " if level else "- " * bullet) + text for text, level, bullet in paragraphs()]
    return "\n\n".join(mark.replace("*", r"\*") for mark in marks)


def as_html() -> str:
    tags = [(f"h{level}" if level else "li" if bullet else "p", text) for text, level, bullet in paragraphs()]
    body = "\n".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in tags)
    return f"<!doctype html><title>{TITLE}</title><body>{body}"


def write_all(folder: Path) -> dict[str, Path]:
    """Write the page in every format into a folder, and give the files by the ends of their names."""
    files = {end: folder / f"finding-money.{end}" for end in ("txt", "md", "html", "docx")}
    files["txt"].write_text(TEXT.read_text())
    files["md"].write_text(as_markdown())
    files["html"].write_text(as_html())
    write_docx(files["docx"])
    return files


def write_docx(file: Path):
    document = docx.Document()
    for text, level, bullet in paragraphs():
        style = f"Heading {level}" if level else "List Bullet" if bullet else "Normal"
        document.add_paragraph(text, style=style)
    document.save(file)
