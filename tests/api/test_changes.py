"""Whoever keeps a copy stays in step by asking for what changed."""

import json

import pytest

from api.releases.manifest import current_id, current_release, entries_of
from tests.contract import contract_errors
from toolkit.models import Mark, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, releases):
    def answer(address: str) -> dict:
        response = client.get(address)
        assert response.status_code == 200, response.content
        page = json.loads(response.content)
        assert contract_errors(address, page) == []
        return page

    return answer


class Mirror:
    """A copy of all that is public: ETags and new addresses by address, and the release that it is of."""

    def __init__(self, ask, per_page: int = 100):
        self.ask, self.per_page = ask, per_page
        self.release, self.kept = 0, {}

    def follow(self) -> list[dict]:
        """Take up what changed, and give it."""
        page = self.ask(f"/api/v1/changes/?since={self.release}&per_page={self.per_page}")
        found = page["results"]
        while page["next"]:
            page = self.ask(page["next"])
            found += page["results"]
        for one in found:
            if one["change"] == "gone":
                del self.kept[one["path"]]
            else:
                self.kept[one["path"]] = one["etag"] or one["location"]
        self.release = page["release"]
        return found


def public(folder) -> dict[str, str]:
    entries = entries_of(folder, current_release(folder)).items()
    return {path: one.sha256 or one.location for path, one in entries if path.startswith("/") and one.status != 410}


@pytest.mark.parametrize("per_page", [7, 100])
def test_mirror_begins_with_everything(ask, releases, per_page):
    mirror = Mirror(ask, per_page)
    assert {one["change"] for one in mirror.follow()} == {"added"}
    assert mirror.kept == public(releases)
    assert mirror.release == current_id(releases)


def test_mirror_stays_in_step(ask, releases, mark, publish, command, django_capture_on_commit_callbacks):
    """Edited, moved, taken away, put back, rolled back: a copy is what the site is."""
    mirror = Mirror(ask)
    mirror.follow()
    kinds = set()

    def moved():
        mark.move(Stage.objects.get(code="review", locale=mark.locale), pos="last-child")

    def renamed():
        edited = Mark.objects.get(pk=mark.pk)
        edited.title = "Listening well"
        publish(edited)

    for act in (
        renamed,
        moved,
        lambda: Mark.objects.get(pk=mark.pk).unpublish(),
        lambda: command("rollback_release", "2"),
        renamed,
    ):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        kinds |= {one["change"] for one in mirror.follow()}
        assert mirror.kept == public(releases)
        assert mirror.follow() == []
    assert kinds == {"added", "changed", "moved", "gone"}


def test_pages_are_of_the_same_two_releases(ask, mark, publish):
    first = ask("/api/v1/changes/?since=0&per_page=50")
    mark.title = "Listening well"
    publish(mark)
    second = ask(first["next"])
    assert (first["release"], second["release"]) == (1, 1)
    assert first["count"] == second["count"]


def test_change_says_what_to_fetch(ask, mark, publish, client):
    mark.title = "Listening well"
    publish(mark)
    found = {one["path"]: one for one in ask("/api/v1/changes/?since=1&per_page=100")["results"]}
    document = found["/api/v1/en/marks/listening/"]
    assert (document["change"], document["type"]) == ("changed", "application/json")
    assert client.get(document["path"]).headers["ETag"] == f'"{document["etag"]}"'


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "since"),
        ("since=", "since"),
        ("since=-1", "since"),
        ("since=77", "since"),
        ("since=1&to=77", "to"),
        ("since=0&page=999", "page"),
        ("since=0&colour=red", "colour"),
    ],
)
def test_wrong_question_is_answered_in_words(client, releases, query, parameter):
    response = client.get(f"/api/v1/changes/?{query}")
    assert response.status_code == 400
    [error] = response.json()["errors"]
    assert error["parameter"] == parameter
    assert "must" in error["detail"] or "not known" in error["detail"]


def test_release_that_is_not_kept_says_how_to_begin_again(client, mark, publish, command, releases):
    for number in range(3):
        mark.title = f"Listening {number}"
        publish(mark)
    (releases / "000002.json").unlink()
    error = client.get("/api/v1/changes/?since=2").json()["errors"][0]
    assert "one of: 1, 3, 4" in error["detail"]
    assert "since=0" in error["detail"]


def test_same_question_is_not_answered_twice(client, releases):
    first = client.get("/api/v1/changes/?since=0")
    again = client.get("/api/v1/changes/?since=0", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/changes/?since=1", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_before_the_first_release_there_is_nothing(client, tmp_path, settings):
    settings.RELEASES_DIR = tmp_path / "none"
    assert client.get("/api/v1/changes/?since=0").status_code == 404
