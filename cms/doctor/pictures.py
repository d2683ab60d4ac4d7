"""Whether the pictures that others see when a page is shared can show the words of every language."""

from collections.abc import Iterator

from cms.doctor.findings import Finding, ok, warning
from toolkit.sharing import lines


def look() -> Iterator[Finding]:
    if lines.CAN_SHAPE:
        yield ok("letters", "Pictures of pages can show words of any direction.")
    else:
        yield warning(
            "letters",
            "Titles in Arabic, as any that are written from right to left, are left out of the pictures that others "
            "see when a page is shared: FriBiDi is missing.",
            "Install it, on Debian by: sudo apt-get install libfribidi0. Then start server and worker again, and "
            "make all anew: .venv/bin/python manage.py publish --all",
        )
