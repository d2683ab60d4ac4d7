"""The reports in a browser, in two languages and three widths: what is there, how it is pressed, what axe finds."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.admin import find_editor, wait_for_scripts
from tests.gates.browser import axe_violations, cut_off, overflow
from tests.programs import manage

WIDTHS = (360, 768, 1280)
SCREENS = ["", "not-looked-at/", "broken-links/", "broken-links/?show=outside", "pictures-without-words/", "changes/"]
# A page that nobody has looked at for long, with a link that leads nowhere and a picture that says nothing.
NEGLECT = """
from datetime import UTC, datetime
from io import BytesIO
from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.models import Page
from cms.publishing.publish import publish
from toolkit.models import Mark
drawn = BytesIO()
Drawing.new("RGB", (2, 3), "red").save(drawn, "PNG")
image = get_image_model().objects.create(
    title="A jug", file=ContentFile(drawn.getvalue(), "jug.png"), width=2, height=3, description=""
)
page = Mark.objects.get(code="fair-pay", locale__language_code="en")
page.body.append(("text", '<p><a href="/en/nowhere/">a link that leads nowhere</a></p>'))
page.body.append(("image", {"image": image, "alt": "", "decorative": False, "caption": ""}))
# Such a page is not published any more, but may have been before.
Page.publish(page, page.save_revision())
Page.objects.filter(pk=page.pk).update(last_published_at=datetime(2020, 1, 1, tzinfo=UTC))
publish()
print(page.title)
"""


@pytest.fixture(scope="module")
def neglected(served) -> str:
    """The title of a page that needs somebody's care."""
    return manage(served.data, "shell", "-v0", "-c", NEGLECT).strip().splitlines()[-1]


def check(tab, screen: str):
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto(f"/admin/reports/{screen}")
        expect(tab.get_by_role("main")).to_be_visible()
        assert overflow(tab) == [], (screen, width)
        assert cut_off(tab) == [], (screen, width)
        assert ours(axe_violations(tab)) == [], (screen, width)


def ours(found: list[str]) -> list[str]:
    """Leave out what Wagtail's own frame around our screens does, and its hints, which come up under the mouse."""
    return [line for line in found if not re.search(r"sidebar|w-breadcrumbs|w-slim-header|#tippy-", line)]


def test_page_is_still_right(admin, neglected):
    admin.goto("/admin/reports/not-looked-at/")
    row = admin.get_by_role("row").filter(has_text=neglected)
    row.get_by_role("button", name="Still right").click()
    expect(admin.locator(".messages")).to_contain_text("counts as looked at today")
    expect(admin.get_by_role("row").filter(has_text=neglected)).to_have_count(0)

    admin.locator(".messages").get_by_role("link", name="Take that back").click()
    admin.get_by_role("button", name="Take that back").click()
    expect(admin.locator(".messages")).to_contain_text("That is taken back")
    admin.goto("/admin/reports/not-looked-at/")
    expect(admin.get_by_role("row").filter(has_text=neglected)).to_have_count(1)


def test_editor_says_so_with_one_press(admin, neglected):
    admin.goto(find_editor(admin, neglected).get_attribute("href"))
    wait_for_scripts(admin)
    admin.get_by_role("button", name="Actions", exact=True).first.click()
    admin.get_by_role("link", name="I have read it: still right").first.click()
    expect(admin.locator(".messages")).to_contain_text("counts as looked at today")
    expect(admin).to_have_url(re.compile(r"/edit/"))
    admin.locator(".messages").get_by_role("link", name="Take that back").click()
    admin.get_by_role("button", name="Take that back").click()


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_are_for_everybody(admin, neglected, screen):
    check(admin, screen)


@pytest.mark.parametrize("screen", SCREENS)
def test_screens_are_for_everybody_in_arabic(admin, in_arabic, neglected, screen):
    check(admin, screen)
    expect(admin.locator("html")).to_have_attribute("dir", "rtl")
