"""Terms of the glossary in prose: found as whole words, marked where they first stand, and nowhere else."""

import re

import pytest

from toolkit.explaining import explained, places_of

MARK = re.compile(r'<a class="term" [^>]+>(.*?)</a>', re.DOTALL)
TITLES = ("Co-production", "Production", "Lived experience", "Experience", "NHS", "Jargon", "Q&A")


def document(*blocks: str | dict, titles=TITLES) -> dict:
    body = [block if isinstance(block, dict) else {"type": "text", "html": block} for block in blocks]
    return {"type": "page", "body": body, "terms": [{"title": title, "code": title.lower()} for title in titles]}


def marked(*blocks: str | dict, titles=TITLES) -> list[str]:
    """Give the words that are marked, block by block."""
    html = " ".join(block.get("html", "") for block in explained(document(*blocks, titles=titles)))
    return MARK.findall(html)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>What is jargon?</p>", ["jargon"]),
        ("<p>Jargon is hard.</p>", ["Jargon"]),
        ("<p>Co-production, or production?</p>", ["Co-production", "production"]),
        ("<p>Lived\n experience and experience</p>", ["Lived\n experience", "experience"]),
        ("<p>lived&nbsp;experience</p>", ["lived&nbsp;experience"]),
        ("<p>The NHS, no nhs</p>", ["NHS"]),
        ("<p>no nhs</p>", []),
        ("<p>A Q&amp;A</p>", ["Q&amp;A"]),
        ("<p>jargons, jargon-free, nojargon, &jargon;</p>", []),
        ("<p>jargon’s jargon</p>", ["jargon"]),
        ("<p><b>jargon</b></p>", ["jargon"]),
        ('<p><a href="/x>y">jargon</a> is jargon</p>', ["jargon"]),
        ("<h3>Jargon</h3><h4>Jargon</h4>", []),
        ('<p lang="cy" dir="ltr">jargon</p><p>a<br>jargon</p>', ["jargon"]),
        ("jargon", ["jargon"]),
        ("", []),
    ],
)
def test_term_is_marked_as_a_whole_word(html, found):
    assert marked(html) == found


@pytest.mark.parametrize(
    ("title", "html", "found"),
    [
        ("Pŵer", "<p>Mae’r pŵer yma.</p>", ["pŵer"]),
        ("Pŵer", "<p>PŴER a phŵer</p>", ["PŴER"]),
        ("Jargon", "<p>Beth yw’r jargon’r?</p>", ["jargon"]),
        ("Cyd-gynhyrchu", "<p>Cynhyrchu, a chyd-gynhyrchu, a cyd-gynhyrchu</p>", ["cyd-gynhyrchu"]),
        ("الإنتاج المشترك", "<p>ما هو الإنتاج المشترك؟</p>", ["الإنتاج المشترك"]),
        ("الإنتاج المشترك", "<p>والإنتاج المشتركة</p>", []),
        ("علامة", "<p>كل عَلامَةٌ لها</p>", ["عَلامَةٌ"]),
        ("عَلامة", "<p>علامة، وعلامات</p>", ["علامة"]),
        ("سلم", "<p>مسلم</p>", []),
    ],
)
def test_words_of_other_languages_are_found(title, html, found):
    assert marked(html, titles=(title,)) == found


def test_only_the_first_of_each_is_marked():
    assert marked("<p>jargon jargon</p>", "<p>jargon, production</p>") == ["jargon", "production"]


def test_words_of_people_stay_as_they_are():
    quote = {"type": "quote", "quote": {"html": "<p>jargon</p>"}}
    citation = {"type": "citation", "html": "<p>jargon</p>", "source": "", "url": ""}
    media = {"type": "media", "transcript": "<p>jargon</p>"}
    assert explained(document(quote, citation, media))[:3] == [quote, citation, media]


def test_block_in_another_language_stays_as_it_is():
    english = {"type": "text", "html": "<p>jargon</p>", "lang": "en", "dir": "ltr"}
    assert marked(english, "<p>Jargon!</p>") == ["Jargon"]


def test_terms_come_in_the_order_of_the_text():
    assert places_of(TITLES, ["<p>An NHS of jargon</p>", "<p>Production, jargon</p>"]) == [4, 5, 1]


def test_nothing_but_marks_is_added():
    html = '<p>Jargon &amp; <b>co-production</b><br>“lived experience” <a href="/en/">NHS</a></p><ul><li>Q&amp;A</li>'
    [block] = explained(document(html))
    assert MARK.sub(r"\1", block["html"]) == html
    assert block["html"] != html
