"""What is taken away from a board, and what comes back."""

import csv
import json
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from api.scoring.models import Board
from tests.api.scoring.boards import Device

pytestmark = pytest.mark.django_db

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "\u202e=1",
    "<script>alert(1)</script>",
    "⚠\ufe0f",
]


@pytest.fixture
def scored(two) -> Device:
    """Somebody on a board whose scores are shown and agreed."""
    first, second = two
    first.answer(3), second.answer(8), second.answer("not-yet", place=1)
    first.show(), second.show()
    first.agree(6, "=cmd()")
    for kind, text in zip(["snake", "ladder", "action"] * 3, HOSTILE, strict=True):
        first.write(kind, text)
    return first


def file(device: Device, kind: str) -> bytes:
    response = device.send("get", f"/board/export.{kind}")
    assert response.status_code == 200
    assert f".{kind}" in response["Content-Disposition"]
    return response.content


def text_of(content: bytes, kind: str) -> str:
    """Give what somebody reads in a file. A spreadsheet says when it was made, too, and is packed."""
    if kind == "xlsx":
        return repr([[cell.value for cell in row] for row in load_workbook(BytesIO(content)).active])
    return content.decode()


def test_csv_opens_in_excel_without_formulas(scored):
    content = file(scored, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert (lines[0]["All scores"], lines[0]["Agreed"], lines[0]["Why"]) == ("3, 8", "6", "'=cmd()")
    assert not [cell for line in lines for cell in line.values() if cell.startswith(tuple("=+-@\t"))]


def test_spreadsheet_has_numbers_and_no_formulas(scored):
    sheet = load_workbook(BytesIO(file(scored, "xlsx"))).active
    cells = [cell for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [sheet["D2"].value, sheet["E2"].value, sheet["I2"].value, sheet["J2"].value] == [3, 8, 6, "=cmd()"]


def test_arabic_spreadsheet_reads_from_the_right(scored):
    sheet = load_workbook(BytesIO(file(scored.joined(locale="ar"), "xlsx"))).active
    assert sheet.sheet_view.rightToLeft


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_hidden_scores_are_in_no_export(two, kind):
    first, second = two
    first.write("snake", "unseen-words")
    before = text_of(file(second, kind), kind)
    first.answer(7)
    assert "unseen-words" not in before
    assert text_of(file(second, kind), kind) == before


def test_file_is_given_whatever_is_asked_for(scored):
    response = scored.send("get", "/board/export.csv", Accept="text/csv")
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_no_export_tells_whose(scored):
    text = file(scored, "json").decode()
    people = [str(person.pk) for person in Board.objects.get().participants.all()]
    assert not [name for name in [*people, "Second", "participant"] if name in text]


def test_file_brings_the_board_back(scored):
    taken = json.loads(file(scored, "json"))
    body = {"locale": "en", "file": taken}
    response = Device().send("post", "/boards/bring-back/", body)
    assert response.status_code == 201
    back = Device(response.json()["token"])
    assert json.loads(file(back, "json")) == taken
    assert back.mark()["result"] == scored.mark()["result"]
    assert back.send("put", "/board/rounds/2/").status_code == 204


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something else"},
        {"version": 2},
        {"marks": []},
        {"rounds": []},
        {"marks": [{"code": "", "title": "", "locale": "en"}]},
        {"title": "x" * 300},
        {"rounds": [{"started_at": "yesterday", "shown_at": None, "marks": []}]},
    ],
)
def test_changed_file_is_refused_in_words(scored, change):
    body = {"locale": "en", "file": json.loads(file(scored, "json")) | change}
    response = Device().send("post", "/boards/bring-back/", body)
    assert response.status_code == 400
    assert Board.objects.count() == 1


def test_bringing_back_twice_gives_one_board(scored):
    body, write = {"locale": "en", "file": json.loads(file(scored, "json"))}, uuid4()
    tokens = [Device().send("post", "/boards/bring-back/", body, write=write).json() for _ in range(2)]
    assert tokens[0] == tokens[1]
    assert Board.objects.count() == 2
