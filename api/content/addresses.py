"""Where the documents of a release are, and how they are gathered in lists."""

import re

# Where the documents of each type are, and so which lists there are.
COLLECTIONS = {
    "stages": ["stage"],
    "marks": ["mark"],
    "quotes": ["quote"],
    "ideas": ["idea"],
    "terms": ["term"],
    "pages": ["page", "lake", "voices", "glossary"],
}
COLLECTION_OF = {kind: name for name, kinds in COLLECTIONS.items() for kind in kinds}
HOME = "/api/v1/{locale}/"
LIST = "/api/v1/{locale}/{collection}/"
SEARCH = "/api/v1/{locale}/search/"
# Without a slash at its start, nobody can ask for it by its address.
ORDER = "order/{locale}/{collection}"

LOCALE = "[a-z]{2,3}(?:-[A-Za-z0-9]+)*"
NAMES = "|".join(COLLECTIONS)
IS_LIST = re.compile(rf"/api/v1/{LOCALE}/(?:{NAMES})/")
IS_DOCUMENT = re.compile(rf"/api/v1/{LOCALE}/(?:(?:{NAMES})/[^/]+/)?")
IS_ORDER = re.compile(r"order/(?P<locale>[^/]+)/(?P<collection>\w+)")


def api_path(document: dict) -> str:
    """Give the address in the API of a document, or of what a summary mentions."""
    start = f"/api/v1/{document['locale']}/"
    if document["type"] == "toolkit":
        return start
    return f"{start}{COLLECTION_OF[document['type']]}/{document['code']}/"
