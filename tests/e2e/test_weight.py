"""What a first view of a page costs on a slow line: bytes on the wire, without pictures, and how often it asks."""

from urllib.parse import urljoin

import pytest

MOST_BYTES = 50_000
# Pages that show many things at once may weigh more.
OF_LISTS = {"lake/": 60_000, "voices/": 60_000}
MOST_REQUESTS = 8
PAGES = ["", "planning/", "process/listening/", "lake/", "voices/", "glossary/", "using-this-tool/", "search/"]


@pytest.mark.parametrize("locale", ["en", "cy", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_first_view_is_light(served, chromium, locale, page):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    types, received = {}, {}
    wire.on("Network.responseReceived", lambda told: types.update({told["requestId"]: told["type"]}))
    wire.on("Network.loadingFinished", lambda told: received.update({told["requestId"]: told["encodedDataLength"]}))
    tab.goto(urljoin(served.address, f"/{locale}/{page}"), wait_until="networkidle")
    context.close()
    # What the browser has already, such as the icon, is listed again without a byte.
    asked = {name: size for name, size in received.items() if size}
    assert sum(size for name, size in asked.items() if types.get(name) != "Image") <= OF_LISTS.get(page, MOST_BYTES)
    assert len(asked) <= MOST_REQUESTS
