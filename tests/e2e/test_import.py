"""A co-producer brings a page of text: drafts come of it, and people publish them by hand in the admin."""

import json
from dataclasses import dataclass
from itertools import takewhile

import pytest

from api.releases.manifest import current_id
from tests.e2e.admin import choose, error_at, open_editor, press, wait_for_autosave
from tests.e2e.conftest import Served
from tests.e2e.documents import MARKS, TITLE, write_all
from tests.programs import manage
from toolkit.models.voices import CONSENT_MISSING

WORDS = "I waited eleven weeks for forty pounds."
NAME = "Morag Bell"
QUOTE_TITLE = "I waited eleven weeks for forty pounds…"
STAGE, MARK, QUOTE = "finding-the-money", "paying-people-on-time", "i-waited-eleven-weeks-for-forty-pounds"
IMPORTED = {
    "page": {
        "stage": f"/en/{STAGE}/",
        "mark": f"/en/{STAGE}/{MARK}/",
        "quote": f"/en/voices/{QUOTE}/",
    },
    "document": {
        "stage": f"/api/v1/en/stages/{STAGE}/",
        "mark": f"/api/v1/en/marks/{MARK}/",
        "quote": f"/api/v1/en/quotes/{QUOTE}/",
    },
}


@dataclass(frozen=True)
class Import:
    """What importing the same page again and again said, and the release before and after each time."""

    dry: dict[str, str]
    first: str
    second: str
    releases: list[int]


@pytest.fixture(scope="session")
def imported(served, tmp_path_factory) -> Import:
    """The page is tried in every format, then imported twice."""
    files = write_all(tmp_path_factory.mktemp("documents"))
    releases = [current_id(served.data / "releases")]
    dry = {end: import_page(served, file, "--dry-run") for end, file in files.items()}
    first = import_page(served, files["txt"])
    second = import_page(served, files["txt"])
    return Import(dry, first, second, [*releases, current_id(served.data / "releases")])


def import_page(served: Served, file, *options: str) -> str:
    return manage(served.data, "import_page", str(file), *options)


def items(report: str, heading: str) -> list[str]:
    """The items of a list in a report, below its heading."""
    _, _, rest = f"\n{report}".partition(f"\n{heading}:\n")
    return list(takewhile(lambda line: line.startswith("  - "), rest.splitlines()))


def test_every_format_makes_the_same(imported):
    would = {end: items(report, "This would be made") for end, report in imported.dry.items()}
    assert len(would["txt"]) == 5
    assert would == dict.fromkeys(["txt", "md", "html", "docx"], would["txt"])


def test_dry_run_makes_nothing(imported):
    """Had one of the four made something, the import after them would have found it there."""
    assert items(imported.first, "Made, as drafts") == items(imported.dry["txt"], "This would be made")


def test_import_makes_drafts_of_all(imported):
    made = "\n".join(items(imported.first, "Made, as drafts"))
    assert [title for title in (TITLE, *MARKS, QUOTE_TITLE) if title not in made] == []


def test_second_import_makes_nothing(imported):
    assert items(imported.second, "Made, as drafts") == ["  - nothing"]
    there = "\n".join(items(imported.second, "There already"))
    assert [title for title in (TITLE, *MARKS) if title not in there] == []


def test_import_publishes_nothing(imported, served):
    before, after = imported.releases
    assert after == before
    assert public(served) == {"page": [], "document": []}


def test_imported_page_is_published_by_hand(imported, served, admin):
    for title, name in ((TITLE, "stage"), (MARKS[1], "mark")):
        open_editor(admin, title)
        press(admin, "Publish")
        assert [name in found for found in public(served).values()] == [True, True]
    assert WORDS not in served.get(IMPORTED["page"]["mark"]).text

    open_editor(admin, QUOTE_TITLE)
    press(admin, "Publish")
    assert error_at(admin, "consent") == str(CONSENT_MISSING)
    choose(admin, "consent", "given")
    wait_for_autosave(admin)
    press(admin, "Publish")
    everything = ["stage", "mark", "quote"]
    assert public(served) == {"page": everything, "document": everything}
    assert_shown(served)


def public(served: Served) -> dict[str, list[str]]:
    """Which of the imported things readers and programs can get at."""
    return {
        form: [name for name, path in paths.items() if served.get(path).status == 200]
        for form, paths in IMPORTED.items()
    }


def assert_shown(served: Served):
    """The stage leads to the mark, the mark shows the words with their credit, and lists have all of them."""
    stage, mark = (json.loads(served.get(IMPORTED["document"][name]).text) for name in ("stage", "mark"))
    assert [found["title"] for found in stage["marks"]] == [MARKS[1]]
    quote = next(block["quote"] for block in mark["body"] if block["type"] == "quote")
    assert (WORDS in quote["html"], quote["credit"]["name"]) == (True, NAME)
    page = served.get(IMPORTED["page"]["mark"]).text
    assert WORDS in page and NAME in page
    assert WORDS in served.get("/en/voices/").text
    assert TITLE in served.get("/en/").text and TITLE in served.get("/api/v1/en/").text
