"""Plain text as rich text, and back."""

import pytest

from cms.offers.texts import plain, rich, summary_of, title_of


@pytest.mark.parametrize(
    "text",
    ["One", "One\ntwo", "One\n\ntwo\nthree", "<b>1 & 2</b>", "&lt;p&gt;</p><p>", "كلمة\n\nأخرى", "a <br/> b", ""],
)
def test_text_comes_back_as_it_was(text):
    assert plain(rich(text)) == text


def test_nothing_becomes_markup():
    assert rich("<script>hit()</script>\n\n\n\n ") == "<p>&lt;script&gt;hit()&lt;/script&gt;</p>"


def test_titles_and_summaries_are_short():
    words = "One two three four five six seven eight nine ten"
    assert title_of(words) == "One two three four five six seven eight…"
    assert (len(title_of("x" * 2000)), len(summary_of("a\n" * 2000))) == (100, 300)
