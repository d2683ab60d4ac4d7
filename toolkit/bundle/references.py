"""How content files name pages, by type and code, and which page of the site that is."""

import re

from toolkit import locales
from toolkit.bundle.format import PageFile
from toolkit.documents.library import page_types

# A link in a file names a page by its type and code.
PAGE_LINK = re.compile(r'<a href="(?P<type>[a-z-]+):(?P<code>[A-Za-z0-9_-]+)">')
GUIDES = "guide"
# A link to `page:code` leads to any page that is none of these.
NAMED_BY_TYPE = ("stage", "mark", "quote", "idea", "term", "easy-read")


class MissingPage(ValueError):
    """A content file refers to a page that is neither in the files nor on the site."""


def page_class(file_type: str) -> type:
    """Give the page class for the `type` of a content file."""
    document_type = "page" if file_type == GUIDES else file_type
    return next(kind for kind in page_types() if kind.document_type == document_type)


def file_type(page_type: type) -> str:
    """Give the `type` of the content files for a page class."""
    return GUIDES if page_type.document_type == "page" else page_type.document_type


def find_page(named_type: str, code: str, locale: str):
    """Give the page with this type and code in this locale, else in the source locale, else in any, else None.

    The type `page` finds any page that is not a stage, mark, quote, idea or term.
    """
    if named_type == "page":
        kinds = [kind for kind in page_types() if kind.document_type not in NAMED_BY_TYPE]
    else:
        kinds = [kind for kind in page_types() if file_type(kind) == named_type]
    for language in dict.fromkeys([locale, *locales.codes()]):
        for kind in kinds:
            if found := kind.objects.filter(code=code, locale__language_code=language, alias_of=None).first():
                return found
    return None


def referred(named_type: str, code: str, file: PageFile):
    """Give the page that a file refers to. Raises MissingPage."""
    page = find_page(named_type, code, file.locale)
    if page is None:
        raise MissingPage(f"{file.path}: there is no {named_type} with the code “{code}”.")
    return page


def linked(html: str, file: PageFile) -> str:
    """Turn links that name a page by type and code into Wagtail's links by id."""

    def link(match):
        return f'<a linktype="page" id="{referred(match["type"], match["code"], file).id}">'

    return PAGE_LINK.sub(link, html)
