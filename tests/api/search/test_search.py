"""Searching as a reader and a developer meet it: what is found, what is shown of it, and what never breaks it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.search.asking import all_of, terms_of
from api.search.excerpts import LENGTH, excerpt, hits_in, marked
from api.search.words import folded, stem, words_in
from tests.contract import contract_errors, schema_errors
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

PROBLEM = json.dumps({"$ref": "#/components/schemas/Problem"})


@pytest.fixture
def ask(client, starter_release, settings):
    """Searches in the starter content; gives what the API answers."""
    settings.RELEASES_DIR = starter_release

    def found(query: str, **more) -> dict:
        response = client.get("/api/v1/en/search/", {"q": query, **more})
        assert response.status_code == 200, response.content
        return response.json()

    return found


def test_answer_keeps_to_the_contract(ask):
    assert contract_errors("/api/v1/en/search/", ask("listening")) == []
    assert contract_errors("/api/v1/en/search/", ask("xylophone zebra")) == []


def test_result_says_where_it_is(ask, client):
    first = ask("listening")["results"][0]
    assert (first["type"], first["title"], first["path"]) == ("mark", "Listening", "/en/process/listening/")
    assert client.get(first["api"]).status_code == 200


def test_hits_are_marked_in_the_text(ask):
    for result in ask("listening")["results"]:
        assert "<mark>" in result["excerpt"] or "isten" in result["title"].lower()


def test_endings_make_no_difference(ask):
    codes = [result["code"] for result in ask("listen", per_page=100)["results"]]
    assert [result["code"] for result in ask("listened", per_page=100)["results"]] == codes
    assert "listening" in codes


@pytest.mark.parametrize("query", ["world cafe", "World Café", "WORLD CAFÉ", "  world\tcafé  "])
def test_accents_and_capitals_make_no_difference(ask, query):
    assert ask(query)["results"][0]["code"] == "world-cafe"


def test_beginning_of_a_word_is_enough(ask):
    assert ask("celebr toge")["results"][0]["code"] == "celebrating-together"


def test_misspelt_word_is_put_right(ask):
    found = ask("lisening")
    assert found["corrected"] == "listening"
    assert found["results"][0]["code"] == "listening"


def test_right_word_is_left_alone(ask):
    assert ask("listening")["corrected"] == ""


def test_words_that_are_nowhere_find_nothing(ask):
    assert ask("xylophone")["results"] == []


def test_one_word_of_several_is_better_than_nothing(ask):
    assert ask("listening xylophone")["results"][0]["code"] == "listening"


def test_pages_together_are_the_whole(ask, client):
    whole = ask("people", per_page=100)["results"]
    page, found = ask("people", per_page=7), []
    while True:
        found += page["results"]
        if page["next"] is None:
            break
        page = client.get(page["next"]).json()
    assert found == whole
    assert len(found) > 20


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({}, "q"),
        ({"q": ""}, "q"),
        ({"q": "   "}, "q"),
        ({"q": "\x85 \x1c\ufeff"}, "q"),
        ({"q": "a" * 201}, "q"),
        ({"q": ["one", "two"]}, "q"),
        ({"q": "listening", "page": "99"}, "page"),
        ({"q": "listening", "colour": "red"}, "colour"),
    ],
)
def test_wrong_question_is_answered_in_words(client, starter_release, settings, query, named):
    settings.RELEASES_DIR = starter_release
    response = client.get("/api/v1/en/search/", query)
    assert response.status_code == 400
    problem = json.loads(response.content)
    assert schema_errors(PROBLEM, problem) == []
    assert [error["parameter"] for error in problem["errors"]] == [named]


def test_locale_that_is_not_public_is_not_found(client, starter_release, settings):
    settings.RELEASES_DIR = starter_release
    for locale in ("cy", "xx", "..", "en'"):
        assert client.get(f"/api/v1/{locale}/search/", {"q": "listening"}).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        '"listening', "listening AND", "NEAR(a b)", "title:listening", "listening*", "^listening", "-listening",
        "{title}: x", "a OR b", "(", ")", "';drop table thing;--", "\x00", "<script>alert(1)</script>", "%", "_",
        "''", "!!!", "🎈", "\u200f", "ﷺ", "e\u0301", "NOT", "*", "+", "listening + talking",
    ],
)  # fmt: skip
def test_syntax_of_the_index_has_no_meaning(ask, query):
    found = ask(query)
    assert "<script" not in json.dumps(found)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_any_words_make_a_sound_expression(text):
    for language in ("en", "cy", "ar", "ja"):
        terms = terms_of(text, language)
        inside = all_of(terms).replace(" AND ", "").replace(" OR ", "").replace("*", "").strip("()")
        assert inside.count('"') % 2 == 0
        assert all('"' not in found for term in terms for found in term.stems)


def test_drafts_are_never_found(client, publish, mark, releases):
    mark.title = "Listening to xylophones"
    mark.save_revision()
    publish(Mark.objects.get(code="sharing-power", locale=mark.locale))
    assert client.get("/api/v1/en/search/", {"q": "xylophones"}).json()["results"] == []


def test_published_words_are_found_at_once(client, publish, mark, releases):
    mark.title = "Listening to xylophones"
    publish(mark)
    [found] = client.get("/api/v1/en/search/", {"q": "xylophone"}).json()["results"]
    assert found["title"] == "Listening to xylophones"


def test_unpublished_words_are_gone_at_once(client, mark, releases, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mark.unpublish()
    codes = [found["code"] for found in client.get("/api/v1/en/search/", {"q": "listening"}).json()["results"]]
    assert "listening" not in codes


def test_same_question_is_not_answered_twice(client, starter_release, settings):
    settings.RELEASES_DIR = starter_release
    etag = client.get("/api/v1/en/search/", {"q": "listening"})["ETag"]
    again = client.get("/api/v1/en/search/", {"q": "listening"}, headers={"if-none-match": etag})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    assert client.get("/api/v1/en/search/", {"q": "power"}, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's o'r gorau", ["It", "s", "o", "r", "gorau"]),
        ("مُشَارَكَة النَّاس", ["مُشَارَكَة", "النَّاس"]),
        ("会議 room", ["会", "議", "room"]),
        ("café", ["café"]),
        ("2026, 10–12", ["2026", "10", "12"]),
    ],
)
def test_words_are_found_in_every_script(text, words):
    assert [word[0] for word in words_in(text)] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "CAFE"), ("ŵyr", "wyr"), ("مُشَارَكَة", "مشاركه"), ("الإستماع", "الاستماع"), ("ﬁne", "fine")],
)
def test_folded_words_are_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "listening", "listened"),
        ("cy", "marciau", "marc"),
        ("cy", "lleisiau", "llais"),
        ("ar", "المهارات", "مهارة"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


def test_excerpt_is_cut_around_the_hit():
    text = "word " * 200 + "needle " + "word " * 200
    starts = [word.start() for word in words_in(text)]
    shown = excerpt(text, starts, [200])
    assert "<mark>needle</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < LENGTH + 40


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        ("listening", "en", "We listened; a list.", "We <mark>listened</mark>; a list."),
        ("lis", "en", "A list, unlisted", "A <mark>list</mark>, unlisted"),
        ("li", "en", "A list of li", "A list of <mark>li</mark>"),
        ("<b>", "en", "<b> & c", "&lt;<mark>b</mark>&gt; &amp; c"),
        ("共同", "ja", "私たちの共同制作と同じ", "私たちの<mark>共同</mark>制作と同じ"),
        ("a.c", "en", "abc a c", "abc <mark>a</mark> <mark>c</mark>"),
    ],
)
def test_excerpt_marks_what_was_found(query, language, text, expected):
    words = list(words_in(text))
    stems = " ".join(stem(word[0], language) for word in words)
    hits = hits_in(stems, tuple(terms_of(query, language)))
    assert excerpt(text, [word.start() for word in words], hits) == expected


def test_marked_text_is_safe_html():
    shown = marked("<b>listen</b> & learn", terms_of("listening", "en"), "en")
    assert shown == "&lt;b&gt;<mark>listen</mark>&lt;/b&gt; &amp; learn"
