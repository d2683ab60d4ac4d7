"""Where sentences and words end, in four languages."""

import pytest

from toolkit.plain_language.sentences import sentences, words

# Sentences end at each “¦”.
SENTENCES = [
    ("en", "We met.¦ We talked!¦ Did it help?"),
    ("en", "Bring things, e.g. tea and cake.¦ Sit down."),
    ("en", "Some people, i.e. carers, had no time."),
    ("en", "We asked Dr. Jones and Mrs. Khan.¦ They came."),
    ("en", "It took 1.5 hours.¦ It cost £2.50 each."),
    ("en", "Look at www.example.org for more.¦ Or ask."),
    ("en", "I waited … and waited.¦ Then I left…¦ Nobody came."),
    ("en", "I waited... and left.¦ So did she."),
    ("en", "“Stop!” she said.¦ “Why?” he asked."),
    ("en", "She said, “Stop.”¦ We did."),
    ("en", "He said (and meant it.)¦ We wrote it down."),
    ("en", "Bring tea, cake, etc.¦ Then sit down."),
    ("en", "Bring tea etc. for all."),
    ("en", "Ask J. Smith."),
    ("en", "1. Bring tea."),
    ("en", "We were 12.¦ They were 3."),
    ("en", "we met.¦ we talked."),
    ("en", "Bring a pen\n¦Bring paper"),
    ("en", "A list without a full stop"),
    ("en", "Really?!¦ Yes."),
    ("en", "???¦ !"),
    ("cy", "Daeth pobl, e.e. gofalwyr, i’r cwrdd.¦ Diolch!"),
    ("cy", "Te, coffi, ayb.¦ Eisteddwch."),
    ("cy", "“Pam?” gofynnodd hi.¦ Doedd neb yn gwybod."),
    ("ar", "هل سمعتم؟¦ نعم."),
    ("ar", "هل سمعتم؟¦نعم"),
    ("ar", "جلسنا معًا.¦ تكلمنا!"),
    ("ar", "سأل د. خالد.¦ أجبنا."),
    ("ar", "یہ پہلا جملہ ہے۔¦ یہ دوسرا ہے۔"),
    ("es", "¿Qué falta?¦ ¡Nada!"),
    ("es", "Habló la Sra. Ruiz.¦ Nos gustó."),
    ("es", "Traed cosas, p. ej. té.¦ Sentaos."),
    ("es", "—¿Por qué? —dijo ella."),
]


@pytest.mark.parametrize(("lang", "marked"), SENTENCES, ids=[marked[:40] for _lang, marked in SENTENCES])
def test_sentences_end_where_people_end_them(lang, marked):
    text = marked.replace("¦", "")
    assert [text[start:end] for start, end in sentences(text, lang)] == [one.strip() for one in marked.split("¦")]


WORDS = [
    ("Co-production is ours", ["Co-production", "is", "ours"]),
    ("It’s 1.5 hours, e.g. today.", ["It’s", "1.5", "hours", "e.g", "today"]),
    ("carers/parents", ["carers", "parents"]),
    ("One.Two", ["One", "Two"]),
    ("Mae’r grŵp yn cwrdd", ["Mae’r", "grŵp", "yn", "cwrdd"]),
    ("مَرْحَبًا بِكُم", ["مَرْحَبًا", "بِكُم"]),
    ("cafe\u0301 y té", ["cafe\u0301", "y", "té"]),
    ("— … ! ?", []),
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_are_counted_as_people_do(text, expected):
    assert [text[start:end] for start, end in words(text)] == expected
