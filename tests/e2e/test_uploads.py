"""Uploads that a reader opens by themselves, in a browser: they are shown or saved, and nothing in them runs."""

from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Served, copy_served
from tests.pictures import PDF, SVG

PATH = "/en/with-uploads/"
ADD = f"""
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from toolkit.models import Guide, Home
files = {{"paper.pdf": {PDF!r}, "drawing.svg": {SVG!r}}}
kept = [get_document_model().objects.create(title=name, file=ContentFile(files[name], name=name)) for name in files]
said = {{"kind": "video", "url": "", "transcript": "<p>Words.</p>"}}
body = [("media", {{**said, "title": one.title, "file": one}}) for one in kept]
page = Guide(title="Uploads", slug="with-uploads", code="with-uploads", summary="Some.", body=body)
Home.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def site(started, tmp_path_factory) -> Iterator[Served]:
    """A server with a page that has a PDF, and a drawing with a script from before those were refused."""
    with copy_served(started, tmp_path_factory.mktemp("uploads") / "data", adding=ADD) as served:
        yield served


@pytest.mark.parametrize("name", ["paper.pdf", "drawing.svg"])
def test_file_of_a_page_is_saved(site, tab: Page, name):
    tab.goto(urljoin(site.address, PATH))
    with tab.expect_download() as saved:
        tab.evaluate("(address) => { location.href = address; }", f"/media/documents/{name}")
    assert saved.value.suggested_filename == name
    assert tab.url.endswith(PATH)


def test_picture_that_is_opened_by_itself_is_shown(served, tab: Page):
    address = next(path for path in served.released("image/webp") if path.startswith("/media/"))
    answer = tab.goto(urljoin(served.address, address))
    assert "sandbox" in answer.headers["content-security-policy"]
    expect(tab.locator("img")).to_be_visible()
    tab.wait_for_function("document.images[0].naturalWidth > 0")
