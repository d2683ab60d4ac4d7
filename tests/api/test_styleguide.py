"""The page of the site's parts is for those who work on it, and leaves no colour out."""

import re

from toolkit.assets import asset
from toolkit.styleguide import COLOURS


def test_parts_are_shown_where_asked_for(client, settings):
    settings.STYLEGUIDE = False
    assert client.get("/styleguide/").status_code == 404


def test_every_colour_has_a_swatch():
    css = asset("styleguide.css").content.decode()
    assert re.findall(r"\.swatch-([a-z-]+) \{ background: var\(--\1\); \}", css) == COLOURS
