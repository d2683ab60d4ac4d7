"""What stands on the picture of a page: its title, what it is, and the toolkit that it is part of."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, override
from PIL import features

from toolkit.booklet.letters import FONTS
from toolkit.booklet.words import IDEA_KIND_WORDS, QUOTE_KIND_WORDS
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.reading import Reading, known_as
from toolkit.sharing.picture import SIZE, has_words

ROOM = Path(__file__).parent
# What has a part in how letters and drawings come out.
DRAWS = ("pil", "freetype2", "raqm", "harfbuzz", "fribidi", "zlib", "zlib_ng")
# So much of a SHA-256 tells one picture of a page from another.
VERSION_DIGITS = 12


@known_as("drawing")
def _drawing(_read: Reading, _argument: str) -> str:
    """Digest of all that pictures are drawn with; "" where there shall be none."""
    return drawing_digest() if settings.SOCIAL_PICTURES else ""


@cache
def drawing_digest() -> str:
    """Give the digest of the code, the fonts and the libraries that draw: what it has drawn holds as long."""
    files = [*sorted(ROOM.glob("*.py")), *sorted(FONTS.glob("*.ttf"))]
    versions = " ".join(f"{name} {features.version(name)}" for name in DRAWS)
    return digest(b"".join(file.read_bytes() for file in files) + versions.encode())


def card_of(document: dict, site: dict) -> dict:
    """Give all that the picture of a document shows, and nothing else: what is the same is drawn the same."""
    home = site["outline"]
    is_home = document["type"] == "toolkit"
    return {
        "title": _piece(document["title"], document),
        "label": _label(document),
        "toolkit": None if is_home else _piece(home["title"], home),
        "scheme": document["kind"] if document["type"] == "quote" else "lake",
        "dir": document["dir"],
    }


def _piece(text: str, language: dict) -> dict:
    return {"text": text, "lang": language["lang"], "dir": language["dir"]}


def _label(document: dict) -> dict | None:
    """Give what stands above the title: the stage of a mark, the kind of a thing, else the page above it."""
    with override(document["locale"]):
        words = {
            "stage": lambda: gettext("Stage %(number)s") % {"number": document["number"]},
            "quote": lambda: str(QUOTE_KIND_WORDS[document["kind"]]),
            "idea": lambda: str(IDEA_KIND_WORDS[document["kind"]]),
        }
        if document["type"] in words:
            return _piece(words[document["type"]](), document)
    above = (document.get("ancestors") or [None])[-1]
    return _piece(above["title"], above) if above and above["type"] != "toolkit" else None


def picture_path(document: dict) -> str:
    """Give the address of a document's picture: the same whatever the page is called, and wherever it is moved."""
    return f"/social/{document['locale']}/{document['key']}.png"


def card_digest(card: dict, drawing: str) -> str:
    """Give the digest of what a picture is made from."""
    return digest(canonical_bytes([card, drawing]))


def shared_picture(document: dict, site: dict) -> dict | None:
    """Give what a page says of its picture: address, width, height, and in words what it shows; None without one.

    The address ends in what the picture is made from: those who keep pictures by their address fetch a new one.
    """
    if not site.get("drawing"):
        return None
    card = card_of(document, site)
    version = card_digest(card, site["drawing"])[:VERSION_DIGITS]
    width, height = SIZE
    return {"src": f"{picture_path(document)}?v={version}", "width": width, "height": height, "alt": _alt(card)}


def _alt(card: dict) -> str:
    if not has_words(card):
        return gettext("A drawing of a quiet lake")
    return " – ".join(piece["text"] for piece in (card["title"], card["toolkit"]) if piece)
