"""What checks find in a translation, and what they leave alone."""

import pytest

from toolkit.translation.checks import CHECKS, Finding, Said, Term, findings

LONG = "Write down what people say, in their own words, and read it back to them before you go."


def found(source: str, words: str, *, locale: str = "cy", rich: bool = True, terms=()) -> list[tuple[str, bool]]:
    said = Said(source, words, locale, rich, tuple(Term(*term) for term in terms))
    return [(finding.check, finding.breaks) for finding in findings(said)]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Listen.", "Gwrandewch."),
        ("Ask 3 people by 10:30.", "Gofynnwch i 3 o bobl erbyn 10.30."),
        ('See <a id="a1">the <b>list</b></a>.', 'Gweler <a id="a1">y <b>rhestr</b></a>.'),
        ("Hi %(name)s, {count} left", "Helo %(name)s, {count} ar ôl"),
        ("[Optional] Tea", "[Dewisol] Te"),
        ("WHO", "WHO"),
        ("2026", "2026"),
        ("Fish &amp; chips", "Pysgod a sglodion"),
        ("One<br/>two", "Un<br/>dau"),
    ],
)
def test_good_translations_are_left_alone(source, words):
    assert found(source, words) == []


@pytest.mark.parametrize(
    ("source", "words", "expected"),
    [
        ("Listen.", "<h1>Gwrandewch</h1>", ("markup", True)),
        ("Listen.", "<b>Gwrandewch", ("markup", True)),
        ("Listen.", "Gwrandewch < nawr", ("markup", True)),
        ('<a id="a1">Go</a>', '<a id="a1" href="https://x.y">Ewch</a>', ("markup", True)),
        ("<b>Now</b>", "Nawr", ("markup", False)),
        ('<a id="a1">Go</a>', '<a id="a2">Ewch</a>', ("links", True)),
        ('Go <a id="a1">there</a>', "Ewch yno", ("links", False)),
        ("Hi %(name)s", "Helo", ("placeholders", True)),
        ("Hi {name}", "Helo {enw}", ("placeholders", True)),
        ("In 3 days", "Mewn 4 diwrnod", ("numbers", False)),
        ("Tea", "Te [gwirio]", ("editorial", False)),
        ("Tea for all", "Tea for all", ("untranslated", False)),
        (LONG, "Nodwch.", ("length", False)),
        (LONG, LONG.replace("Write", "Nodwch") * 3, ("length", False)),
    ],
)
def test_slips_are_found(source, words, expected):
    assert expected in found(source, words)


@pytest.mark.parametrize(
    ("locale", "words", "is_wrong"),
    [
        ("ar", "استمعوا إلى الناس", False),
        ("ar", "Listen to people", True),
        ("ar", "استمعوا عبر Zoom", False),
        ("cy", "استمعوا إلى الناس", True),
        ("cy", "Gwrandewch ar bobl", False),
        ("uk", "Слухайте людей", False),
        ("zh", "倾听人们的声音", False),
        ("sr-latn", "Slušajte ljude", False),
    ],
)
def test_letters_are_those_of_the_language(locale, words, is_wrong):
    assert ("script", False) in found("Hear what they say", words, locale=locale) or not is_wrong
    assert (("script", False) in found("Hear what they say", words, locale=locale)) == is_wrong


@pytest.mark.parametrize("digits", ["٣", "3", "३"])
def test_numbers_count_in_any_digits(digits):
    assert found("Wait 3 days", f"انتظروا {digits} أيام", locale="ar") == []


@pytest.mark.parametrize(
    ("words", "is_missed"),
    [("Mae tocenistiaeth yn brifo", False), ("Mae docenistiaeth yn brifo", False), ("Mae sioe yn brifo", True)],
)
def test_term_counts_as_said_however_it_is_bent(words, is_missed):
    terms = [("Tokenism", "Tocenistiaeth"), ("Ally", "Cynghreiriad")]
    assert (("glossary", False) in found("Tokenism hurts", words, terms=terms)) == is_missed


def test_plain_text_may_have_signs():
    assert found("A < B", "A < B neu C", rich=False) == []


def test_what_breaks_comes_first():
    said = Said("In 3 days, %(name)s", "Mewn 4 diwrnod", "cy")
    assert findings(said)[0] == Finding("placeholders", "%(name)s", breaks=True)


@pytest.mark.parametrize(
    "words", ["", " ", "<", ">", "&", "<>", "</b>", "\0", "%", "{", "[", "\u202e", "<a>", "<b/>"]
)
@pytest.mark.parametrize("check", CHECKS)
def test_no_words_stop_a_check(check, words):
    for rich in (True, False):
        list(check(Said(LONG, words, "cy", rich)))
        list(check(Said(words, LONG, "ar", rich)))
