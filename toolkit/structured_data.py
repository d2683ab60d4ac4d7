"""What a page is, in the words of schema.org, for search engines and others who read pages by program.

Everything in it stands on the page as well. Source of the types: https://schema.org/docs/full.html
"""

from toolkit.documents.richtext import plain_text

TYPES = {"toolkit": "WebSite", "quote": "Quotation", "term": "DefinedTerm", "glossary": "DefinedTermSet"}
# Who is named by what they do, or not at all, is not named here either.
NAMED = {"full-name", "first-name"}
# Longer than any text of the toolkit.
WHOLE = 100_000


def structured_data(document: dict, address: str) -> dict:
    """Give a document as a JSON-LD graph: the thing itself, and the way to it from the home page.

    `address` is that of the site, without a slash at its end.
    """
    graph = [_thing(document, address)]
    if document["ancestors"]:
        graph.append(_breadcrumb([*document["ancestors"], document], address))
    return {"@context": "https://schema.org", "@graph": graph}


def _thing(document: dict, address: str) -> dict:
    url = address + document["path"]
    thing = {
        "@type": TYPES.get(document["type"], "CreativeWork"),
        "@id": url,
        "url": url,
        "name": document["title"],
        "inLanguage": document["lang"],
    }
    if document["summary"]:
        thing["description"] = document["summary"]
    if document["updated_at"]:
        thing["dateModified"] = document["updated_at"]
    if document["type"] == "quote":
        thing["text"] = plain_text(document["html"], WHOLE)
    if document["type"] == "term":
        thing["description"] = plain_text(document["html"], WHOLE)
    if people := _people(document):
        thing["creator"] = people
    if words := _credit_text(document):
        thing["creditText"] = words
    if source := _source(document):
        thing["isBasedOn"] = source
    if first := _translated_from(document):
        thing["translationOfWork"] = {"@type": thing["@type"], "@id": address + first}
    if document["type"] == "term" and document["ancestors"]:
        thing["inDefinedTermSet"] = {"@type": TYPES["glossary"], "@id": address + document["ancestors"][-1]["path"]}
    if document["ancestors"]:
        thing["isPartOf"] = {"@type": "WebSite", "@id": address + document["ancestors"][0]["path"]}
    return thing


def _people(document: dict) -> list[dict]:
    credits = [document["credit"]] if document["type"] == "quote" else document.get("credits", [])
    return [{"@type": "Person", "name": one["name"]} for one in credits if one["naming"] in NAMED and one["name"]]


def _credit_text(document: dict) -> str:
    """Give how somebody wants to be named where that is no name: by what they do."""
    if document["type"] != "quote" or document["credit"]["naming"] != "role":
        return ""
    credit = document["credit"]
    return ", ".join(str(part) for part in (credit["name"], credit["year"]) if part)


def _source(document: dict) -> dict | str:
    """Give where an idea comes from: a thing with an address, or words."""
    name, url = document.get("source", ""), document.get("source_url", "")
    return {"@type": "CreativeWork", "name": name or url, "url": url} if url else name


def _translated_from(document: dict) -> str:
    """Give the address of what a document was translated from, "" where it is no translation."""
    source = document.get("translation", {}).get("source_locale")
    if source == document.get("locale"):
        return ""
    return next((one["path"] for one in document.get("alternates", []) if one["locale"] == source), "")


def _breadcrumb(way: list[dict], address: str) -> dict:
    steps = [
        {"@type": "ListItem", "position": place, "name": step["title"], "item": address + step["path"]}
        for place, step in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
