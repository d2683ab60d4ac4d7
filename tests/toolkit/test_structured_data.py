"""What search engines, and those who share a page, are told about it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.releases import shown
from toolkit.structured_data import structured_data
from toolkit.templatetags.document import json_ld

SITE = "https://toolkit.example"
HOME = {"type": "toolkit", "title": "Toolkit", "path": "/en/"}


def document(**values) -> dict:
    return {
        "type": "mark",
        "title": "Listening",
        "path": "/en/process/listening/",
        "lang": "en",
        "summary": "Being heard.",
        "updated_at": "2026-11-22T10:00:00Z",
        "ancestors": [HOME],
        **values,
    }


def quote(**credit) -> dict:
    credit = {"naming": "full-name", "name": "Ada Example", "year": 2026, "thanks": "", **credit}
    html = f"<p>{'They wrote it down, and then they did it. ' * 20}</p>"
    return document(type="quote", html=html, credit=credit)


def test_thing_and_the_way_to_it():
    thing, way = structured_data(document(), SITE)["@graph"]
    assert thing["@type"] == "CreativeWork"
    assert thing["url"] == f"{SITE}/en/process/listening/"
    assert thing["isPartOf"]["@id"] == f"{SITE}/en/"
    assert [(step["position"], step["name"]) for step in way["itemListElement"]] == [(1, "Toolkit"), (2, "Listening")]


def test_quote_is_whole():
    [thing, _way] = structured_data(quote(), SITE)["@graph"]
    assert thing["@type"] == "Quotation"
    assert thing["text"].count("They wrote it down") == 20


@pytest.mark.parametrize(
    ("naming", "named"),
    [("full-name", True), ("first-name", True), ("role", False), ("not-named", False), ("illustrative", False)],
)
def test_only_who_is_named_on_the_page_is_named(naming, named):
    [thing, _way] = structured_data(quote(naming=naming), SITE)["@graph"]
    assert thing.get("creator") == ([{"@type": "Person", "name": "Ada Example"}] if named else None)


def test_home_page_is_the_site():
    [thing] = structured_data(document(type="toolkit", path="/en/", ancestors=[]), SITE)["@graph"]
    assert (thing["@type"], thing["url"]) == ("WebSite", f"{SITE}/en/")


@pytest.mark.django_db
def test_every_page_tells_what_it_is(starter_release):
    """On each page with a document: one canonical address, its own, and data that can be read."""
    pages = {
        path: html for path, html in shown(starter_release).items() if path.startswith("/en/") and b"<h1" in html
    }
    told = 0
    for path, html in pages.items():
        head = BeautifulSoup(html, "lxml").head
        if canonical := head.select_one("link[rel=canonical]"):
            told += 1
            assert canonical["href"] == settings.SITE_URL + path
            assert head.select_one("meta[property='og:title']")["content"] == head.title.text.split(" – ")[0]
            [thing, *_way] = json.loads(head.select_one("script[type='application/ld+json']").text)["@graph"]
            assert thing["url"] == settings.SITE_URL + path
    assert told > 100


def test_words_cannot_end_the_script():
    text = json_ld(document(title="</script><script>alert(1)</script>&amp;"), SITE)
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["name"] == "</script><script>alert(1)</script>&amp;"
