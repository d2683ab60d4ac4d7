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
# Without a slash at their start, nobody can ask for these by their address.
ORDER = "order/{locale}/{collection}"
# What pages that answer a question are made of: what stands around them, and what a page is about, by its own path.
FRAME = "frame/{locale}"
ABOUT = "about{path}"
# The pages of the site that show a list, by their type.
SHOWS = {"lake": "ideas", "voices": "quotes"}

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
