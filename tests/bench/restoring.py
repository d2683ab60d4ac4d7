"""How long it takes to make and to restore a backup of a large site, and what becomes of the scores in it."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

from django.conf import settings

from cms.backups.backup import backups_in
from cms.backups.sizes import megabytes
from tests.bench.table import rounds, show, spread

# Of the uploads, as pictures of a camera, and of the boards of a busy year.
PICTURES, PICTURE = 400, 2_300_000
BOARDS, PEOPLE, MARKS = 500, 8, 10
FILL = """
import json, uuid
from django.utils import timezone
from api.scoring.models import *
now = timezone.now()
for number in range({boards}):
    digest = str(number).rjust(64, "0")
    board = Board.objects.create(locale="en", join_digest=digest, keep_digest=digest, made_at=now, changed_at=now,
        ends_on=now.date().replace(year=now.year + 1))
    first = Round.objects.create(board=board, number=1, started_at=now)
    marks = Mark.objects.bulk_create(Mark(board=board, place=place, title=str(place)) for place in range({marks}))
    placed = RoundMark.objects.bulk_create(RoundMark(round=first, mark=mark) for mark in marks)
    people = Participant.objects.bulk_create(
        Participant(board=board, locale="en", joined_at=now) for _one in range({people}))
    Score.objects.bulk_create(Score(round_mark=mark, participant=person, score=1 + (mark.pk + number) % 10)
        for mark in placed for person in people)
"""


STEPS = ("a first backup", "tried", "the next one", "restored on an empty machine", "restored in its place")


def measure():
    """Make a site of a gigabyte and a backup of it; restore it on an empty machine, and in the place of the site."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        data, empty, backups = (Path(folder) / name for name in ("data", "empty", "backups"))
        make_site(data)
        scores, seconds, lost = scores_of(data), {name: [] for name in STEPS}, 0
        for _round in rounds(seconds=600):
            for left in (backups, empty):
                shutil.rmtree(left, ignore_errors=True)
            for name, took in zip(STEPS, one_round(data, empty, backups), strict=True):
                seconds[name].append(took)
            lost += len(scores - scores_of(empty)) + len(scores - scores_of(data))
        size = megabytes(backups_in(backups)[-1].facts.size)
    rows = [[name, spread(values, ".1f")] for name, values in seconds.items()]
    count = len(seconds["tried"])
    title = f"A backup of {size} with {len(scores):,} scores, of which {lost} were lost ({count} rounds)"
    show(title, ["", "seconds"], rows)


def one_round(data: Path, empty: Path, backups: Path) -> Iterator[float]:
    """Do each of the steps, and give its seconds."""
    yield timed(data, "backup", str(backups), "--no-verify")
    yield timed(data, "backups", str(backups), "--verify")
    yield timed(data, "backup", str(backups), "--no-verify")
    backup = str(backups_in(backups)[-1].folder)
    yield timed(empty, "restore", backup)
    yield timed(data, "restore", backup, "--replace")


def make_site(data: Path):
    """Make a data folder of the starter content, uploads that nothing can compress, and boards."""
    data.mkdir()
    shutil.copytree(settings.RELEASES_DIR, data / "releases")
    database = os.environ["TEST_DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(data / "db.sqlite3")) as copied:
        source.backup(copied)
    bytes_of = random.Random(1)
    (data / "media" / "original_images").mkdir(parents=True)
    for number in range(PICTURES):
        (data / "media" / "original_images" / f"{number}.jpg").write_bytes(bytes_of.randbytes(PICTURE))
    run(data, "shell", "-v", "0", "-c", FILL.format(boards=BOARDS, people=PEOPLE, marks=MARKS))


def scores_of(data: Path) -> set[tuple]:
    """Give every score that a database holds, and whose it is."""
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        return set(database.execute("select round_mark_id, participant_id, score from scoring_score"))


def timed(data: Path, *arguments: str) -> float:
    start = perf_counter()
    run(data, *arguments)
    return perf_counter() - start


def run(data: Path, *arguments: str):
    """Run a command as somebody on a server does, and wait until the disk has all that it wrote."""
    # As when the release was made that is in it.
    settings_of_site = {"DATA_DIR": str(data), "DATABASE_URL": "", "BOOKLET": "false", "SOCIAL_PICTURES": "false"}
    environment = {**os.environ, **settings_of_site, "DJANGO_SETTINGS_MODULE": "cms.settings"}
    command = [sys.executable, "-W", "ignore", "manage.py", *arguments]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, check=True)
    os.sync()
