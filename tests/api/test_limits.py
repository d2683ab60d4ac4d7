"""Whoever asks too often is told when to come back; everybody else notices nothing."""

import json
import sqlite3
from concurrent.futures import ProcessPoolExecutor

import pytest

from api.limits import Counter, network, reader
from tests.contract import contract_errors

NAME = b"somebody"


@pytest.fixture
def counter(tmp_path):
    return Counter(tmp_path / "limits.sqlite3")


def allowed(counter, *, times: int, per_minute: int, now: float, unsure: int = 0) -> int:
    return [counter.ask(NAME, most=per_minute, now=now, unsure=unsure) for _ in range(times)].count(0)


def test_share_of_a_minute_may_be_used_at_once(counter):
    assert allowed(counter, times=50, per_minute=30, now=0) == 30


@pytest.mark.parametrize(("seconds", "again"), [(0, 0), (1.9, 0), (2, 1), (10, 5), (60, 30), (6000, 30)])
def test_share_comes_back_evenly(counter, seconds, again):
    allowed(counter, times=50, per_minute=30, now=1000)
    assert allowed(counter, times=50, per_minute=30, now=1000 + seconds) == again


def test_answer_says_how_long_to_wait(counter):
    allowed(counter, times=12, per_minute=12, now=1000)
    seconds = counter.ask(NAME, most=12, now=1001)
    assert seconds == 4
    assert counter.ask(NAME, most=12, now=1001 + seconds) == 0


def test_others_are_not_kept_waiting(counter):
    allowed(counter, times=50, per_minute=10, now=0)
    assert counter.ask(b"somebody else", most=10, now=0) == 0


def ask_often(file) -> int:
    # Who cannot be counted in time would else be let through.
    return allowed(Counter(file), times=200, per_minute=100, now=1000, unsure=1)


def test_no_more_get_through_however_many_ask_at_once(tmp_path):
    with ProcessPoolExecutor(4) as processes:
        assert sum(processes.map(ask_often, [tmp_path / "limits.sqlite3"] * 8)) == 100


def test_broken_file_keeps_nobody_away(tmp_path):
    file = tmp_path / "limits.sqlite3"
    file.write_bytes(b"no database at all" * 1000)
    assert allowed(Counter(file), times=50, per_minute=10, now=0) == 50


def test_broken_file_lets_nobody_guess(tmp_path):
    file = tmp_path / "limits.sqlite3"
    file.write_bytes(b"no database" * 100)
    assert Counter(file).ask(b"somebody", most=10, now=0, unsure=1) == 1


def test_file_that_is_deleted_is_made_anew(tmp_path):
    file = tmp_path / "limits.sqlite3"
    allowed(Counter(file), times=50, per_minute=10, now=0)
    file.unlink()
    assert allowed(Counter(file), times=50, per_minute=10, now=0) == 10


def test_file_is_closed_to_others(counter):
    counter.ask(NAME, most=10, now=0)
    assert counter.file.stat().st_mode & 0o077 == 0


def test_readers_are_forgotten(counter, monkeypatch):
    monkeypatch.setattr("api.limits.FORGET_AFTER", 10)
    for number in range(40):
        counter.ask(str(number).encode(), most=60, now=number * 10.0)
    with sqlite3.connect(counter.file) as database:
        [[kept]] = database.execute("select count(*) from reader").fetchall()
    assert kept < 15


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::4", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
        ("", "", True),
    ],
)
def test_reader_is_a_network(one, other, are_one):
    assert (network(one) == network(other)) is are_one


def test_only_a_proxy_of_ours_is_believed(settings):
    meta = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7, 203.0.113.5"}
    settings.BEHIND_PROXY = False
    assert reader(meta) == reader({"REMOTE_ADDR": "192.0.2.1"})
    settings.BEHIND_PROXY = True
    assert reader(meta) == reader({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.5"})
    assert reader(meta) != reader({"REMOTE_ADDR": "192.0.2.1"})


@pytest.fixture
def limited(client, starter_release, settings, tmp_path):
    settings.RELEASES_DIR, settings.DATA_DIR, settings.API_REQUESTS_PER_MINUTE = starter_release, tmp_path, 3
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/api/v1/en/search/?q=listening", "/api/v1/en/marks/?page=2", "/api/v1/changes/?since=0"]
)
def test_too_many_questions_are_refused_in_words(limited, address):
    assert [limited.get(address).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = limited.get(address)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 0 < int(refused.headers["Retry-After"]) <= 20
    assert contract_errors(address, json.loads(refused.content), 429) == []


@pytest.mark.django_db
def test_what_is_released_is_not_counted(limited):
    addresses = ["/api/v1/en/marks/", "/api/v1/en/marks/listening/", "/en/"]
    assert {limited.get(address).status_code for address in addresses for _ in range(5)} == {200}
