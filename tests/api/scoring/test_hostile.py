"""Thousands of strings that mean harm, in names, marks and notes: no server error, no formula, no script that runs.

BOARD_STRINGS is how many: 250 by default.
"""

import csv
import json
import os
import re
from io import BytesIO, StringIO
from random import Random
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from api.scoring.exports.files import FORMULA_STARTS
from api.scoring.rules import LONGEST_NAME, LONGEST_TEXT, LONGEST_TITLE, is_writable
from tests.api.scoring.boards import Device, opened

pytestmark = pytest.mark.django_db

STRINGS = int(os.environ.get("BOARD_STRINGS", 250))
# On each board: so many names, marks of the group's own, and notes; the rest of the strings goes on others.
NAMES, MARKS, NOTES = 60, 50, 390
ON_A_BOARD = NAMES + MARKS + NOTES
FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.test","y")',
    "＝1+1",
    "\t=1",
]
SCRIPTS = [
    "<script>hit()</script>",
    "<img src=x onerror=hit()>",
    "<svg onload=hit()>",
    '"><script>hit()</script>',
    "' onfocus=hit() autofocus='",
    '" onmouseover="hit()',
    "</textarea><script>hit()</script>",
    "</title><script>hit()</script>",
    "</svg><script>hit()</script>",
    "<a href=javascript:hit()>x</a>",
    "{{ 7|add:7 }}{% load x %}",
    "${hit()}",
    "<!--><script>hit()</script>-->",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "&lt;script&gt;hit()&lt;/script&gt;",
    "<style>*{display:none}</style>",
]
ODD = [
    "\u202e=1+1\u202c",
    "\u2066<b>\u2069",
    "\u200f\u200e",
    "\u0000",
    "a\u0000b",
    "\x1b[31m",
    "\ufffe",
    "\ud800",
    "\U0001f469\u200d\U0001f4bb" * 8,
    "e\u0301" * 9,
    "\u0e33" * 40,
    "ﷺ" * 20,
    "x" * 10_000,
    "\n" * 500,
    " " * 300,
    "null",
    "NaN",
    "'; drop table scoring_board; --",
    "%s%n%x",
    "../../etc/passwd",
    "\\u0000",
    "٣",
    "<" * 300,
    "\r\nSet-Cookie: a=b",
]
KINDS = FORMULAS, SCRIPTS, ODD


def hostile(random: Random) -> str:
    """Make a string that means harm, of one or more that are known to."""
    parts = [random.choice(random.choice(KINDS)) for _part in range(random.choice([1, 1, 1, 2, 3]))]
    return random.choice(["", "", "", " ", "\u200b", "\n"]) + random.choice(["", " ", "\n", "\t"]).join(parts)


class Hall:
    """A board on which strings are written, and what of them is kept."""

    def __init__(self, random: Random):
        self.random, self.kept, self.statuses = random, [], []
        self.first, self.keeper = opened(title=hostile(random)[:LONGEST_TITLE])
        self.link = self.first.board()["invitation"]["path"].rstrip("/").rpartition("/")[2]

    def note(self, response, text: str, longest: int):
        self.statuses.append(response.status_code)
        clean = "".join(letter for letter in text if letter in "\n\t" or is_writable(letter)).strip()
        if response.status_code < 300:
            assert len(clean) <= longest
            self.kept.append(clean)

    def join(self, text: str):
        body = {"token": self.link, "name": text, "locale": "en"}
        self.note(Device().send("post", "/boards/join/", body), " ".join(text.split()), LONGEST_NAME)

    def add_mark(self, text: str):
        response = self.first.send("put", f"/board/marks/{uuid4()}/", {"title": text})
        self.note(response, " ".join(text.split()), LONGEST_TITLE)

    def write(self, text: str):
        body = {"mark": self.random.choice(self.marks), "kind": self.random.choice(["snake", "ladder", "action"])}
        self.note(self.first.send("put", f"/board/notes/{uuid4()}/", {**body, "text": text}), text, LONGEST_TEXT)

    def fill(self, strings: list[str]):
        for text in strings[:NAMES]:
            self.join(text)
        for text in strings[NAMES : NAMES + MARKS]:
            self.add_mark(text)
        self.marks = self.first.marks()
        self.first.answer(3)
        for text in strings[NAMES + MARKS :]:
            self.write(text)
        self.first.send("post", "/board/show/")
        self.first.joined().send("post", "/board/show/")


@pytest.fixture
def halls(releases) -> list[Hall]:
    """Boards that hold all strings between them."""
    random, made = Random(7), []
    strings = [hostile(random) for _string in range(STRINGS)]
    for start in range(0, STRINGS, ON_A_BOARD):
        made.append(Hall(random))
        made[-1].fill(strings[start : start + ON_A_BOARD])
    return made


def exported(hall: Hall, kind: str) -> bytes:
    response = hall.first.send("get", f"/board/export.{kind}")
    assert response.status_code == 200
    return response.content


def pages(hall: Hall) -> list[str]:
    """Give the addresses of all pages on which strings of a board stand."""
    start = f"/en/score/board/{hall.first.token}/"
    own = [f"{start}{mark}/" for mark in hall.marks]
    return [start, f"{start}results/", f"{start}paper/", f"{start}sheet/", f"/en/score/join/{hall.link}/", *own]


def test_strings_do_no_harm(halls, client, chromium, figures):
    tab = chromium.new_context().new_page()
    hits = []
    tab.expose_function("hit", lambda: hits.append(tab.url))
    tab.on("dialog", lambda dialog: (hits.append(dialog.message), dialog.dismiss()))
    kept = 0
    for hall in halls:
        # Every string was either kept or refused in words.
        assert set(hall.statuses) <= {201, 204, 400}
        kept += len(hall.kept)
        check_table(hall)
        check_spreadsheet(hall)
        assert json.loads(exported(hall, "json"))["marks"]
        for path in pages(hall):
            response = client.get(path)
            assert response.status_code == 200, path
            # Without the policy that forbids scripts: nothing but how the text is written keeps them from running.
            tab.set_content(response.content.decode())
            tab.mouse.move(200, 200)
    assert hits == []
    assert kept > STRINGS // 2
    figures(f"{STRINGS} strings, {kept} kept, {sum(len(pages(hall)) for hall in halls)} pages")
    tab.context.close()


def check_table(hall: Hall):
    """See that no cell of the CSV begins like a formula."""
    lines = list(csv.reader(StringIO(exported(hall, "csv").decode("utf-8-sig"))))
    assert len(lines) > 1
    assert [cell for line in lines for cell in line if cell.startswith(FORMULA_STARTS)] == []


def check_spreadsheet(hall: Hall):
    """See that the spreadsheet, opened again, holds what was written, and nothing but text and numbers."""
    sheet = load_workbook(BytesIO(exported(hall, "xlsx"))).active
    cells = [cell for row in sheet for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type not in ("s", "n") or cell.hyperlink] == []
    told = {plain(mark["title"]) for mark in hall.first.board()["marks"]}
    assert {plain(row[2].value) for row in list(sheet)[1:]} == told


def plain(text: str) -> str:
    """Give a text without what XML writes differently: ends of lines, and spaces around."""
    return re.sub(r"\s+", " ", text).strip()
