"""Ways to the parts of a page: each heading has an id of its own, and a long page has a list of them."""

import re

from toolkit.contents import contents, shared
from toolkit.rendering import page_html

HOME = {"title": "Home", "path": "/en/", "lang": "en", "dir": "ltr"}
SITE = {
    "outline": {**HOME, "stages": [], "guides": [], "lake": None, "voices": None, "glossary": None},
    "stylesheet": "/assets/site.css",
    "icon": "/assets/icon.svg",
    "languages": [],
}


def page(*blocks: str | dict) -> dict:
    body = [block if isinstance(block, dict) else {"type": "text", "html": block} for block in blocks]
    place = {"path": "/en/long/", "ancestors": [{"type": "toolkit", **HOME}], "alternates": []}
    return {"type": "page", "locale": "en", "lang": "en", "dir": "ltr", "title": "Long", "body": body, **place}


def headings(count: int) -> str:
    return "".join(f"<h3>Number {at}</h3><p>Words.</p>" for at in range(count))


def ids(html: str) -> list[str]:
    return re.findall(r'<h[23] id="(part-[^"]+)"', html)


def test_headings_can_be_linked_to():
    html = page_html(page("<h3>Tea &amp; <b>cake</b></h3><p>Yes.</p><h4>How?</h4>"), SITE)
    assert '<h2 id="part-tea-cake">Tea &amp; <b>cake</b></h2>' in html
    assert '<h3 id="part-how">How?</h3>' in html


def test_paragraphs_and_quotes_can_be_linked_to():
    said = {"type": "quote", "code": "tea-first", "kind": "ladder", "title": "Tea & talk", "html": "<p>Tea.</p>"}
    said |= {"path": "/en/voices/tea-first/", "credit": {"naming": "not-named"}, "lang": "en", "dir": "ltr"}
    quote = {"type": "quote", "quote": said}
    document = page("<p>One two three four five six seven eight.</p>", quote, quote, "<p>Tea.</p>")
    links = [(part["kind"], part["id"], part["text"]) for part in shared(document)]
    assert links == [
        ("paragraph", "text-one-two-three-four-five-six-seven", "One two three four five six seven …"),
        ("quote", "quote-tea-first", "Tea & talk"),
        ("paragraph", "text-tea", "Tea."),
    ]
    html = page_html(document, SITE)
    assert [html.count(f'id="{name}"') for _kind, name, _text in links] == [1, 1, 1]


def test_no_two_headings_share_an_id():
    tip = {"type": "tip", "html": "<p>Try it.</p>"}
    html = page_html(page("<h3>Next</h3><h3>Next</h3>", tip, "<h3>Next!</h3><h3>Next 2</h3><h3>?</h3>"), SITE)
    assert ids(html) == ["part-next", "part-next-2", "part-next-3", "part-next-2-2", "part-1"]


def test_letters_of_every_script_are_kept():
    assert ids(page_html(page("<h3>أهلاً بكم</h3>"), SITE)) == ["part-أهلا-بكم"]


def test_long_page_lists_its_parts():
    html = page_html(page(headings(5), "<h3>Fish &amp; chips</h3><h4>Not listed</h4>"), SITE)
    nav = html[html.index('<nav class="contents"') :].split("</nav>")[0]
    assert re.findall(r'<a href="#([^"]+)">([^<]+)</a>', nav)[-1] == ("part-fish-chips", "Fish &amp; chips")
    assert [f"part-number-{at}" for at in range(5)] == re.findall(r"#(part-number-\d)", nav)
    assert "Not listed" not in nav


def test_short_page_needs_no_list():
    assert 'class="contents"' not in page_html(page(headings(5)), SITE)


def test_part_in_another_language_says_so():
    welsh = {"type": "text", "html": headings(6), "lang": "cy", "dir": "ltr"}
    assert contents(page(welsh))[0] == {"id": "part-number-0", "text": "Number 0", "lang": "cy", "dir": "ltr"}
    assert '<a href="#part-number-0" lang="cy" dir="ltr">' in page_html(page(welsh), SITE)
