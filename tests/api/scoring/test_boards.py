"""What a group does on a board, through the API."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import get_language
from rest_framework.serializers import ListSerializer, Serializer

from api.scoring.models import Board, Participant
from api.scoring.services.ending import end_boards
from api.scoring.shapes import BoardDocument
from cms.publishing.publish import publish as publish_site
from tests.api.scoring.boards import START, Device, opened
from tests.contract import CONTRACT, answer_errors

pytestmark = pytest.mark.django_db


def test_group_scores_shows_and_agrees(two):
    first, second = two
    assert [first.answer(3).status_code, second.answer("not-yet").status_code] == [204, 204]
    first.show()
    assert second.mark()["result"] is None
    second.show()
    assert first.mark()["result"]["scores"] == [{"score": 3, "count": 1}]
    assert first.mark()["result"]["not_yet"] == 1
    assert first.agree(4, "We listen, mostly.").status_code == 204
    text = {"mark": first.marks()[0], "score": 2, "text": "Not to everyone."}
    assert second.send("put", f"/board/dissents/{uuid4()}/", text).status_code == 204
    [dissent] = first.mark()["dissents"]
    assert (dissent["text"], dissent["lang"], dissent["mine"]) == ("Not to everyone.", "cy", False)


def test_each_person_reads_in_their_language(two):
    assert [device.board()["locale"] for device in two] == ["en", "cy"]
    refused = two[1].send("post", "/board/show/").json()
    assert refused["detail"] != two[0].send("post", "/board/show/").json()["detail"]
    assert two[1].mark()["lang"] == "en"


def test_second_asker_shows_what_first_asked(two):
    first, second = two
    first.answer(5)
    first.show()
    assert (first.board()["round"]["asked_by_me"], second.board()["round"]["asked"]) == (True, True)
    second.send("delete", "/board/show/")
    assert not first.board()["round"]["asked"]


def test_board_of_one_shows_at_once(one):
    one.answer(5)
    one.show()
    assert one.board()["round"]["shown_at"]


def test_nothing_answered_cannot_be_shown(one):
    response = one.show()
    assert (response.status_code, response.json()["code"]) == (409, "nothing-to-show")


def test_late_answer_counts_once(two):
    first, second = two
    first.answer(5)
    first.show(), second.show()
    assert second.answer(6).status_code == 204
    assert second.answer(7).json()["code"] == "shown"
    assert [one["score"] for one in first.mark()["result"]["scores"]] == [5, 6]


def test_repeated_write_is_made_once(two):
    first, second = two
    write = uuid4()
    first.answer(3, write=write)
    first.answer(8)
    assert first.answer(3, write=write).status_code == 204
    assert first.mark()["mine"] == 8


def test_opening_twice_gives_one_board(releases):
    body, write = {"locale": "en", "codes": ["listening"]}, uuid4()
    answers = [Device().send("post", "/boards/", body, write=write).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert (Board.objects.count(), Participant.objects.count()) == (1, 1)


def test_conflict_on_agreed_shows_both(two):
    first, second = two
    first.answer(5)
    first.show(), second.show()
    first.agree(4, "First")
    response = second.agree(6, "Second")
    assert response.status_code == 409
    assert (response.json()["current"]["why"], response.json()["yours"]["why"]) == ("First", "Second")
    assert second.agree(6, "Both", version=1).status_code == 204


def test_nothing_is_agreed_before_showing(one):
    one.answer(5)
    assert one.agree(5).json()["code"] == "not-shown"


def test_notes_are_own_until_shown(two):
    first, second = two
    first.write("snake", "Too fast")
    assert second.mark()["notes"] == []
    [note] = first.mark()["notes"]
    assert note["mine"]
    first.answer(5)
    first.show(), second.show()
    assert [note["text"] for note in second.mark()["notes"]] == ["Too fast"]


def test_note_of_another_cannot_be_changed_unseen(two):
    first, second = two
    note = str(uuid4())
    first.write("snake", "Too fast", note=note)
    assert second.write("ladder", "Mine", note=note).status_code == 404
    assert second.send("delete", f"/board/notes/{note}/").status_code == 404
    assert first.mark()["notes"][0]["text"] == "Too fast"


def test_new_round_shows_then_and_now(one):
    one.answer(3)
    one.show()
    one.agree(3, "Then")
    assert one.send("put", "/board/rounds/2/").status_code == 204
    mark = one.mark()
    assert (mark["mine"], mark["agreed"], mark["before"][0]["agreed"]["answer"]) == (None, None, 3)
    assert not mark["before"][0]["wording_changed"]


def test_two_who_start_a_round_start_one(two):
    first, second = two
    first.answer(3)
    first.show(), second.show()
    for device in two:
        device.send("put", "/board/rounds/2/")
    assert first.board()["rounds"] == 2


def test_board_holds_so_many_rounds(one, monkeypatch):
    monkeypatch.setattr("api.scoring.services.rounds.MOST_ROUNDS", 1)
    one.answer(3)
    one.show()
    assert one.send("put", "/board/rounds/2/").json()["code"] == "too-many-rounds"


def test_changed_wording_is_told(one, mark):
    one.answer(3)
    one.show()
    mark.summary = "Something quite different."
    mark.save_revision().publish()
    publish_site()
    one.send("put", "/board/rounds/2/")
    assert [past["wording_changed"] for mark in one.board()["marks"] for past in mark["before"]] == [True, False]


def test_forgetting_scores_keeps_range(two):
    first, second = two
    first.answer(2), second.answer(9)
    first.show(), second.show()
    assert first.send("post", "/board/forget/").json()["code"] == "nothing-to-forget"
    first.agree(6)
    assert first.send("post", "/board/forget/").status_code == 204
    result = second.mark()["result"]
    assert (result["scores"], result["lowest"], result["highest"], result["count"]) == ([], 2, 9, 2)
    assert result["forgotten"]


def test_leaving_takes_all_that_was_said(two):
    first, second = two
    second.answer(9)
    second.write("snake", "Mine")
    assert second.send("delete", "/board/me/").status_code == 204
    assert second.send("get", "/board/").status_code == 401
    assert (first.mark()["answered"], len(first.board()["people"])) == (0, 1)


def test_next_person_cannot_go_back(one):
    one.answer(9)
    given = one.send("post", "/board/hand-over/", {"locale": "cy"}).json()
    assert one.send("get", "/board/").status_code == 401
    other = Device(given["token"])
    assert (other.mark()["mine"], other.mark()["answered"], given["taken_token"]) == (None, 1, "")


def test_handing_over_twice_adds_one_person(one):
    body, write = {"locale": "cy", "takes_link": True}, uuid4()
    answers = [one.send("post", "/board/hand-over/", body, write=write).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert Participant.objects.count() == 2
    assert one.send("post", "/board/hand-over/", body).status_code == 401


def test_whoever_hands_over_can_go_on_elsewhere(one):
    one.answer(9)
    given = one.send("post", "/board/hand-over/", {"locale": "cy", "takes_link": True}).json()
    assert Device(given["taken_token"]).mark()["mine"] == 9


def test_sheet_of_paper_counts_as_person(one):
    body = {"answers": dict(zip(one.marks(), ["٤", "not-relevant"], strict=True))}
    assert one.send("post", "/board/sheets/", body).status_code == 204
    one.show()
    assert one.mark()["result"]["scores"] == [{"score": 4, "count": 1}]


def test_own_mark_can_be_added_and_taken_off(one):
    mark = uuid4()
    one.send("put", f"/board/marks/{mark}/", {"title": "Tea and time"})
    assert one.mark(2)["title"] == "Tea and time"
    assert one.send("delete", f"/board/marks/{mark}/").status_code == 204
    assert len(one.marks()) == 2


def test_own_mark_in_use_stays(one):
    mark = uuid4()
    one.send("put", f"/board/marks/{mark}/", {"title": "Tea and time"})
    one.answer(5, place=2)
    assert one.send("delete", f"/board/marks/{mark}/").json()["code"] == "mark-in-use"


@pytest.mark.parametrize("typed", [str, str.upper, lambda code: f" {code[:4]} - {code[4:]} "])
def test_code_lets_people_join(one, typed):
    code = one.board()["invitation"]["code"]
    response = Device().send("post", "/boards/join/", {"code": typed(code), "locale": "ar"})
    assert Device(response.json()["token"]).board()["locale"] == "ar"


def test_idle_code_ends(one):
    code = one.board()["invitation"]["code"]
    Board.objects.update(code_until=timezone.now())
    assert Device().send("post", "/boards/join/", {"code": code, "locale": "en"}).json()["code"] == "no-such-board"
    assert one.board()["invitation"]["code"] == ""
    one.send("post", "/board/code/")
    assert one.board()["invitation"]["code"] not in ("", code)


def test_code_spells_no_word(one):
    """It is read out in a hall, and hangs on its wall."""
    seen = set()
    for _ in range(20):
        one.send("post", "/board/code/")
        seen.add(one.board()["invitation"]["code"])
    assert len(seen) == 20
    assert set("".join(seen)).isdisjoint("aeiouy")


def test_code_lasts_as_long_as_people_come(one):
    almost_over = timezone.now() + timedelta(minutes=5)
    Board.objects.update(code_until=almost_over)
    code = one.board()["invitation"]["code"]
    one.joined()
    assert Board.objects.get().code_until > almost_over + timedelta(hours=47)
    assert one.board()["invitation"]["code"] == code


def test_code_that_has_ended_is_not_brought_back(one):
    Board.objects.update(code_until=timezone.now())
    one.joined()
    assert one.board()["invitation"]["code"] == ""


def test_group_can_close_joining(two):
    first, second = two
    path = first.board()["invitation"]["path"]
    second.send("put", "/board/joining/", {"open": False})
    body = {"token": path.rstrip("/").rpartition("/")[2], "locale": "cy"}
    assert Device().send("post", "/boards/join/", body).status_code == 403
    assert first.board()["invitation"] == {"open": False, "code": "", "path": ""}


def test_new_link_ends_the_old_one(keeper_and_two):
    keeper, first, _second = keeper_and_two
    old = first.board()["invitation"]["path"].rstrip("/").rpartition("/")[2]
    assert first.send("post", "/board/link/").status_code == 403
    keeper.send("post", "/board/link/")
    assert Device().send("post", "/boards/join/", {"token": old, "locale": "en"}).status_code == 404
    assert first.joined().board()["id"] == first.board()["id"]


def test_only_keeper_deletes_the_board(keeper_and_two):
    keeper, first, _second = keeper_and_two
    assert first.send("delete", "/board/").status_code == 403
    assert keeper.answer(5).status_code == 403
    assert keeper.send("delete", "/board/").status_code == 204
    assert not Board.objects.exists()


def test_board_ends_on_its_day(one):
    assert not one.board()["ends_soon"]
    Board.objects.update(ends_on=timezone.now().date() + timedelta(days=20))
    assert one.board()["ends_soon"]
    assert end_boards(now=timezone.now()) == 0
    one.send("put", "/board/end/", {"months": 3})
    assert not one.board()["ends_soon"]
    assert end_boards(now=timezone.now() + timedelta(days=100)) == 1


def test_tokens_are_nowhere_at_rest(keeper_and_two):
    tokens = [device.token for device in keeper_and_two]
    tokens.append(keeper_and_two[1].board()["invitation"]["path"].rstrip("/").rpartition("/")[2])
    kept = str([list(model.objects.values()) for model in (Board, Participant)])
    assert not [token for token in tokens if token in kept]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"codes": []}, "no-marks"),
        ({"codes": ["no-such"]}, "no-such-mark"),
        ({"own_marks": ["x" * 201]}, "mark-title"),
        ({"own_marks": [f"Mark {n}" for n in range(60)]}, "too-many-marks"),
        ({"title": "x" * 201}, "title"),
        ({"name": "x" * 61}, "name"),
    ],
)
def test_wrong_boards_are_refused_in_words(releases, body, code):
    response = Device().send("post", "/boards/", {"locale": "en", "codes": ["listening"], **body})
    assert (response.status_code // 100, response.json()["code"]) == (4, code)
    assert response.json()["detail"].endswith(".")
    assert not Board.objects.exists()


@pytest.mark.parametrize("answer", [0, 11, "=1", "", None, [1], {"a": 1}, 3.5, True])
def test_wrong_answer_says_what_is_allowed(one, answer):
    response = one.answer(answer)
    assert (response.status_code, response.json()["code"]) == (400, "answer")
    assert "from 1 to 10" in response.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b'{"answer": 1e999}', b'{"answer": NaN}'])
def test_unreadable_bodies_are_told_so(one, body):
    path = f"/api/v1/board/answers/{one.marks()[0]}/"
    headers = {"Authorization": f"Bearer {one.token}", "Idempotency-Key": str(uuid4())}
    response = one.client.put(path, body, content_type="application/json", headers=headers)
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_change_without_name_is_refused(one):
    response = one.send("post", "/board/show/", **{"Idempotency-Key": "no"})
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, "Idempotency-Key")


def test_full_board_says_so(one, monkeypatch):
    monkeypatch.setattr("api.scoring.services.joining.MOST_PEOPLE", 1)
    monkeypatch.setattr("api.scoring.services.answers.MOST_NOTES", 0)
    token = one.board()["invitation"]["path"].rstrip("/").rpartition("/")[2]
    assert Device().send("post", "/boards/join/", {"token": token, "locale": "en"}).status_code == 409
    assert one.write("snake", "x").json()["code"] == "too-many-notes"


def test_unknown_token_finds_nothing(releases):
    assert Device("x" * 27).send("get", "/board/").status_code == 401
    assert Device().send("get", "/board/").status_code == 401


def test_scripts_of_other_sites_may_ask(one):
    preflight = one.send("options", "/board/")
    assert "Authorization" in preflight["Access-Control-Allow-Headers"]
    response = one.send("get", "/board/")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_board_reads_in_few_queries(two, django_assert_max_num_queries):
    first, _second = two
    first.board()
    with django_assert_max_num_queries(4):
        first.board()
    first.answer(4)
    with django_assert_max_num_queries(16):
        first.board()


def test_many_boards_cannot_be_opened_at_once(releases, settings, tmp_path):
    settings.DATA_DIR, settings.BOARDS_PER_HOUR = tmp_path, 3
    body = {"locale": "en", "codes": ["listening"]}
    answers = [Device().send("post", "/boards/", body) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert int(answers[3]["Retry-After"]) > 60


def test_wrong_codes_are_limited_and_right_ones_not(one, settings, tmp_path):
    settings.DATA_DIR, settings.BOARD_GUESSES_PER_MINUTE = tmp_path, 3
    right, wrong = ({"code": code, "locale": "en"} for code in (one.board()["invitation"]["code"], "22222222"))
    assert [Device().send("post", "/boards/join/", right).status_code for _ in range(5)] == [201] * 5
    assert [Device().send("post", "/boards/join/", wrong).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert Device().send("post", "/boards/join/", right).status_code == 429


def test_opened_board_says_in_which_language(releases):
    first, keeper = opened(locale="ar")
    assert (first.board()["locale"], keeper.board()["keeper"], first.board()["keeper"]) == ("ar", True, False)


def names_of(value) -> object:
    """Give the names of all that stands in a document or a declared shape, without its values."""
    if isinstance(value, ListSerializer):
        return [names_of(value.child)]
    if isinstance(value, Serializer):
        return {name: names_of(field) for name, field in value.fields.items()}
    if isinstance(value, dict):
        return {name: names_of(one) for name, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [names_of(value[0])]
    return None


def test_board_keeps_to_its_declared_shape(two):
    first, second = two
    for number in (1, 2):
        first.answer(3), first.write("snake", "Too fast")
        first.show(), second.show()
        first.agree(3, "Why")
        body = {"mark": first.marks()[0], "score": 2, "text": "Some"}
        first.send("put", f"/board/dissents/{uuid4()}/", body)
        first.send("put", f"/board/rounds/{number + 1}/") if number == 1 else None
    assert names_of(first.board()) == names_of(BoardDocument())


def test_name_of_one_change_used_for_another_loses_neither(one):
    write = uuid4()
    one.answer(3, write=write), one.answer(8, place=1, write=write)
    assert [mark["mine"] for mark in one.board()["marks"]] == [3, 8]


@pytest.mark.parametrize("number", [0, 3, 100])
def test_next_round_has_the_next_number(one, number):
    one.answer(3), one.show()
    response = one.send("put", f"/board/rounds/{number}/")
    assert (response.status_code, response.json()["code"]) == (404, "no-such-round")
    assert one.board()["rounds"] == 1


@pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
def test_address_beside_those_of_boards_is_not_there(one, method):
    response = one.send(method, "/board/notes/nothing/", *([{}] if method in ("put", "post") else []))
    assert (response.status_code, response.json()["title"]) == (404, "Not found")


@pytest.mark.parametrize(("path", "body"), [("joining", {"open": 0}), ("me", {"locale": "en", "name": 5})])
def test_other_kinds_of_values_are_refused(one, path, body):
    assert one.send("put", f"/board/{path}/", body).status_code == 400


def test_conflict_shows_both_versions_in_their_shapes(two):
    first, second = two
    first.answer(3), first.show(), second.show()
    first.agree(4, "Ours")
    told = second.agree(5, "Theirs").json()
    assert (told["current"]["why"], told["yours"]["why"], told["title"]) == ("Ours", "Theirs", "Conflict")
    note = str(uuid4())
    first.write("snake", "One", note=note)
    told = second.write("ladder", "Other", note=note).json()
    assert (told["current"]["text"], told["current"]["mine"]) == ("One", False)
    operation = CONTRACT["paths"]["/api/v1/board/notes/{note}/"]["put"]
    assert answer_errors(operation, told, 409) == []


def test_language_of_one_is_not_that_of_the_next(two):
    _first, welsh = two
    assert "bwrdd" in welsh.send("put", "/board/rounds/9/").json()["detail"]
    assert get_language() == "en"


def test_stranger_is_told_how_to_show_a_token():
    response = Device("x" * 27).send("get", "/board/")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response.json()["code"] == "no-power"


@pytest.mark.parametrize("path", ["/boards/", "/boards/bring-back/"])
@pytest.mark.parametrize("body", ["[" * 100_000, '{"locale":"en","file":' + "[" * 50_000 + "]" * 50_000 + "}"])
def test_nesting_without_end_is_refused(releases, client, path, body):
    client.raise_request_exception = False
    headers = {"Idempotency-Key": str(uuid4())}
    response = client.post(f"{START}{path}", body, content_type="application/json", headers=headers)
    assert (response.status_code, response.json()["title"]) == (400, "Bad request")


def test_sheet_is_keyed_in_whatever_its_length(two, django_assert_max_num_queries):
    first, _second = two
    for number in range(10):
        first.send("put", f"/board/marks/{uuid4()}/", {"title": f"Tea {number}"})
    sheet = {"answers": dict.fromkeys(first.marks(), 4)}
    with django_assert_max_num_queries(14):
        first.send("post", "/board/sheets/", sheet)
    assert [mark["answered"] for mark in first.board()["marks"]] == [1] * 12
    unknown = {"answers": {first.marks()[0]: 4, str(uuid4()): 5}}
    assert first.send("post", "/board/sheets/", unknown).json()["code"] == "no-such-mark"
    assert first.mark()["answered"] == 1
