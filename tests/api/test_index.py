"""The index of a release: lists show what is public, whatever is published, taken back or broken in the meantime."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from threading import Event, Thread

import pytest
from django.core.management import CommandError

from api.releases.manifest import current_release
from api.search import index as indexing
from api.search.check import fingerprint, fingerprint_made_anew
from api.search.files import NAMES, IndexAway, make, reading
from api.search.lists import find
from tests.damage import cut, flip, remove
from toolkit.models import Stage

pytestmark = pytest.mark.django_db

RANDOM = Random(20261126)
ALL = "/api/v1/en/marks/?per_page=100"


def titles(client, address: str = ALL) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return [mark["title"] for mark in json.loads(response.content)["results"]]


def files_of_index(releases) -> list:
    return [releases / "search" / name for name in NAMES if (releases / "search" / name).exists()]


def is_sound(releases) -> bool:
    """Tell whether what lists are made of is what would be made of the current release alone."""
    root = current_release(releases).resources
    with reading(releases, root) as index:
        [(_number, _name, path)] = index.connection.execute("pragma database_list").fetchall()
    return fingerprint(path) == fingerprint_made_anew(releases, root)


def test_published_title_reaches_the_lists(client, mark, publish, releases):
    mark.title = "Listening well"
    publish(mark)
    assert "Listening well" in titles(client)
    assert is_sound(releases)


def test_every_publish_leaves_a_sound_index(client, mark, publish, releases):
    for number in range(4):
        mark.title = f"Listening {number}"
        publish(mark)
        assert is_sound(releases)
    assert len(files_of_index(releases)) == 2


def test_unpublished_mark_leaves_the_lists(client, mark, releases, django_capture_on_commit_callbacks):
    before = titles(client)
    with django_capture_on_commit_callbacks(execute=True):
        mark.unpublish()
    assert titles(client) == [title for title in before if title != "Listening"]
    assert is_sound(releases)


def test_moved_mark_is_found_in_its_new_stage(client, mark, releases, django_capture_on_commit_callbacks):
    stage = Stage.objects.get(code="review", locale=mark.locale)
    with django_capture_on_commit_callbacks(execute=True):
        mark.move(stage, pos="last-child")
    assert "Listening" in titles(client, "/api/v1/en/marks/?stage=review&per_page=100")
    assert "Listening" not in titles(client, "/api/v1/en/marks/?stage=process&per_page=100")
    assert titles(client)[-1] == "Listening"
    assert is_sound(releases)


def test_rollback_shows_older_lists(client, mark, publish, command):
    mark.title = "Listening well"
    publish(mark)
    command("rollback_release", "1")
    assert "Listening well" not in titles(client)
    command("rollback_release", "2")
    assert "Listening well" in titles(client)


def test_pages_of_one_answer_are_of_one_release(client, mark, publish, releases):
    """Whoever asked before a publish and goes on after it gets what is public then, as a whole."""
    old = current_release(releases).resources
    mark.title = "Listening well"
    publish(mark)
    found = find(releases, old, "en", "marks", filters={}, first=0, most=100)
    assert "Listening well" not in [summary["title"] for summary in found.results]


def misspell(file: Path, random: Random):
    """Change letters in what an index holds: of its bytes as a whole, many mean nothing."""
    file.write_bytes(file.read_bytes().replace(b"Listening", b"Listeninf"))


@pytest.mark.parametrize("way", [misspell, cut, remove])
def test_broken_index_is_made_anew_by_a_repair(client, releases, command, way):
    expected = titles(client)
    [file] = files_of_index(releases)
    way(file, RANDOM)
    if way is remove:
        assert command("verify_release").startswith("All is well")
    else:
        with pytest.raises(CommandError, match="search/1.sqlite3 is not what the release gives"):
            command("verify_release")
    assert "All is well" in command("verify_release", "--repair")
    assert titles(client) == expected
    assert is_sound(releases)


@pytest.mark.parametrize("way", [cut, remove])
def test_lists_answer_though_the_index_is_gone(client, releases, way):
    expected = titles(client)
    for file in files_of_index(releases):
        way(file, RANDOM)
    assert titles(client) == expected


@pytest.mark.parametrize("way", [flip, cut, remove])
def test_publish_goes_on_though_the_index_is_broken(client, mark, publish, releases, way):
    for number in range(2):
        mark.title = f"Listening {number}"
        publish(mark)
    for file in files_of_index(releases):
        way(file, Random(1))
    mark.title = "Listening 2"
    publish(mark)
    mark.title = "Listening 3"
    publish(mark)
    assert "Listening 3" in titles(client)


def test_index_of_other_code_is_made_anew(client, releases, monkeypatch):
    expected = titles(client)
    indexing.software.cache_clear()
    monkeypatch.setattr(indexing, "software", lambda: "newer")
    assert titles(client) == expected
    with closing(sqlite3.connect(files_of_index(releases)[0])) as index:
        assert index.execute("select software from state").fetchone() == ("newer",)


def test_index_that_cannot_be_written_is_said(client, releases, monkeypatch):
    for file in files_of_index(releases):
        file.unlink()
    monkeypatch.setattr("api.search.files.bring", lambda *arguments, **options: raise_full())
    response = client.get(ALL)
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    assert client.get("/api/v1/en/marks/").status_code == 200


def raise_full():
    raise sqlite3.OperationalError("database or disk is full")


def test_readers_never_see_a_mixture(mark, publish, releases):
    """Somebody asks for two releases in turn, over and over again, while indexes are made for them."""
    roots = {}
    for number in range(3):
        mark.title = f"Listening {number}"
        publish(mark)
        roots[f"Listening {number}"] = current_release(releases).resources
    ended, wrong, looks = Event(), [], []

    def read():
        while not ended.is_set():
            for title, root in roots.items():
                try:
                    found = find(releases, root, "en", "marks", filters={"stage": "process"}, first=0, most=100)
                except IndexAway:
                    continue
                looks.append(title)
                if title not in [summary["title"] for summary in found.results]:
                    wrong.append(title)

    readers = [Thread(target=read) for _number in range(3)]
    for reader in readers:
        reader.start()
    for _round in range(20):
        for root in roots.values():
            make(releases, root)
    ended.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert set(looks) == set(roots)
