"""The targets of what is printed: the whole toolkit and each stage as a page of HTML, and the toolkit as a PDF."""

import logging
from urllib.parse import unquote

from django.conf import settings

from cms.publishing.targets import HTML, Built, Resource, is_public, target
from toolkit.booklet.book import BOOKLET, stage_book, stage_keys, whole_book
from toolkit.booklet.pdf import UnableToSet, booklet_pdf
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.reading import Reading, known_as
from toolkit.rendering import page_html

PDF = "application/pdf"
# Which fact decides whether there is anything of a target: what is nowhere remembers nothing of what it read.
DECIDES = {"print-path": "print", "booklet-made": "booklet"}
# Readers are told a size in steps of 100 kB, so that most changes leave the pages that say it alone.
STEP = 100 * 1024

logger = logging.getLogger(__name__)


@known_as("booklet-wanted")
def _booklet_wanted(_read: Reading, _argument: str) -> bool:
    return settings.BOOKLET


@known_as("booklet-made")
def _booklet_made(read: Reading, _argument: str) -> dict | None:
    """What became of a locale's PDF: its digest and size, or why it could not be made; None where there is none.

    Its bytes are kept with the files of the library. That it cannot be made is no failure of whoever asks for it.
    """
    if not read.know("booklet-wanted", locale="") or not is_public(read) or not read.know("print-path"):
        return None
    read.know("catalogue")
    read.know("code", locale="")
    book, site_url = whole_book(read), read.know("site-url", locale="")
    try:
        content = booklet_pdf(book, site_url=site_url, picture=_pictures(read))
    except Exception as error:
        logger.exception("The booklet in %s cannot be made", read.locale)
        return {"failed": str(error) if isinstance(error, UnableToSet) else type(error).__name__}
    read.library.files[_place(read)] = content
    return content and {"sha256": digest(content), "size": len(content)}


@known_as("booklet-offer")
def _booklet_offer(read: Reading, _argument: str) -> dict | None:
    """Where readers find the PDF, and how big it is, a little rounded up; None while there is none that is right."""
    made = read.know("booklet-made")
    if not made or "failed" in made:
        return None
    return {"path": BOOKLET.format(locale=read.locale), "size": -(-made["size"] // STEP) * STEP}


@target("booklet")
def booklet(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the PDF. Where it cannot be made, its last good version stays."""
    made = read.know("booklet-made")
    if not made:
        return Built([], read.read_set)
    if "failed" in made:
        raise UnableToSet(made["failed"])
    path, place = BOOKLET.format(locale=read.locale), _place(read)
    if place not in read.library.files:
        return Built([], read.read_set, kept=[path])
    return Built([Resource(path, read.library.files[place], PDF)], read.read_set)


def _place(read: Reading) -> str:
    return f"booklet@{read.locale}"


def _pictures(read: Reading):
    def picture(address: str) -> bytes | None:
        file = read.library.files.get(unquote(address))
        if file is None:
            return None
        with file.open("rb") as opened:
            return opened.read()

    return picture


@target("print")
def print_pages(read: Reading, _argument: str, memory: dict) -> Built:
    """Write the whole toolkit, and each stage, as one page. What would be made of just the same is kept."""
    if not is_public(read) or not read.know("print-path"):
        return Built([], read.read_set)
    site, offer = read.know("frame"), read.know("booklet-offer")
    around = [site, read.know("catalogue"), read.know("code", locale="")]
    around.append(read.know("templates", "pages/print.html", locale=""))
    books = [(whole_book(read), offer), *((stage_book(read, key), None) for key in stage_keys(read))]
    resources, kept, made_from = [], [], {}
    for book, booklet in books:
        made_from[book["path"]] = digest(canonical_bytes([book, booklet, around]))
        if memory.get("made_from", {}).get(book["path"]) == made_from[book["path"]]:
            kept.append(book["path"])
        else:
            resources.append(Resource(book["path"], page_html(book, site, booklet=booklet).encode(), HTML))
    return Built(resources, read.read_set, {"made_from": made_from}, kept)
