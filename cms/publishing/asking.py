"""The target of what answers to readers' questions are made of, and of the page that asks what to search for."""

from api.content.addresses import ABOUT, ADDED, FRAME, WORDS
from cms.publishing.targets import HTML, JSON, Built, Resource, is_public, target
from toolkit.catalogues import words_over
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.reading import Reading
from toolkit.rendering import page_html, search_document, search_path


@target("more-languages")
def more_languages(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the languages that somebody added, for the servers that answer from this release."""
    rows = read.know("added", locale="")
    resource = Resource(ADDED, canonical_bytes({"languages": rows}), JSON)
    return Built([resource] if rows else [], read.read_set)


@target("words")
def words(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write what translators put over a locale's catalogue, for the servers that answer from this release."""
    read.know("catalogue")
    rows = words_over(read.locale) if read.locale in read.know("codes", locale="") else []
    resource = Resource(WORDS.format(locale=read.locale), canonical_bytes({"words": rows}), JSON)
    return Built([resource] if rows else [], read.read_set)


@target("asking")
def asking(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write what stands around the answers in a locale, what their forms offer, and the search page."""
    if not is_public(read):
        return Built([], read.read_set)
    site = read.know("frame")
    frame = {"site": site, "stages": read.know("choices")}
    resources = [Resource(FRAME.format(locale=read.locale), canonical_bytes(frame), JSON)]
    return Built(resources + (_search_page(read, site) if site["search"] else []), read.read_set)


def _search_page(read: Reading, site: dict) -> list[Resource]:
    read.know("catalogue")
    read.know("templates", "pages/search.html", locale="")
    document = search_document(site, read.locale, _alternates(read))
    about = Resource(ABOUT.format(path=document["path"]), canonical_bytes(document), JSON)
    return [about, Resource(document["path"], page_html(document, site).encode(), HTML)]


def _alternates(read: Reading) -> list[dict]:
    codes = [language["locale"] for language in read.know("languages", locale="")]
    return [{"locale": code, "path": path} for code in codes if (path := search_path(read, code))]
