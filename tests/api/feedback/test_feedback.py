"""Saying on the site whether a page is clear: what follows, what is kept, and for how long."""

import json
import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from api.feedback import pages
from api.feedback.models import Answer
from api.feedback.rules import LONGEST_WORDS
from api.feedback.services import forget_words
from api.limits import counter
from api.releases.manifest import current_id
from api.scoring.toolkit_marks import locales
from cms.worker.housekeeping import HOOKS
from tests.api.feedback.readers import PAGE, PATH, START, WORDS, form_on, reader, say, write
from toolkit.documents.addresses import COLLECTION_OF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(releases):
    """Everything here stands in the look of a release."""


def text_of(response) -> str:
    return response.content.decode()


def counted() -> tuple[int, int]:
    """How many said yes, how many no."""
    return Answer.objects.filter(is_clear=True).count(), Answer.objects.filter(is_clear=False).count()


# --- The question ---------------------------------------------------------------------------------------------------


def test_pages_of_all_types_ask(client):
    for locale in locales():
        outline = json.loads(client.get(f"/api/v1/{locale}/").getvalue())
        asked = set()
        for collection in ("stages", "marks", "quotes", "ideas", "terms", "pages", "easy-read"):
            for one in json.loads(client.get(f"/api/v1/{locale}/{collection}/").getvalue())["results"][:4]:
                fields = form_on(client, one["path"]) if locale == "en" else {"page": f"{one['type']}/{one['code']}"}
                assert fields["page"] == f"{one['type']}/{one['code']}"
                assert client.get(f"/{locale}/feedback/?page={fields['page']}").status_code == 200
                asked.add(one["type"])
        assert f'value="toolkit/{outline["code"]}"' in client.get(outline["path"]).getvalue().decode()
        assert asked - {"page", "lake", "voices", "glossary"} <= set(COLLECTION_OF)


@pytest.mark.parametrize(
    "path", ["/en/lake/?kind=activity", "/en/search/?q=tea", "/en/search/", "/en/score/", "/en/nothing/"]
)
def test_answers_and_forms_do_not_ask(client, path):
    response = client.get(path)
    body = response.getvalue() if response.streaming else response.content
    assert b"clear-question" not in body


def test_question_has_an_address_of_its_own(client):
    response = client.get(START, {"page": PAGE})
    assert (response.status_code, f'href="{PATH}"' in text_of(response)) == (200, True)
    assert 'value="mark/listening"' in text_of(response)
    assert counted() == (0, 0)


# --- The answer -----------------------------------------------------------------------------------------------------


def test_yes_is_counted_and_thanked(releases):
    response = say("yes")
    assert re.fullmatch(f"page={PAGE}&own=[^&]+&said=yes", response.request["QUERY_STRING"])
    assert "Your answer is counted" in text_of(response)
    assert (f'href="{PATH}"' in text_of(response), "<textarea" in text_of(response)) == (True, False)
    answer = Answer.objects.get()
    assert (answer.is_clear, answer.words, answer.locale, answer.day) == (True, "", "en", timezone.localdate())
    assert answer.release == current_id(releases)


def test_nothing_of_a_reader_is_kept():
    assert {field.name for field in Answer._meta.fields} == {
        "id", "page", "locale", "release", "is_clear", "words", "day"
    }  # fmt: skip


def test_no_asks_for_words_and_counts_once():
    by = reader()
    response = say("no", by=by)
    assert ("What was hard to understand?" in text_of(response), counted()) == (True, (0, 1))
    assert "Your words have arrived" in text_of(write(by=by))
    assert counted() == (0, 1)
    assert Answer.objects.get().words == WORDS


def test_words_alone_are_an_answer():
    write()
    assert (counted(), Answer.objects.get().words) == ((0, 1), WORDS)


def test_words_of_two_readers_are_both_kept():
    for words in ("First.", "Second."):
        by = reader()
        say("no", by=by)
        write(words, by=by)
    assert sorted(Answer.objects.values_list("words", flat=True)) == ["First.", "Second."]


def test_words_of_the_day_before_yesterday_are_somebody_elses():
    say("no")
    Answer.objects.update(day=timezone.localdate() - timedelta(days=2))
    write()
    assert counted() == (0, 2)


def test_press_that_comes_twice_counts_once():
    by = reader()
    for _press in range(3):
        assert "What was hard" in text_of(say("no", by=by))
    for _press in range(2):
        write(by=by)
    assert counted() == (0, 1)
    say("no", by=reader())
    say("yes", by=by)
    assert counted() == (1, 2)


def test_words_that_come_again_later_count_once():
    write(by=reader())
    write(by=reader())
    assert counted() == (0, 1)


def test_loading_the_thanks_again_says_nothing(client):
    assert client.get(f"{START}?{say('yes').request['QUERY_STRING']}").status_code == 200
    assert counted() == (1, 0)


@pytest.mark.parametrize("language", ["en", "cy", "ar", "es"])
def test_every_language_has_the_pages(language):
    response = say("no", start=f"/{language}/feedback/")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in text_of(response)
    # Where the page itself is not to be had in a language, the answer is about what was read.
    assert Answer.objects.get().locale in {language, "en"}


