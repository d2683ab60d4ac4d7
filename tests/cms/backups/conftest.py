"""A site in a folder and a database of its own, of the kind that the test run is on."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.databases import NAME, make_postgres, make_sqlite
from tests.gates.needs import need
from tests.once import once
from tests.programs import manage, run


@dataclass(frozen=True)
class Site:
    """A data folder, and the settings that lead to its database."""

    data: Path
    settings: dict[str, str]

    def manage(self, *arguments: str, **more: str) -> str:
        """Run a command that must succeed, and give what it printed."""
        return manage(self.data, *arguments, **self.settings, **more)

    def refused(self, *arguments: str, **more: str) -> str:
        """Run a command that must end with 1, and give the sentence that it says."""
        done = run([sys.executable, "manage.py", *arguments], self.data, **self.settings, **more)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        return done.stderr

    def killed(self, point: str, *arguments: str):
        """Run a command that is killed at a point."""
        done = run([sys.executable, "manage.py", *arguments], self.data, FAIL_AT=point, **self.settings)
        assert done.returncode == -9, done.stderr

    def act(self, call: str):
        """Let something happen on the site, and give what it printed at the end."""
        printed = self.manage("shell", "-v", "0", "-c", f"from tests.cms.backups import acts; acts.{call}")
        return json.loads(printed.splitlines()[-1])


@pytest.fixture(scope="module")
def new_site(common, testrun_uid, tmp_path_factory) -> Iterator[Callable[..., Site]]:
    """Makes sites: with the starter content and a release of it, or with nothing at all."""
    url, made, names = os.environ.get("TEST_DATABASE_URL"), [], []
    if url:
        need("pg_dump")

    def make(*, empty: bool = False) -> Site:
        data = tmp_path_factory.mktemp("site") / "data"
        if url:
            seed = once(common, "postgres", partial(make_postgres, url=url, name=f"test_mark_{testrun_uid[:12]}"))
            names.append(f"test_mark_{uuid4().hex[:12]}")
            template = "template0" if empty else (seed / NAME).read_text()
            with psycopg.connect(url, autocommit=True) as server:
                server.execute(f"create database {names[-1]} template {template}")
            settings = {"DATABASE_URL": f"{url.rpartition('/')[0]}/{names[-1]}"}
        else:
            seed, settings = once(common, "sqlite", make_sqlite), {}
        data.mkdir()
        if not empty:
            shutil.copytree(seed, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns(NAME))
        made.append(data)
        unlimited = {"BOARDS_PER_HOUR": "0", "API_REQUESTS_PER_MINUTE": "0"}
        return Site(data, {**unlimited, "ALLOWED_HOSTS": "testserver,localhost", **settings})

    yield make
    for name in names:
        with psycopg.connect(url, autocommit=True) as server:
            for left in (name, f"{name}_restoring", f"{name}_before_restore"):
                server.execute(f"drop database if exists {left} with (force)")
