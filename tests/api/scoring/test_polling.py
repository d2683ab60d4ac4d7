"""A device that asks for its board is answered before Django's own stack; when nothing has changed, in one read."""

import json

import pytest
from django.db import OperationalError, connection

from api.headers import NAMES, TABLE, Kind
from api.scoring.polling import Polling
from api.scoring.toolkit_marks import marks
from tests.api.scoring.boards import Device
from tests.wsgi import Answer

pytestmark = pytest.mark.django_db

BOARD = "/api/v1/board/"


def behind(_environ, start_response):
    start_response("200 OK", [])
    return [b"all of Django"]


def ask(token: str, etag: str, path: str = BOARD) -> Answer:
    return Answer(Polling(behind), path, authorization=f"Bearer {token}", if_none_match=etag)


def etag_of(device: Device) -> str:
    return device.send("get", "/board/")["ETag"]


def test_unchanged_board_takes_one_read(two, django_assert_num_queries):
    first, _second = two
    etag = etag_of(first)
    with django_assert_num_queries(1):
        answer = ask(first.token, etag)
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", etag)
    assert (int(answer.headers["Retry-After"]), answer.headers["Cache-Control"]) == (3, "no-store")


def test_what_others_can_see_is_told(two):
    first, second = two
    etag = etag_of(first)
    second.answer(4)
    answer = ask(first.token, etag)
    assert (answer.status, answer.headers["ETag"]) == (200, etag_of(first))
    assert json.loads(answer.body) == first.board()


def test_answer_of_another_takes_one_read_more(two, django_assert_num_queries):
    """Only who has answered: a town that scores asks for hundreds of boards in a second."""
    first, second = two
    ask(first.token, "")
    second.answer(4)
    with django_assert_num_queries(2):
        answer = ask(first.token, "")
    assert [mark["answered"] for mark in json.loads(answer.body)["marks"]][:2] == [1, 0]


def test_release_with_other_words_is_told_without_a_read(two, monkeypatch, django_assert_num_queries):
    first, _second = two
    etag = etag_of(first)
    assert first.board()["marks"][0]["summary"]
    monkeypatch.setattr("api.scoring.state.outline_id", lambda _locale: "another")
    monkeypatch.setattr("api.scoring.state.toolkit_marks", lambda _locale: {})
    with django_assert_num_queries(1):
        answer = ask(first.token, etag)
    assert json.loads(answer.body)["marks"][0]["summary"] == ""


def test_release_that_words_other_marks_anew_is_not_told(two, monkeypatch, django_assert_num_queries):
    first, _second = two
    etag, words = etag_of(first), marks("en")
    on_board = {mark["code"] for mark in first.board()["marks"]}
    elsewhere = {code: {**mark, "title": "Another"} for code, mark in words.items() if code not in on_board}
    assert elsewhere
    monkeypatch.setattr("api.scoring.state.outline_id", lambda _locale: "another")
    monkeypatch.setattr("api.scoring.state.toolkit_marks", lambda _locale: words | elsewhere)
    with django_assert_num_queries(1):
        assert ask(first.token, etag).status == 304


def test_board_is_the_same_before_django_and_behind_it(two):
    first, _second = two
    answer, whole = ask(first.token, ""), first.send("get", "/board/")
    assert answer.body == whole.content
    named = ["Content-Type", "ETag", "Cache-Control", "Access-Control-Allow-Origin", "Referrer-Policy"]
    assert [answer.headers[name] for name in named] == [whole[name] for name in named]


def test_board_has_the_row_of_the_api(two):
    answer = ask(two[0].token, "")
    assert {name: answer.headers[name] for name in NAMES if name in answer.headers} == TABLE[Kind.API]


def test_board_is_never_shown_without_tls(two, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert ask(two[0].token, "").body == b"all of Django"


def test_whoever_takes_no_json_is_left_to_django(two):
    answer = Answer(Polling(behind), BOARD, authorization=f"Bearer {two[0].token}", accept="text/html")
    assert answer.body == b"all of Django"


def test_second_thoughts_are_nobody_elses(two):
    first, second = two
    second.answer(4)
    etag, own = etag_of(first), etag_of(second)
    second.answer(9)
    second.write("snake", "Only mine yet")
    assert (ask(first.token, etag).status, ask(second.token, own).status) == (304, 200)


def test_keeper_is_left_to_django(keeper_and_two):
    keeper, _first, _second = keeper_and_two
    assert ask(keeper.token, "").body == b"all of Django"


@pytest.mark.parametrize("token", ["", "x" * 27])
def test_strangers_are_left_to_django(two, token):
    assert ask(token, "*").body == b"all of Django"


def test_other_addresses_are_left_to_django(two):
    assert ask(two[0].token, etag_of(two[0]), "/api/v1/board/me/").body == b"all of Django"


def test_lost_database_is_left_to_django(two, monkeypatch):
    first, _second = two
    etag = etag_of(first)

    def lost():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", lost)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert ask(first.token, etag).body == b"all of Django"
