"""From a document to the HTML of its page."""

from django.template.loader import render_to_string
from django.utils.translation import override

from toolkit import locales
from toolkit.assets import asset
from toolkit.catalogues import needs_review
from toolkit.documents.build import build_document
from toolkit.documents.library import Library
from toolkit.documents.reading import Reading


def site_frame(read: Reading) -> dict:
    """Give what stands around every page of a locale: the outline of the toolkit, and the addresses of assets."""
    return {
        "outline": build_document(read.home, read),
        "stylesheet": asset("site.css").path,
        "icon": asset("icon.svg").path,
        "needs_review": needs_review(read.locale),
        "languages": languages(read.library),
    }


def languages(library: Library) -> list[dict]:
    """Give the locales that have a public home page: code, own name, direction and address."""
    homes = [page for page in library.pages if page.document_type == "toolkit"]
    by_code = {home.locale.language_code: home for home in homes}
    return [
        {
            "locale": code,
            "name": locales.own_name(code),
            "dir": locales.direction(code),
            "path": by_code[code].public_path,
        }
        for code in locales.codes()
        if code in by_code
    ]


def page_html(document: dict, site: dict) -> str:
    """Render a document as the page that readers see. Needs no database and no request."""
    with override(document["locale"]):
        context = {"document": document, "site": site}
        return render_to_string(f"pages/{document['type']}.html", context)


def not_found_html(locale: str, site: dict) -> str:
    """Render the page that says, in a locale, that there is nothing at an address."""
    document = {"locale": locale, "lang": locale, "dir": locales.direction(locale), "title": "", "path": ""}
    with override(locale):
        return render_to_string("pages/not-found.html", {"document": document, "site": site})
