"""A site of its own for a test: a data folder, a database, and publishers that can be killed."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.e2e.conftest import copy_data
from tests.programs import ROOT, environment

FORGE = [sys.executable, "-m", "tests.e2e.crash.forge"]


@dataclass(frozen=True)
class Place:
    """A data folder with its database; `url` is that of PostgreSQL, "" for SQLite in the folder."""

    data: Path
    url: str = ""

    @property
    def releases(self) -> Path:
        return self.data / "releases"

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url} if self.url else {}

    def ask(self, sql: str) -> list[tuple]:
        """Ask the database something."""
        if self.url:
            with psycopg.connect(self.url) as database:
                return database.execute(sql).fetchall()
        with closing(sqlite3.connect(self.data / "db.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()


class Publishers:
    """Publishers on a place, each a process of its own; `log` is what they wrote to their screens."""

    def __init__(self, process: subprocess.Popen, log: Path):
        self.process = process
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def run(self, *jobs: dict) -> list[dict]:
        """Run jobs at the same time; see `forge.run_together`."""
        self.process.stdin.write(json.dumps(jobs) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def one(self, **job) -> dict:
        """Run one job."""
        return self.run(job)[0]

    def answer(self):
        line = self.process.stdout.readline()
        assert line, f"The publishers have ended: {self.log}"
        return json.loads(line)


@contextmanager
def publishers_on(place: Place):
    """Start publishers, and end them."""
    log = place.data.with_name("publishers.log")
    with open(log, "a") as errors:
        process = subprocess.Popen(
            FORGE,
            cwd=ROOT,
            env=environment(place.data, BOARDS_PER_HOUR="0", **place.settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    publishers = Publishers(process, log)
    try:
        assert publishers.answer() == "ready"
        yield publishers
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def copy_of(data: Path, folder: Path) -> Path:
    """Copy a data folder, without the files of the admin's pages."""
    copy_data(data, folder / "data", "static")
    return folder / "data"
