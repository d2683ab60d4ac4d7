"""From a document to the HTML of its page."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from toolkit import locales
from toolkit.assets import FONTS, asset, first_script
from toolkit.booklet import book
from toolkit.catalogues import needs_review
from toolkit.deployed import catalogue_digest, code_digest, template_digest
from toolkit.documents.reading import Reading, known_as
from toolkit.documents.shapes import IDEA_KINDS, QUOTE_KINDS
from toolkit.sharing import card
from toolkit.tested import checks

# Importing this room registers its facts.
ROOMS = (book, card)
FEED = "/{locale}/feed.xml"
SEARCH = "/{locale}/search/"
# How to keep the pages of a locale on a device, and below it what stands in for a page that is not kept.
OFFLINE = "/{locale}/offline/"
UNREACHABLE = f"{OFFLINE}unreachable/"
# What the tests of the software found.
TESTED = "/{locale}/how-we-tested/"
# The pages that show a list, and the kinds of things on it.
KINDS_OF = {"lake": IDEA_KINDS, "voices": QUOTE_KINDS}
# A quarter of an hour, half an hour, an hour, half a day.
TIMES_OF = {"lake": ["15", "30", "60", "240"]}


@known_as("frame")
def site_frame(read: Reading, _argument: str = "") -> dict:
    """Give what stands around every page of a locale: the outline of the toolkit, and the addresses of assets."""
    read.know("catalogue")
    read.know("code", locale="")
    return {
        "address": read.know("site-url", locale=""),
        "outline": _outline(read),
        "stylesheet": asset("site.css").path,
        "fonts": [asset(name).path for name in FONTS],
        "icon": asset("icon.svg").path,
        "first_script": first_script(),
        "script": asset("site.js").path,
        "films": asset("films.js").path,
        "read_aloud": asset("read-aloud.js").path,
        "needs_review": needs_review(read.locale),
        "languages": read.know("languages", locale=""),
        "feed": FEED.format(locale=read.locale),
        "search": search_path(read, read.locale),
        "offline": offline_path(read, read.locale),
        "tested": tested_path(read, read.locale),
        "print": read.know("print-path"),
        "drawing": read.know("drawing", locale=""),
    }


def search_path(read: Reading, locale: str) -> str:
    """Give the address of a locale's search page, "" where a page of the toolkit stands there."""
    return _unless_taken(read, SEARCH.format(locale=locale), locale)


def offline_path(read: Reading, locale: str) -> str:
    """Give the address of the page that keeps a locale on a device, "" where a page of the toolkit stands there."""
    return _unless_taken(read, OFFLINE.format(locale=locale), locale)


def tested_path(read: Reading, locale: str) -> str:
    """Give the address of the page that says how the software was tested, "" where a page of the toolkit is there."""
    return _unless_taken(read, TESTED.format(locale=locale), locale)


def _unless_taken(read: Reading, path: str, locale: str) -> str:
    return "" if read.know("at", path, locale=locale) else path


@known_as("choices")
def choices(read: Reading, _argument: str = "") -> list[dict]:
    """Give the stages, each with its marks, as forms offer them to choose from: by code, in words."""
    if read.home is None:
        return []
    return [
        {**_choice(read, stage), "marks": [_choice(read, mark) for mark in read.children(stage, "mark")]}
        for stage in read.children(read.home, "stage")
    ]


def _choice(read: Reading, page) -> dict:
    mention = read.mention(page)
    return {name: mention[name] for name in ("code", "title", "lang", "dir")}


def offered(read: Reading, document_type: str) -> dict | None:
    """Give what a page's form offers to choose from, None for a page without such a form."""
    return {"stages": read.know("choices"), **fixed_choices(document_type)} if document_type in KINDS_OF else None


def fixed_choices(document_type: str) -> dict:
    """Give what a page's form offers on every site: kinds, and times in minutes, as addresses have them."""
    return {"kinds": KINDS_OF.get(document_type, []), "times": TIMES_OF.get(document_type, [])}


@known_as("site-url")
def _site_url(_read: Reading, _argument: str) -> str:
    return settings.SITE_URL


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


@known_as("added")
def _added(_read: Reading, _argument: str) -> list[dict]:
    return locales.added()


@known_as("codes")
def _codes(_read: Reading, _argument: str) -> list[str]:
    return locales.codes()


def _home_path(read: Reading, locale: str) -> str | None:
    links = [read.know("link", key, locale) for key in read.know("type", "toolkit", locale)]
    return next((path for _type, code, path in filter(None, links) if code == locale), None)


def search_document(site: dict, locale: str, alternates: list[dict]) -> dict:
    """Give what the search page of a locale has in the place of a document."""
    with override(locale):
        told = {"title": gettext("Search"), "summary": gettext("Find a page of this toolkit by its words.")}
    return {"type": "search", **told, **_place(site, locale, "search", alternates)}


def offline_document(site: dict, locale: str, alternates: list[dict]) -> dict:
    """Give what the page that keeps a locale on a device has in the place of a document."""
    with override(locale):
        title = gettext("Keep this toolkit on my device")
        summary = gettext("Read it where there is no internet: on a train, in a village hall, in a hospital.")
    place = {"script": asset("offline.js").path, **_place(site, locale, "offline", alternates)}
    return {"type": "offline", "title": title, "summary": summary, **place}


def tested_document(site: dict, locale: str, alternates: list[dict], figures: dict) -> dict:
    """Give what the page that says how the software was tested has in the place of a document."""
    with override(locale):
        told = {"title": gettext("How we tested"), "checks": checks(figures)}
        summary = gettext(
            "What computers have checked on this software, what people have checked, and what nobody has checked yet."
        )
    return {"type": "tested", "summary": summary, **told, **_place(site, locale, "tested", alternates)}


def _place(site: dict, locale: str, name: str, alternates: list[dict]) -> dict:
    language = {"locale": locale, "lang": locale, "dir": locales.direction(locale)}
    home = {"type": "toolkit", **{field: site["outline"][field] for field in ("title", "path", "lang", "dir")}}
    return {**language, "path": site[name], "ancestors": [home], "alternates": alternates}


def page_html(document: dict, site: dict, asked: dict | None = None, booklet: dict | None = None) -> str:
    """Render a document as the page that readers see. Needs no database and no request.

    `asked` is what a page with a form offers to choose from and, where something is chosen, what came of it. A list
    is whole where it is None. `booklet` says where the PDF of the toolkit is, and how big, on pages that offer it.
    """
    with override(document["locale"]):
        context = {"document": document, "site": site, "asked": asked, "booklet": booklet}
        return render_to_string(f"pages/{document['type']}.html", context)


def notice_html(name: str, locale: str, site: dict) -> str:
    """Render a page that says in a locale why there is no page.

    There is none ("not-found") or none any more ("gone"), something broke ("broken") or has to wait ("waiting"), or
    the device is offline ("unreachable").
    """
    document = {"locale": locale, "lang": locale, "dir": locales.direction(locale), "title": "", "path": ""}
    with override(locale):
        return render_to_string(f"pages/{name}.html", {"document": document, "site": site})
