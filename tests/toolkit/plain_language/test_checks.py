"""What is found in a text, and what is left alone, in four languages."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.plain_language.checks import Vocabulary, check
from toolkit.plain_language.jargon import Plain
from toolkit.plain_language.lists import LANGUAGES, starter_list
from toolkit.plain_language.passages import (
    ACRONYM,
    CODES,
    EMPTY_LINK,
    HARD_SENTENCE,
    HARD_TEXT,
    HEADING,
    HEADING_ORDER,
    JARGON,
    KINDS,
    LINK,
    LONG_WORD,
    PARAGRAPH,
    QUOTE,
    TITLE,
    Passage,
)
from toolkit.plain_language.readability import readability

STARTER = {lang: Vocabulary(lang, starter_list(lang)) for lang in LANGUAGES}


def paragraph(text: str, lang: str = "en", kind: str = PARAGRAPH, **more) -> Passage:
    return Passage("body.1", kind, text, lang, **more)


def found(*passages: Passage, vocabularies=STARTER) -> list[tuple[str, str]]:
    return [(one.code, one.words) for one in check(list(passages), vocabularies)]


def only(code: str, *passages: Passage, vocabularies=STARTER) -> list[str]:
    return [words for kind, words in found(*passages, vocabularies=vocabularies) if kind == code]


@pytest.mark.parametrize(
    ("lang", "limit"), [("en", 25), ("cy", 30), ("ar", 25), ("es", 30), ("gd", 30), ("es-mx", 30)]
)
def test_sentence_is_hard_beyond_the_limit(lang, limit):
    word = "كلمة" if lang == "ar" else "gair"
    easy, hard = " ".join([word] * limit) + ".", " ".join([word] * (limit + 1)) + "."
    assert only(HARD_SENTENCE, paragraph(f"{easy} {hard}", lang)) == [hard]
    assert check([paragraph(hard, lang)], {})[0].figures == {"count": limit + 1, "limit": limit}


def test_title_is_no_sentence():
    assert found(Passage("title", TITLE, "word " * 40, "en")) == []


JARGON_WORDS = [
    ("en", "We asked the stakeholders.", ["stakeholders"]),
    ("en", "The STAKEHOLDER’S view", ["STAKEHOLDER’S"]),
    ("en", "We utilised it, and are utilizing it.", ["utilised", "utilizing"]),
    ("en", "Going forward, we meet on Mondays.", ["Going forward"]),
    ("en", "going\nforward", ["going\nforward"]),
    ("en", "Best-practice and best practice", ["best practice"]),
    ("en", "We like stakes and holders, sectors of a circle.", ["sectors"]),
    ("en", "They said “stakeholder” too often.", []),
    ("en", "A haystakeholder stands in the field.", []),
    ("en", "Key performance indicators", ["Key performance indicators"]),
    ("cy", "Y rhanddeiliaid", ["rhanddeiliaid"]),
    ("cy", "Gofynnwch i randdeiliaid.", ["randdeiliaid"]),
    ("cy", "Ei methodoleg hi, ei fethodoleg e", ["methodoleg", "fethodoleg"]),
    ("cy", "Rydyn ni’n rymuso ac yn flaenoriaethu.", ["rymuso", "flaenoriaethu"]),
    ("cy", "Mae’n rhan o’n gwaith.", []),
    ("ar", "تحدثنا عن حوكمة المشروع.", ["حوكمة"]),
    ("ar", "والحوكمة وبالحوكمة وللحوكمة", ["والحوكمة", "وبالحوكمة", "وللحوكمة"]),
    ("ar", "منهجيتنا ومنهجيتها", ["منهجيتنا", "ومنهجيتها"]),
    ("ar", "حَوْكَمَة", ["حَوْكَمَة"]),
    ("ar", "لأصحاب المصلحة", ["لأصحاب المصلحة"]),
    ("ar", "ذهبنا إلى السوق معًا.", []),
    ("es", "Las partes interesadas", ["partes interesadas"]),
    ("es", "Gobernanza y metodologías", ["Gobernanza", "metodologías"]),
    ("es", "Acciones proactivas, estratégicas", ["proactivas", "estratégicas"]),
    ("es", "Buscamos a la gente que falta.", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), JARGON_WORDS, ids=[row[1] for row in JARGON_WORDS])
def test_jargon_is_found_as_people_write_it(lang, text, expected):
    assert only(JARGON, paragraph(text, lang)) == expected


def test_jargon_tells_the_plain_word():
    finding = check([paragraph("The paradigm shift began.")], STARTER)[0]
    assert (finding.words, finding.figures["plain"]) == ("paradigm shift", "new way of thinking")
    assert (finding.place, finding.start, finding.end) == ("body.1", 4, 18)


def test_word_of_the_glossary_is_fine():
    glossary = {"en": Vocabulary("en", starter_list("en"), explained=["Stakeholder"])}
    assert found(paragraph("Ask all stakeholders."), vocabularies=glossary) == []


def test_term_that_is_not_public_lends_its_meaning():
    glossary = {"en": Vocabulary("en", starter_list("en"), meanings={"Stakeholder": "Anyone who cares."})}
    assert check([paragraph("Ask all stakeholders.")], glossary)[0].figures["meaning"] == "Anyone who cares."


def test_each_language_has_its_own_list():
    vocabularies = {"en": Vocabulary("en", [Plain("gift", "present")]), "cy": Vocabulary("cy", [Plain("rhodd", "")])}
    assert only(JARGON, paragraph("A gift"), paragraph("gift", "cy"), vocabularies=vocabularies) == ["gift"]


ACRONYMS = [
    (["Ask the DWP."], ["DWP"]),
    (["Ask the NGOs."], ["NGOs"]),
    (["The Department for Work and Pensions (DWP) pays. The DWP is slow."], []),
    (["DWP (Department for Work and Pensions) pays."], []),
    (["Creative Commons Attribution 4.0 (CC BY 4.0)", "Licence: CC BY 4.0."], []),
    (["The DWP pays.", "The Department for Work and Pensions (DWP)"], []),
    (["They (DWP) pay."], ["DWP"]),
    (["The UK has TV, and a PDF is OK."], []),
    (["The DWP, and the DWP again"], ["DWP"]),
    (["Part IV of Henry VIII"], []),
    (["WE MEET ON MONDAYS AT TEN"], []),
    (["I went. A cat."], []),
    (["a COVID19 test, ABCDEFGH"], []),
]


@pytest.mark.parametrize(("texts", "expected"), ACRONYMS, ids=[row[0][0] for row in ACRONYMS])
def test_acronym_has_to_be_explained(texts, expected):
    assert only(ACRONYM, *map(paragraph, texts)) == expected


def test_acronym_of_the_glossary_is_explained():
    assert found(paragraph("Ask the DWP."), vocabularies={"en": Vocabulary("en", explained=["DWP"])}) == []


LINKS = [
    ("en", "Click here!", True),
    ("en", "  Read   more …", True),
    ("en", "https://example.org/a/b", True),
    ("en", "example.org", True),
    ("en", "hello@example.org", True),
    ("en", "", True),
    ("en", "Read more about listening", False),
    ("en", "yma", False),
    ("cy", "yma", True),
    ("cy", "Darllenwch fwy", True),
    ("cy", "Darllenwch fwy am wrando", False),
    ("ar", "اضغط هنا", True),
    ("ar", "المزيد", True),
    ("ar", "المزيد عن الإصغاء", False),
    ("es", "Haz clic aquí", True),
    ("es", "Más información", True),
    ("es", "Más información sobre escuchar", False),
]


@pytest.mark.parametrize(("lang", "text", "says_nothing"), LINKS, ids=[f"{row[0]} {row[1]}" for row in LINKS])
def test_link_has_to_say_where_it_leads(lang, text, says_nothing):
    assert only(EMPTY_LINK, paragraph(text, lang, LINK)) == ([text] if says_nothing else [])


@pytest.mark.parametrize(
    ("levels", "expected"), [([3, 4, 4, 3], 0), ([4], 1), ([4, 3, 4], 1), ([4, 4], 1), ([3, 3], 0), ([], 0)]
)
def test_small_heading_needs_a_large_one(levels, expected):
    headings = [paragraph("A heading", kind=HEADING, level=level) for level in levels]
    assert len(only(HEADING_ORDER, *headings)) == expected


LONG_WORDS = [
    ("en", "Their misunderstanding, and another misunderstanding", ["misunderstanding"]),
    ("en", "The self-understanding of co-production", ["self-understanding"]),
    ("en", "We went to Northamptonshire. Conversations began.", ["Conversations"]),
    ("en", "Twelve letters: illustrative", []),
    ("en", "The implementation of it", []),
    ("es", "Las conversaciones", []),
    ("es", "La internacionalización", ["internacionalización"]),
    ("cy", "Y gwasanaethau rhyngwladoldeb", []),
]


@pytest.mark.parametrize(("lang", "text", "expected"), LONG_WORDS, ids=[row[1] for row in LONG_WORDS])
def test_long_word_is_told_once(lang, text, expected):
    assert only(LONG_WORD, paragraph(text, lang)) == expected


def test_long_word_of_the_glossary_is_fine():
    glossary = {"en": Vocabulary("en", explained=["Understanding"])}
    assert only(LONG_WORD, paragraph("Our understanding"), vocabularies=glossary) == []


def test_own_words_are_never_criticised():
    assert found(paragraph(f"The DWP stakeholders {'and so on ' * 30}", kind=QUOTE)) == []


HARD = (
    "Organisational transformation necessitates comprehensive stakeholder participation throughout development. " * 15
)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_long_words_make_a_hard_text(lang):
    finding = next(one for one in check([paragraph(HARD, lang)], {}) if one.code == HARD_TEXT)
    assert finding.place == "" and finding.passage is None
    assert finding.figures["lix"] > finding.figures["limit"]


@pytest.mark.parametrize("lang", ["ar", "cy"])
def test_long_words_say_little_elsewhere(lang):
    assert only(HARD_TEXT, paragraph(HARD, lang)) == []
    assert len(only(HARD_TEXT, paragraph("llythyren " * 24 + ". " + "gair " * 100, lang))) == 1


def test_short_text_is_not_measured():
    assert only(HARD_TEXT, paragraph("Organisational transformation necessitates participation.")) == []


def test_lix_is_what_its_author_says():
    # Ten sentences of ten words, two of them long: 10 + 20.
    text = "We met in the hall with our friendly friends yesterday. " * 10
    figures = readability([paragraph(text)], "en")
    assert (figures.words, figures.sentences, figures.lix) == (100, 10, 40)


PASSAGES = st.lists(
    st.builds(
        Passage,
        place=st.sampled_from(["title", "body.1", "body.2"]),
        kind=st.sampled_from(KINDS),
        text=st.text() | st.text(alphabet="aA. \n?…؟”“(DWP)stakeholder,!-'’1سصه", max_size=300),
        lang=st.sampled_from(["en", "cy", "ar", "es", "es-mx", "xx", ""]),
        level=st.integers(0, 6),
    ),
    max_size=8,
)


@given(PASSAGES)
def test_findings_always_point_into_the_text(passages):
    for finding in check(passages, STARTER):
        assert finding.code in CODES
        if finding.passage is not None:
            passage = passages[finding.passage]
            assert finding.place == passage.place
            assert 0 <= finding.start <= finding.end <= len(passage.text)
            assert passage.text[finding.start : finding.end] == finding.words


HOSTILE = [
    ".",
    "?”",
    "a.",
    "(",
    "(AB",
    "(AB) ",
    "1. ",
    "’",
    "a-",
    "A ",
    "e.g. ",
    "\n",
    "وال",
    "a\u0301",
    "www.",
    "(((AB)",
    "“",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("kind", [PARAGRAPH, LINK])
def test_hostile_text_takes_no_longer(piece, kind):
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.thread_time()
        for lang in LANGUAGES:
            check([paragraph(text, lang, kind)], STARTER)
        return time.thread_time() - start

    # Ten times as much may take ten times as long, and a bit; with squares it would be a hundred times, each time.
    enough = 40 * max(seconds(10_000), 0.02)
    assert any(seconds(100_000) < enough for _ in range(3))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_starter_list_is_sound(lang):
    entries = starter_list(lang)
    assert len(entries) >= (80 if lang == "en" else 25)
    assert len({entry.word.casefold() for entry in entries}) == len(entries)
    assert [entry for entry in entries if not entry.plain or entry.word == entry.plain] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_words_are_plain_themselves(lang):
    assert [entry for entry in starter_list(lang) if only(JARGON, paragraph(entry.plain, lang))] == []