def test_pages_are_nobody_elses_business(client):
    for response in (say("no"), write(), client.get(START), client.get(START, {"page": PAGE})):
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert (response["X-Robots-Tag"], response.cookies) == ("noindex", {})


# --- Taking it back -------------------------------------------------------------------------------------------------


def take_back(response, *, by):
    """Press the button on the page that thanks."""
    own = re.search(r'name="own" value="([^"]+)"', text_of(response))[1]
    return say(by=by, step="back", own=own)


def test_answer_is_taken_back_with_its_words():
    by, other = reader(), reader()
    say("no", by=other)
    say("no", by=by)
    response = take_back(write(by=by), by=by)
    assert ("Your answer is deleted" in text_of(response), counted()) == (True, (0, 1))
    assert Answer.objects.get().words == ""


def test_words_go_to_their_own_answer():
    by = reader()
    own = re.search(r'name="own" value="([^"]+)"', text_of(say("no", by=by)))[1]
    first = Answer.objects.get().pk
    say("no", by=reader())
    write(by=by, own=own)
    assert Answer.objects.get(words=WORDS).pk == first


def test_press_that_comes_twice_is_taken_back_once():
    by = reader()
    say("yes", by=by)
    again = say("yes", by=by)
    for _press in range(2):
        assert take_back(again, by=by).status_code == 200
    assert counted() == (0, 0)


def test_answer_can_be_given_anew_at_once():
    by = reader()
    take_back(say("yes", by=by), by=by)
    say("yes", by=by)
    assert counted() == (1, 0)


@pytest.mark.parametrize("own", ["", "1", "1:x:y", "\x00"])
def test_nobody_takes_back_what_others_said(own):
    say("yes")
    response = say(step="back", own=own)
    assert (response.status_code, "cannot be taken back any more" in text_of(response)) == (400, True)
    assert counted() == (1, 0)


# --- What is wrong --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x" * (LONGEST_WORDS + 1), "at most 1000 characters"),
        (" \n", "Write down what was hard"),
        ("See https://x.test", "leave web addresses out"),
    ],
)
def test_wrong_words_are_told_and_kept(words, said):
    response = write(words)
    assert (response.status_code, said in text_of(response), words.strip() in text_of(response)) == (400, True, True)
    assert counted() == (0, 0)


def test_odd_answers_are_asked_again():
    for clear in ("", "maybe", "\x00"):
        response = say(clear)
        assert (response.status_code, "Press one of the two buttons" in text_of(response)) == (400, True)
    assert counted() == (0, 0)


def test_programs_are_asked_once_more():
    response = write(website="http://x.test")
    assert (response.status_code, WORDS in text_of(response), "x.test" in text_of(response)) == (400, True, False)
    assert say("yes", website="x").status_code == 400
    assert counted() == (0, 0)


@pytest.mark.parametrize("page", ["", "mark/nothing", "../../en", "quote/", "mark/%00", "toolkit/other", "x" * 9000])
def test_unknown_pages_are_not_there(client, page):
    assert client.get(START, {"page": page}).status_code == 404
    response = write(page=page)
    assert (response.status_code, WORDS in text_of(response)) == (404, True)
    assert counted() == (0, 0)


def test_who_says_too_much_waits(settings):
    settings.FEEDBACK_PER_HOUR = 2
    counter(settings.DATA_DIR / "limits.sqlite3").ask(b"set up", most=1, now=0)
    by = reader()
    answers = [write(f"Words {number}", by=by) for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Words 2" in text_of(answers[2])
    assert int(answers[2]["Retry-After"]) > 0


def test_nothing_is_lost_while_the_database_is_away(monkeypatch):
    def away(**_given):
        raise OperationalError

    by = reader()
    with monkeypatch.context() as patched:
        patched.setattr(pages, "keep", away)
        response = write(by=by)
        assert (response.status_code, WORDS in text_of(response), response["Retry-After"]) == (503, True, "30")
    # Sent again at once, it is not taken for the same press.
    write(by=by)
    assert counted() == (0, 1)


def test_question_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(START, {"page": PAGE}).status_code == 200


# --- Forgetting -----------------------------------------------------------------------------------------------------


def test_answers_are_forgotten_after_a_year():
    today = timezone.localdate()
    for days in (365, 366):
        write(f"Old by {days} days")
        Answer.objects.filter(words__contains=str(days)).update(day=today - timedelta(days=days))
    next(hook for _every, hook in HOOKS if hook.__name__ == "forget_old_feedback")()
    assert list(Answer.objects.values_list("words", flat=True)) == ["Old by 365 days"]


def test_withdrawn_words_go_and_the_answer_counts():
    write("I do not get: THEY wrote  our words — on the wall!")
    write("Something else")
    write("I know that nobody asked.")
    assert forget_words(["They wrote our words on the wall.", "no", ""]) == 1
    assert sorted(Answer.objects.values_list("words", flat=True)) == [
        "",
        "I know that nobody asked.",
        "Something else",
    ]
