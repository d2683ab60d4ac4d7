"""Every English page of the starter content can be read at eleven, and has few long words."""

from collections import Counter

import pytest

from cms.plain_language.reading import passages_of
from cms.plain_language.refreshing import pages_to_check
from tests.tested import keep_or_compare
from tests.toolkit.starter.reading_age import Sentence, read_sentences, reading_age, syllables_of, words_of
from toolkit.models import Term
from toolkit.plain_language.forms import forms
from toolkit.plain_language.passages import PARAGRAPH, PROSE, Passage

pytestmark = pytest.mark.django_db

LIMIT = 11
# A word with so many syllables is long, and of so many words at most one may be.
LONG, AMONG = 4, 12


@pytest.fixture(scope="module")
def texts(django_db_setup, django_db_blocker) -> dict[str, list]:
    """The passages of every page by its code: of the editors' handbook, too, which is a draft."""
    with django_db_blocker.unblock():
        return {page.code: passages_of(page) for page in pages_to_check(locale="en", drafts=True)}


def too_old(texts: dict[str, list]) -> list[str]:
    """Name the pages that are too hard, each with its age and its hardest sentences."""
    read = {code: read_sentences(passages) for code, passages in texts.items()}
    return [
        f"{code}, {reading_age(said):.1f} years: {' / '.join(hardest(said))}"
        for code, said in read.items()
        if said and reading_age(said) > LIMIT
    ]


def hardest(read: list[Sentence]) -> list[str]:
    by_age = sorted(read, key=lambda one: -reading_age([one]))
    return [one.text for one in by_age[:3]]


def long_words(passages: list, explained: set[str]) -> Counter:
    """Count the long words of a page that the glossary does not explain."""
    said = [word for one in passages if one.kind in PROSE for word in words_of(one.text)]
    return Counter(word for word in said if syllables_of(word) >= LONG and not forms(word.lower(), "en") & explained)


def test_every_page_can_be_read_at_eleven(texts):
    assert len(texts) > 100 and "handbook" in texts
    assert too_old(texts) == []


def test_readers_are_told_the_ages(texts):
    ages = [reading_age(read) for passages in texts.values() if (read := read_sentences(passages))]
    highest, average = round(max(ages), 1), round(sum(ages) / len(ages), 1)
    keep_or_compare("reading_age", pages=len(ages), limit=LIMIT, highest=highest, average=average)


def test_hard_page_is_named_with_its_sentences(texts):
    hard = Passage("body", PARAGRAPH, "Organisational participation necessitates deliberation.", "en")
    assert too_old({"home": [*texts["jargon"], hard]})[0].startswith(f"home, 14.5 years: {hard.text} / ")


def test_long_words_are_few(texts, figures):
    explained = {part for title in Term.objects.values_list("title", flat=True) for part in title.lower().split()}
    found = {code: long_words(passages, explained) for code, passages in texts.items()}
    figures("\n".join(f"{code}: {', '.join(words)}" for code, words in found.items() if words))
    count = {code: len([word for one in texts[code] for word in words_of(one.text)]) for code in texts}
    assert {code: words for code, words in found.items() if words.total() * AMONG > count[code]} == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [("people", 2), ("Co‑production", 4), ("organise", 3), ("somebody’s", 4), ("12", 1), ("tea-time", 2)],
)
def test_syllables_are_counted(word, count):
    assert syllables_of(word) == count


def test_age_is_that_of_the_formula():
    # Ten words and twelve syllables: 3.9 + 14.16 - 15.59 is the second year, of children who are seven.
    assert reading_age([Sentence("", 10, 12)]) == pytest.approx(7.47)
