"""Where the lists and the documents of a release are."""

import re

from toolkit.documents.addresses import COLLECTIONS

HOME = "/api/v1/{locale}/"
LIST = "/api/v1/{locale}/{collection}/"
CHANGES = "/api/v1/changes/"
SEARCH = "/api/v1/{locale}/search/"
# Without a slash at its start, nobody can ask for it by its address.
ORDER = "order/{locale}/{collection}"

LOCALE = "[a-z]{2,3}(?:-[A-Za-z0-9]+)*"
NAMES = "|".join(COLLECTIONS)
IS_LIST = re.compile(rf"/api/v1/{LOCALE}/(?:{NAMES})/")
IS_DOCUMENT = re.compile(rf"/api/v1/{LOCALE}/(?:(?:{NAMES})/[^/]+/)?")
IS_ORDER = re.compile(r"order/(?P<locale>[^/]+)/(?P<collection>\w+)")
