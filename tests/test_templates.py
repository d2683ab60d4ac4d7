"""Rules that hold for every template of the public site."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from api.releases.views import NOTICES
from toolkit.assets import asset
from toolkit.documents.build import build_document
from toolkit.documents.reading import Reading
from toolkit.rendering import page_html, site_frame

FOLDER = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
# What stands around every page; a page that is not there has no document to read.
FRAME = {"base.html", "parts/languages.html", "parts/elsewhere.html"}
FRAME |= {f"pages/{name}.html" for name in (*NOTICES, "unreachable")}
FRAME |= {
    f"parts/site-{part}.html" for part in ("header", "menu", "footer", "search", "draft", "meta", "print", "ways")
}
# The one script in a page that is allowed: the policy of the site lets it run by its hash.
FIRST = "<script>{{ site.first_script|safe }}</script>"
# A script element with data is none: a browser does not run it.
INLINE = r'<script(?![^>]*\s(?:src=|type="application/ld\+json"))|<style|\sstyle=|\son\w+=|javascript:'


def name_of(path):
    return str(path.relative_to(FOLDER))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_no_inline_code(path):
    assert re.findall(INLINE, path.read_text().replace(FIRST, "")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_knows_no_request(path):
    assert re.findall(r"\b(?:request|user|page|settings|perms)\.\w", path.read_text()) == []


@pytest.mark.parametrize("path", [path for path in TEMPLATES if name_of(path) not in FRAME], ids=name_of)
def test_only_the_frame_reads_the_site(path):
    assert re.findall(r"\bsite\.\w+", path.read_text()) == []


@pytest.mark.django_db
def test_rendering_makes_no_query(library, django_assert_num_queries):
    read = Reading(library, "en")
    site = site_frame(read)
    documents = [build_document(page, read) for page in library.pages]
    with django_assert_num_queries(0):
        assert all(page_html(document, site) for document in documents)


def test_stylesheet_keeps_the_rules():
    css = asset("site.css").content.decode()
    physical = r"(?<![\w-])(?:margin|padding|border)-(?:left|right)\b|(?:text-align|float):\s*(?:left|right)"
    assert re.findall(physical, css) == []
    assert "!important" not in css
    assert re.findall(r"@import|url\(\s*['\"]?(?:https?:)?//", css) == []
