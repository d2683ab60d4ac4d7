"""What search engines, and those who share a page, are told about it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from tests.releases import shown
from toolkit.structured_data import structured_data
from toolkit.templatetags.document import json_ld

SITE = "https://toolkit.example"
# Pages of the software's own that may be found: they have words for it, and are no documents.
NOT_WRITTEN = {"/en/search/", "/en/offline/", "/en/how-we-tested/"}
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


def told(document: dict) -> dict:
    return structured_data(document, SITE)["@graph"][0]


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


def test_role_is_a_credit_and_no_person():
    assert told(quote(naming="role", name="Carer"))["creditText"] == "Carer, 2026"
    assert "creditText" not in told(quote(naming="illustrative", name="Carer"))
    assert "creditText" not in told(quote(naming="not-named", name=""))


def test_idea_says_where_it_comes_from():
    idea = told(document(type="idea", credits=[], source="A handbook", source_url="https://other.example/"))
    assert idea["isBasedOn"] == {"@type": "CreativeWork", "name": "A handbook", "url": "https://other.example/"}
    assert told(document(type="idea", credits=[], source="By word of mouth", source_url=""))["isBasedOn"]


def test_translation_names_its_source():
    alternates = [{"locale": "en", "path": "/en/listening/"}, {"locale": "cy", "path": "/cy/listening/"}]
    values = {"alternates": alternates, "translation": {"source_locale": "en"}}
    assert told(document(locale="cy", **values))["translationOfWork"]["@id"] == f"{SITE}/en/listening/"
    assert "translationOfWork" not in told(document(locale="en", **values))


def test_term_is_one_of_the_glossary():
    glossary = {"type": "glossary", "title": "Words", "path": "/en/words/"}
    term = told(document(type="term", html="<p>Hard.</p>", ancestors=[HOME, glossary]))
    assert term["inDefinedTermSet"] == {"@type": "DefinedTermSet", "@id": f"{SITE}/en/words/"}


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
            assert canonical["href"] == settings.SITE_URL + path
            if path in NOT_WRITTEN:
                assert head.select_one("meta[name=description]")["content"]
                continue
            told += 1
            assert head.select_one("meta[property='og:title']")["content"] == head.title.text.split(" – ")[0]
            [thing, *_way] = json.loads(head.select_one("script[type='application/ld+json']").text)["@graph"]
            assert thing["url"] == settings.SITE_URL + path
    assert told > 100


@pytest.mark.django_db
def test_what_says_nothing_is_not_to_be_found(starter_release):
    """What search engines shall keep is told what it is; everything else says that it is not to be kept."""
    for path, html in shown(starter_release).items():
        if path.startswith("/en/") and b"<h1" in html:
            head = BeautifulSoup(html, "lxml").head
            is_found = head.select_one("link[rel=canonical]") is not None
            assert (head.select_one("meta[name=robots][content=noindex]") is None) == is_found, path
            assert head.select_one("link[rel=alternate][type='application/atom+xml']")["href"] == "/en/feed.xml"


def test_words_cannot_end_the_script():
    text = json_ld(document(title="</script><script>alert(1)</script>&amp;"), SITE)
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["name"] == "</script><script>alert(1)</script>&amp;"
