"""The page that shows every part of the site in every state: sound in both directions, all colours, at all widths."""

from urllib.parse import urljoin

import pytest

from tests.gates.browser import WIDTHS, axe_violations, overflow
from tests.gates.nu import check_html

DIRECTIONS = ("ltr", "rtl")
FORCED = {"color_scheme": "light", "forced_colors": "active"}


def test_parts_are_valid_html(served):
    pages = {direction: served.get(f"/styleguide/?dir={direction}").text for direction in DIRECTIONS}
    assert all(f'lang="en" dir="{direction}"' in html for direction, html in pages.items())
    assert check_html(pages) == []


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_parts_are_sound_at_every_width(served, tab, direction):
    tab.goto(urljoin(served.address, f"/styleguide/?dir={direction}"))
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        assert overflow(tab) == []
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert axe_violations(tab) == []
    # There the device sets the colours, which axe cannot see.
    tab.emulate_media(**FORCED)
    assert axe_violations(tab, without=["color-contrast"]) == []
