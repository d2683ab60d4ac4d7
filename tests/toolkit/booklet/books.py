"""Small books to set, and what stands in the PDF that is made of them."""

from io import BytesIO

import pikepdf

from toolkit.booklet.pdf import booklet_pdf

ENGLISH = {"lang": "en", "dir": "ltr"}
ARABIC = {"lang": "ar", "dir": "rtl"}
SITE = "https://toolkit.example"


def document(code: str, *body: dict, type: str = "mark", title: str = "", **more) -> dict:
    """Give a document as a book has it, in English unless it says otherwise."""
    blocks = [{**ENGLISH, **block} for block in body]
    named = {"type": type, "code": code, "id": f"{type}-{code}", "path": f"/en/{code}/", "title": title or code}
    return {**named, **ENGLISH, "summary": "", "body": blocks, **more}


def text(html: str) -> dict:
    """Give a block of text."""
    return {"type": "text", "html": html}


def book(*marks: dict, home: dict | None = None, **more) -> dict:
    """Give a book of a toolkit with one stage, and these marks in it."""
    return {
        "locale": "en",
        **ENGLISH,
        "updated_at": "2026-11-22T10:00:00Z",
        "prompts": [{"code": "score", "text": "How far are we?", **ENGLISH}],
        "sections": [
            {"type": "introduction", "document": home or document("home", type="toolkit"), "things": []},
            {"type": "stage", "document": document("planning", type="stage", number=1), "things": list(marks)},
        ],
        **more,
    }


def pdf_bytes(made: dict, picture=lambda address: None) -> bytes | None:
    """Set a book."""
    return booklet_pdf(made, site_url=SITE, picture=picture)


def opened(made: dict, picture=lambda address: None) -> pikepdf.Pdf:
    """Set a book, and open the PDF."""
    return pikepdf.open(BytesIO(pdf_bytes(made, picture)))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Give all of the structure tree, in the order in which it is read."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, pikepdf.Array):
            waiting[:0] = list(one)
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            found.append(one)
            waiting[:0] = [one.K] if "/K" in one else []
    return found


def headings(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Give the level and the words of each heading, as they are read."""
    found = [one for one in elements(pdf) if str(one.S).startswith("/H")]
    return [(str(one.S)[1:], str(one.get("/T", ""))) for one in found]


def bookmarks(pdf: pikepdf.Pdf) -> list[str]:
    """Give the words of all bookmarks."""
    found = []

    def look(items):
        for item in items:
            found.append(item.title)
            look(item.children)

    with pdf.open_outline() as outline:
        look(outline.root)
    return found
