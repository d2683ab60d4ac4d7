"""Where the lists and the documents of a release are."""

import re

from toolkit.documents.addresses import COLLECTIONS

HOME = "/api/v1/{locale}/"
LIST = "/api/v1/{locale}/{collection}/"
CHANGES = "/api/v1/changes/"
SEARCH = "/api/v1/{locale}/search/"
WIDGET = "/api/v1/{locale}/widget/"
# Without a slash at their start, nobody can ask for these by their address.
ORDER = "order/{locale}/{collection}"
# What pages that answer a question are made of: what stands around them, and what a page is about, by its own path.
FRAME = "frame/{locale}"
# What translators put over the words of the software.
WORDS = "words/{locale}"
# The languages that somebody added in the admin.
ADDED = "languages"
ABOUT = "about{path}"
# The pages of the site that show a list, by their type.
SHOWS = {"lake": "ideas", "voices": "quotes"}

# What a collection is called where its name is no word.
SPOKEN = {"easy-read": "Easy Read versions"}

LOCALE = "[a-z]{2,3}(?:-[A-Za-z0-9]+)*"
NAMES = "|".join(COLLECTIONS)
IS_LIST = re.compile(rf"/api/v1/{LOCALE}/(?:{NAMES})/")
IS_DOCUMENT = re.compile(rf"/api/v1/{LOCALE}/(?:(?:{NAMES})/[^/]+/)?")
IS_ORDER = re.compile(r"order/(?P<locale>[^/]+)/(?P<collection>[\w-]+)")


def operation_name(what: str, collection: str) -> str:
    """Give the name of what can be asked of a collection: programs name their functions so."""
    return f"{what}_{collection.replace('-', '_')}"


def shape_name(collection: str, what: str) -> str:
    """Give the name of a shape of a collection."""
    return f"{collection.title().replace('-', '')}{what}"
