"""What is printed: the documents of the whole toolkit, or of one stage, put together in the order of a book."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext, override

from toolkit import locales
from toolkit.documents.build import build_document
from toolkit.documents.reading import Reading, known_as

PRINT = "/{locale}/print/"
PRINT_STAGE = "/{locale}/print/{code}/"
BOOKLET = "/{locale}/booklet.pdf"
# So many stages, marks, ideas and words at most are put together to be printed. More would be a page of many
# megabytes and a PDF that takes minutes, both made anew with every change of any of them.
MOST = 300
HEADING = re.compile(r"<(?P<end>/?)h(?P<level>[34])(?P<rest>[ >])")


@known_as("printed")
def _printed(read: Reading, key: str) -> dict | None:
    """The document of a page as the reading's locale prints it: where it is not translated, that of the source."""
    page = read.page(key)
    if page is None:
        return None
    read.know("mention", key)
    return build_document(page, read)


@known_as("print-path")
def _print_path(read: Reading, _argument: str) -> str:
    """The address of a locale's page to print, "" where a page of the toolkit stands there, or too much is in it."""
    path = PRINT.format(locale=read.locale)
    return "" if read.home is None or read.know("at", path) or _is_too_long(read) else path


def stage_keys(read: Reading) -> list[str]:
    """Give the keys of the stages in their order."""
    return _below(read, read.home.key, "stage")


def _is_too_long(read: Reading) -> bool:
    count = 0
    for above, below in (("stage", "mark"), ("lake", "idea"), ("glossary", "term")):
        for key in _below(read, read.home.key, above):
            count += 1 + len(_below(read, key, below))
    return count > MOST


def _below(read: Reading, key: str, document_type: str) -> list[str]:
    return read.know("children", f"{key}:{document_type}")


def whole_book(read: Reading) -> dict:
    """Give the whole toolkit as one document to print, its sections in order."""
    home = read.know("printed", read.home.key)
    with override(read.locale):
        title = gettext("The whole toolkit, to print")
    book = _frame(read, home, title, PRINT)
    return _finished({**book, "prompts": read.prompts, "sections": _sections(read, home)})


def stage_book(read: Reading, key: str) -> dict:
    """Give one stage, with all its marks, as one document to print."""
    stage = read.know("printed", key)
    with override(read.locale):
        title = gettext("To print: %(title)s") % {"title": stage["title"]}
    book = _frame(read, stage, title, PRINT_STAGE, code=stage["code"])
    return _finished({**book, "prompts": read.prompts, "sections": [_stage(read, key)]})


def _frame(read: Reading, document: dict, title: str, path: str, **parts) -> dict:
    """Give what a page to print has in the place of a document.

    A stage that a locale has not in its own language is printed there as it is.
    """
    codes = [one["locale"] for one in read.know("languages", locale="")]
    codes = [code for code in codes if read.know("print-path", locale=code)]
    codes = [code for code in codes if read.know("link", document["key"], locale=code)]
    above = [read.mention(read.home)] + ([document] if parts else [])
    return {
        "type": "print",
        "title": title,
        "locale": read.locale,
        **locales.language(read.locale),
        "path": path.format(locale=read.locale, **parts),
        "ancestors": list(map(_named, above)),
        "alternates": [{"locale": code, "path": path.format(locale=code, **parts)} for code in codes],
    }


def _named(mention: dict) -> dict:
    return {name: mention[name] for name in ("type", "title", "path", "lang", "dir")}


def _sections(read: Reading, home: dict) -> list[dict]:
    below = {kind: _below(read, read.home.key, kind) for kind in ("stage", "lake", "glossary", "page")}
    # Of these rooms the site shows the first, and all that is in any of them.
    below |= {kind: below[kind][:1] for kind in ("lake", "glossary")}
    lakes = [(key, [idea["key"] for idea in read.know("printed", key)["ideas"]]) for key in below["lake"]]
    return [
        {"type": "introduction", "document": home, "things": []},
        *(_stage(read, key) for key in below["stage"]),
        *(_section(read, "lake", key, ideas) for key, ideas in lakes),
        *(_section(read, "glossary", key) for key in below["glossary"]),
        *(_section(read, "page", key) for key in below["page"]),
    ]


def _stage(read: Reading, key: str) -> dict:
    return _section(read, "stage", key, _below(read, key, "mark"))


def _section(read: Reading, kind: str, key: str, things: Iterable[str] = ()) -> dict:
    read.library.load(things)
    printed = [_lowered(read.know("printed", thing)) for thing in things]
    return {"type": kind, "document": read.know("printed", key), "things": printed}


def _lowered(document: dict) -> dict:
    """Give a document that stands below a section: its headings one level further down."""
    return {
        **document,
        "body": [
            {**block, "html": HEADING.sub(_lower, block["html"])} if "html" in block else block
            for block in document["body"]
        ],
    }


def _lower(found: re.Match) -> str:
    return f"<{found['end']}h{int(found['level']) + 1}{found['rest']}"


def _finished(book: dict) -> dict:
    """Add what is known of all that is in a book: ids to lead to, languages of blocks, the newest time."""
    given: set[str] = set()
    sections = [
        {
            **section,
            "document": _placed(section["document"], given),
            "things": [_placed(thing, given) for thing in section["things"]],
        }
        for section in book["sections"]
    ]
    documents = [document for section in sections for document in (section["document"], *section["things"])]
    newest = max((one["updated_at"] for one in documents if one["updated_at"]), default=None)
    return {**book, "sections": sections, "updated_at": newest}


def _placed(document: dict, given: set[str]) -> dict:
    own = {name: document[name] for name in ("lang", "dir")}
    blocks = [{**own, **block} for block in document.get("body", [])]
    terms = {"terms": [{**term, "id": _id(term, given)} for term in document["terms"]]} if "terms" in document else {}
    return {**document, "id": _id(document, given), "body": blocks, **terms}


def _id(thing: dict, given: set[str]) -> str:
    """Give an id that nothing else in the book has. A page and its stand-in of another language may share a code."""
    name = wanted = f"{thing['type']}-{thing['code']}"
    while name in given:
        name = f"{wanted}-{len(given)}"
    given.add(name)
    return name
