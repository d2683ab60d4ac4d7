"""From a book to a tagged PDF (PDF/UA-1). Its words reach the compiler as data, so none of them can be markup."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.dateparse import parse_datetime
from PIL import Image, ImageOps, UnidentifiedImageError

from toolkit.booklet.letters import FONTS, missing, showable
from toolkit.booklet.setting import set_book

TEMPLATE = Path(__file__).parent / "booklet.typ"
# So that a compiler that hangs does not hold up publishing for ever.
LONGEST_SECONDS = 600
# As wide as the text at 200 dots to the inch: sharper than most printers show.
PICTURE_SIZE = (1300, 1300)
# A book in which nothing has ever been published has no date of its own.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


class UnableToSet(Exception):
    """The compiler did not make a PDF of this book."""


def booklet_pdf(book: dict, *, site_url: str, picture: Callable[[str], bytes | None]) -> bytes | None:
    """Set a book as a PDF; None where it is in letters that our fonts do not have.

    `picture` gives the bytes of a picture by its address. The same book gives the same bytes, on any day. Raises
    UnableToSet with what the compiler says.
    """
    pictures: dict[str, str] = {}
    with TemporaryDirectory() as name:
        folder = Path(name)

        def kept(address: str) -> str:
            if address not in pictures:
                pictures[address] = _keep_picture(folder, len(pictures), picture(address))
            return pictures[address]

        data = _showable(set_book(book, site_url=site_url, picture=kept))
        if missing(_texts(data)):
            return None
        (folder / "book.json").write_text(json.dumps(data), encoding="utf-8")
        shutil.copy(TEMPLATE, folder / "booklet.typ")
        return _compiled(folder, parse_datetime(book["updated_at"]) if book["updated_at"] else NO_DATE)


def _compiled(folder: Path, moment: datetime) -> bytes:
    """Compile in a process of its own: its threads outlive no fork, its memory goes back, and it cannot hang us."""
    command = [sys.executable, Path(__file__).parent / "compiling.py", folder, FONTS, moment.isoformat()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnableToSet(f"It took longer than {LONGEST_SECONDS} seconds.") from error
    if done.returncode:
        raise UnableToSet(
            done.stderr.decode(errors="replace").strip() or f"The compiler ended with {done.returncode}."
        )
    return done.stdout


def _keep_picture(folder: Path, number: int, content: bytes | None) -> str:
    """Write a picture as JPEG, which a PDF takes as it is; give its file's name, "" where it cannot be read."""
    name = f"{number}.jpg"
    try:
        with Image.open(BytesIO(content or b"")) as opened:
            shown = ImageOps.exif_transpose(opened).convert("RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return ""
    shown.thumbnail(PICTURE_SIZE)
    paper = Image.new("RGB", shown.size, "white")
    paper.paste(shown, mask=shown.getchannel("A"))
    paper.save(folder / name, "JPEG", quality=85)
    return name


def _showable(data):
    if isinstance(data, str):
        return showable(data)
    if isinstance(data, list):
        return [_showable(one) for one in data]
    if isinstance(data, dict):
        # Addresses are not shown, but led to: not a letter of them may go.
        return {name: one if name in ("to", "id", "ref", "file") else _showable(one) for name, one in data.items()}
    return data


def _texts(data) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for one in data:
            yield from _texts(one)
    elif isinstance(data, dict):
        for name, one in data.items():
            if name not in ("to", "id", "ref", "file"):
                yield from _texts(one)
