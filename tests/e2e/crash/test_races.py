"""Two publishers at the same time: one writes, the other waits, and no edit is lost. CRASH_RACES is how many."""

import os

from tests.e2e.crash.sound import chain, damage, titles

RACES = int(os.environ.get("CRASH_RACES", 6))
MARKS = ("listening", "good-endings")


def overlap(spans: list[list[float]]) -> bool:
    """Tell whether two spans of time have a moment in common."""
    first, second = sorted(spans)
    return second[0] < first[1]


def race(publishers, number: int, *more: dict) -> list[dict]:
    """Let two publishers save an edit each and publish, and give what they said; both must succeed."""
    more = more or ({}, {})
    jobs = [{"races": {code: f"{code} {number}"}, **one} for code, one in zip(MARKS, more, strict=True)]
    done = publishers.run(*jobs)
    assert [one["status"] for one in done] == [0, 0], publishers.log
    said = [one["said"] for one in done]
    assert not overlap([one["held"] for one in said])
    return said


def test_two_publishers_lose_no_edit(place, publishers):
    for number in range(RACES):
        before = chain(place.releases)[0]
        race(publishers, number)
        new = [release for release in chain(place.releases) if release.id > before.id]
        ids = [release.id for release in reversed(new)]
        assert ids in ([before.id + 1], [before.id + 1, before.id + 2])
        assert new[-1].parent == before.id
        state = publishers.one(look=True)["said"]
        assert (state["changes"], state["owner"], state["error"]) == (0, "", "")
        assert titles(place.releases) >= {f"{code} {number}" for code in MARKS}
        assert damage(place.releases) == []
    assert "locked" not in publishers.log
    assert "Traceback" not in publishers.log
