"""What is read of a page: every word that editors wrote, and where it stands."""

import pytest

from cms.plain_language.looking import all_known, look_at
from cms.plain_language.reading import NO_ALT, NO_CONSENT, passages_of
from tests.small_site import add, fresh
from toolkit.consent import Consent, Naming
from toolkit.documents.library import page_types
from toolkit.models import IdeaCredit, Mark, Quote
from toolkit.plain_language.passages import QUOTE

pytestmark = pytest.mark.django_db


def read(page) -> list[tuple[str, str, str]]:
    return [(one.place.split(".")[0], one.kind, one.text) for one in passages_of(page)]


def codes(page) -> list[str]:
    return [one.code for one in look_at(page, all_known()).findings]


def test_rich_text_is_read_piece_by_piece(pages):
    html = (
        "<h3>Why</h3><p>One <b>two</b>.<br/>Three</p><ul><li>Four<ul><li>Five <a href='/'>six</a></li></ul></li></ul>"
    )
    mark = add(Mark, pages["first-stage"], "rich", summary="In short.", body=[("text", html)])
    assert read(fresh(mark)) == [
        ("title", "title", "Rich"),
        ("summary", "summary", "In short."),
        ("body", "heading", "Why"),
        ("body", "paragraph", "One two.\nThree"),
        ("body", "item", "Four"),
        ("body", "item", "Five six"),
        ("body", "link", "six"),
    ]


def test_words_of_others_are_quotes(pages):
    body = [
        ("citation", {"text": "<p>As they wrote.</p>", "source": "A report", "url": ""}),
        ("media", {"kind": "audio", "title": "We talk", "url": "https://a.example", "transcript": "<p>Hm.</p>"}),
    ]
    mark = fresh(add(Mark, pages["first-stage"], "others", summary="In short.", body=body))
    assert [one.text for one in passages_of(mark) if one.kind == QUOTE] == ["As they wrote.", "Hm."]
    assert [one.text for one in passages_of(pages["it-happened"]) if one.kind == QUOTE] == [
        "They wrote it down, and then they did it."
    ]


def test_sentences_beside_pictures_are_read(pages):
    assert read(pages["hearing-easy-read"])[2:] == [("body", "paragraph", "One person speaks. The others listen.")]


def test_every_type_can_be_read(library):
    read_types = {type(page) for page in library.pages if passages_of(page)}
    assert read_types == set(page_types())


def test_all_that_could_be_plainer_is_found(hard_page):
    assert codes(hard_page) == ["heading-order", "acronym", "jargon", "empty-link", "hard-sentence"]


def test_piece_in_its_source_language_is_read_so(hard_page):
    tip = hard_page.body.get_prep_value()[1]["id"]
    hard_page.translated_from = {"locale": "cy", "blocks": [tip]}
    # 30 words: long in English, and not in Welsh.
    assert "hard-sentence" not in codes(hard_page)


def test_picture_needs_words(pages):
    pictures = [
        {"image": None, "alt": alt, "decorative": plain} for alt, plain in (("", False), ("", True), ("A", False))
    ]
    mark = Mark(title="Seen", summary="In short.", locale=pages["hearing"].locale)
    mark.body = [("image", one) for one in pictures]
    found = [one for one in look_at(mark, all_known()).findings if one.code == NO_ALT]
    assert len(found) == 1
    assert found[0].place.endswith(".alt")


def test_missing_consent_is_told(pages):
    who = {"naming": Naming.ROLE, "name": "Carer", "consent": Consent.ASKED}
    quote = add(Quote, pages["all-voices"], "not-asked", words="<p>I said so.</p>", live=False, **who)
    assert codes(quote) == [NO_CONSENT]
    mark = add(Mark, pages["first-stage"], "with-it", summary="In short.", body=[("quote", quote)])
    assert codes(fresh(mark)) == [NO_CONSENT]
    idea = fresh(pages["tea-first"])
    idea.credits = [IdeaCredit(locale=idea.locale, **who)]
    assert codes(idea) == [NO_CONSENT]
    idea.credits = [IdeaCredit(locale=idea.locale, **{**who, "consent": Consent.GIVEN})]
    assert codes(idea) == []
