"""From a document to the HTML of its page."""

from django.template.loader import render_to_string
from django.utils.translation import override

from toolkit import locales
from toolkit.assets import asset
from toolkit.catalogues import needs_review
from toolkit.deployed import catalogue_digest, code_digest, template_digest
from toolkit.documents.reading import Reading, known_as

FEED = "/{locale}/feed.xml"


@known_as("frame")
def site_frame(read: Reading, _argument: str = "") -> dict:
    """Give what stands around every page of a locale: the outline of the toolkit, and the addresses of assets."""
    read.know("catalogue")
    read.know("code", locale="")
    return {
        "outline": _outline(read),
        "stylesheet": asset("site.css").path,
        "icon": asset("icon.svg").path,
        "needs_review": needs_review(read.locale),
        "languages": read.know("languages", locale=""),
        "feed": FEED.format(locale=read.locale),
    }


@known_as("code")
def _code(_read: Reading, _argument: str) -> str:
    return code_digest()


@known_as("templates")
def _template(_read: Reading, name: str) -> str:
    return template_digest(name)


@known_as("catalogue")
def _catalogue(read: Reading, _argument: str) -> str:
    return catalogue_digest(read.locale)


def _outline(read: Reading) -> dict:
    """Give names and addresses alone: a change of anything else leaves all other pages as they are."""
    outline = read.home.outline(read)
    named = {room: _named(outline[room]) for room in ("lake", "voices", "glossary")}
    listed = {part: [_named(mention) for mention in outline[part]] for part in ("stages", "guides")}
    return {**_named(outline), **named, **listed}


def _named(mention: dict | None) -> dict | None:
    return mention and {name: mention[name] for name in ("title", "path", "lang", "dir")}


@known_as("languages")
def languages(read: Reading, _argument: str = "") -> list[dict]:
    """Give the locales that have a public home page: code, own name, direction and address."""
    return [
        {"locale": code, "name": locales.own_name(code), "dir": locales.direction(code), "path": path}
        for code in read.know("codes", locale="")
        if (path := _home_path(read, code))
    ]


@known_as("codes")
def _codes(_read: Reading, _argument: str) -> list[str]:
    return locales.codes()


def _home_path(read: Reading, locale: str) -> str | None:
    links = [read.know("link", key, locale) for key in read.know("type", "toolkit", locale)]
    return next((path for _type, code, path in filter(None, links) if code == locale), None)


def page_html(document: dict, site: dict) -> str:
    """Render a document as the page that readers see. Needs no database and no request."""
    with override(document["locale"]):
        context = {"document": document, "site": site}
        return render_to_string(f"pages/{document['type']}.html", context)


def notice_html(name: str, locale: str, site: dict) -> str:
    """Render a page that says, in a locale, that there is nothing ("not-found"), or nothing any more ("gone")."""
    document = {"locale": locale, "lang": locale, "dir": locales.direction(locale), "title": "", "path": ""}
    with override(locale):
        return render_to_string(f"pages/{name}.html", {"document": document, "site": site})
