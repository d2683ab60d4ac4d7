"""The targets of pages: a document, its HTML, and what stands where the page no longer is."""

from collections.abc import Iterator
from urllib.parse import unquote

from api.content.addresses import ABOUT, SHOWS
from cms.publishing.targets import HTML, JSON, Built, Resource, target
from toolkit.booklet.book import PRINT
from toolkit.documents.build import build_document
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.facts import fact_name
from toolkit.documents.library import RELATIONS
from toolkit.documents.reading import Reading, fact
from toolkit.rendering import OFFLINE, SEARCH, TESTED, offered, page_html
from toolkit.sharing.card import card_digest, card_of, picture_path
from toolkit.sharing.picture import drawn

PNG = "image/png"


@target("page")
def page_target(read: Reading, key: str, memory: dict) -> Built:
    """Build a page's document and HTML; at its former addresses, that it has moved, or that it is gone.

    HTML that would be made from just the same is kept.
    """
    read.know("link", key)
    page = read.library.versions(key).get(read.locale)
    if page is None:
        return _gone(read, memory)
    document = build_document(page, read)
    content = canonical_bytes(document)
    made_from = _made_from(read, document, content)
    about = {
        "type": document["type"],
        "title": document["title"],
        "path": document["path"],
        "api": document["api"],
    }
    resources, kept = [Resource(about["api"], content, JSON)], []
    if made_from == memory.get("made_from") and about["path"] == memory["about"]["path"]:
        kept.append(about["path"])
    else:
        html = page_html(document, read.know("frame"), offered(read, document["type"]), _booklet(read, document))
        resources.append(Resource(about["path"], html.encode(), HTML))
    if document["type"] in SHOWS:
        resources.append(Resource(ABOUT.format(path=about["path"]), canonical_bytes(_without_list(document)), JSON))
    picture = _picture(read, document, memory, resources, kept)
    former = _free(read, _addresses(memory) - {about["path"]})
    resources += [Resource(path, status=301, location=about["path"]) for path in former]
    references = {relation: _keys(read, page.ids_of(relation)) for relation in RELATIONS}
    named = f"{document['type']}:{document['code']}"
    memory = {"about": about, "named": named, "made_from": made_from, "former": former, **references}
    memory |= {"pictures": sorted(set(_pictures(document))), **picture}
    return Built(resources, read.read_set, memory, kept)


def _picture(read: Reading, document: dict, memory: dict, resources: list[Resource], kept: list[str]) -> dict:
    """Draw what others show of the page, or keep it; give what is to be remembered of it.

    It shows far less than the page says, so that it is seldom drawn anew.
    """
    site = read.know("frame")
    if not site["drawing"]:
        return {}
    card, path = card_of(document, site), picture_path(document)
    drawn_from = card_digest(card, site["drawing"])
    if drawn_from == memory.get("drawn_from"):
        kept.append(path)
    else:
        resources.append(Resource(path, drawn(card), PNG))
    return {"card": path, "drawn_from": drawn_from}


def _booklet(read: Reading, document: dict) -> dict | None:
    """Give what the home page offers to download."""
    return read.know("booklet-offer") if document["type"] == "toolkit" else None


def _without_list(document: dict) -> dict:
    """Give what stands around a list on its page, whatever part of the list is shown."""
    left_out = ("body", "terms", "updated_at", "changes", SHOWS[document["type"]])
    return {name: value for name, value in document.items() if name not in left_out}


def _pictures(value) -> Iterator[str]:
    """Give the addresses of the pictures in a document, at any depth."""
    if isinstance(value, dict):
        if "width" in value and "src" in value:
            yield unquote(value["src"])
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _pictures(part)


def _keys(read: Reading, page_ids: list[int]) -> list[str]:
    return sorted({key for page_id in page_ids if (key := read.know("id", page_id, locale=""))})


def _made_from(read: Reading, document: dict, content: bytes) -> str:
    """Give the digest of all that the HTML of a document is made from."""
    names = [
        fact_name("frame", "", read.locale),
        fact_name("catalogue", "", read.locale),
        fact_name("templates", f"pages/{document['type']}.html", ""),
        fact_name("code", "", ""),
    ]
    if document["type"] in SHOWS:
        names.append(fact_name("choices", "", read.locale))
    if document["type"] == "toolkit":
        names.append(fact_name("booklet-offer", "", read.locale))
    read.read_set.update(names)
    return digest(" ".join([digest(content), *(fact(read.library, name).digest for name in names)]).encode())


def _gone(read: Reading, memory: dict) -> Built:
    """Say at every address that a page had that it is gone; a page that never was has none."""
    if not memory:
        return Built([], read.read_set)
    former = _free(read, _addresses(memory))
    [named] = _untaken(read, "named", {memory["named"]}) or [""]
    api = [memory["about"]["api"]] if named else []
    card = [memory["card"]] if "card" in memory else []
    resources = [Resource(path, status=410) for path in (*former, *api, *card)]
    about = {**memory["about"], "title": ""}
    known = {"card": memory["card"]} if card else {}
    return Built(resources, read.read_set, {"about": about, "named": named, "former": former, **known, "gone": True})


def _addresses(memory: dict) -> set[str]:
    """Give every address of the site that a page has had, as far as its last build knew."""
    here = [memory["about"]["path"]] if memory and not memory.get("gone") else []
    return {*memory.get("former", ()), *here}


def _free(read: Reading, paths: set[str]) -> list[str]:
    """Give those of a page's former addresses at which no other page, nor one of the site's own, has come to stand.

    Where one has, the address is that page's from then on: this one knows nothing of it any more.
    """
    own = {path.format(locale=read.locale) for path in (SEARCH, OFFLINE, TESTED, PRINT)}
    return _untaken(read, "at", paths - own)


def _untaken(read: Reading, kind: str, places: set[str]) -> list[str]:
    """Give the places at which there is no page, and write down only these as read."""
    found = {place: fact(read.library, fact_name(kind, place, read.locale)).value for place in places if place}
    untaken = sorted(place for place, key in found.items() if key is None)
    for place in untaken:
        read.know(kind, place)
    return untaken
