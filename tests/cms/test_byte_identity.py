"""Random histories: after every act, what was published piece by piece is what is built from nothing, byte for byte.

MACHINE_STEPS says how many acts at least, in each half; MACHINE_SEED makes other histories than those that CI always
runs through.
"""

import os
import shutil
from functools import lru_cache
from itertools import count
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import TestCase
from django.utils import timezone
from hypothesis import HealthCheck, Phase, note, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from api.releases.manifest import release_ids
from cms.publishing import signals, writer
from cms.publishing.publish import Published, publish
from tests.cms.acts import ACTS, REFUSALS, Desk, deploying
from tests.cms.agreement import Agreement
from tests.cms.grown_site import grown_site
from tests.releases import go_to
from toolkit.booklet import pdf

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("MACHINE_SEED", 0))
# Each database twice. PostgreSQL takes three times as long for each, and gets the same histories, only fewer. `make
# drill` does ten times as many.
STEPS = {"sqlite": 60, "postgresql": 20}
# Of what is begun with a half, the other never comes so far.
SEEDS_OF_A_HALF = 1000
STEPS_OF_A_HISTORY = 50
# The first that Hypothesis makes is always the simplest one, so that one alone never comes anywhere.
HISTORIES_AT_ONCE = 2
SITE_URL = settings.SITE_URL


class History(RuleBasedStateMachine):
    """A site that people work on; what they have done is taken back at its end."""

    base = None
    files: dict = {}
    number = 0
    steps = 0

    def __init__(self):
        super().__init__()
        type(self).number += 1
        self.folder = settings.RELEASES_DIR = self.base.with_name(f"history-{self.number}")
        # The index is written over, so that copies must not share it.
        shutil.copytree(self.base, self.folder, copy_function=os.link, ignore=shutil.ignore_patterns("search"))
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        restore()
        self.desk = Desk(lambda count: 0)
        # How many acts are still to be done before the next publish.
        self.waiting = 0
        self.is_up_to_date = True
        timezone.now = lambda: self.desk.now
        # Random keys decide what comes first among equals: the same history gives the same keys.
        os.urandom = Random(0).randbytes
        self.agreement = Agreement(self.folder)
        try:
            self.agreement.look()
            self.agreement.check()
        except BaseException:
            # Of what has not begun, Hypothesis ends nothing; other tests would find the site of this one.
            self.teardown()
            raise

    def do(self, name: str, data):
        """Let one act be done, and publish what follows from it."""
        self.desk.choose = lambda count: data.draw(st.integers(0, count - 1))
        self.desk.did = []
        try:
            with transaction.atomic(), signals.collected(), TestCase.captureOnCommitCallbacks(execute=True):
                self.desk.wait()
                ACTS[name](self.desk)
        except REFUSALS:
            return
        finally:
            note(f"{name}: {', '.join(self.desk.did)}")
        type(self).steps += 1
        if self.waiting:
            self.waiting -= 1
        else:
            published = self.publish()
            assert not (published.is_new and name == "save_draft" and self.is_up_to_date)
            self.is_up_to_date = True

    def publish(self) -> Published:
        """Publish, and see whether all is right with the release."""
        published = publish()
        # Of a page that cannot be rendered the last good version stays: until it is mended, nothing else gives that.
        self.agreement.look()
        if not deploying.BROKEN:
            assert not published.failures
            self.agreement.check()
        return published

    @rule(count=st.integers(1, 4))
    def work_on(self, count):
        """Let so many more acts be done before the next publish."""
        self.waiting, self.is_up_to_date = count, False

    @rule(data=st.data())
    def roll_back(self, data):
        """Go back to an older release; the next publish brings back what the database has."""
        ids = release_ids(self.folder)
        release_id = ids[data.draw(st.integers(0, len(ids) - 1))]
        go_to(self.folder, release_id)
        type(self).steps += 1
        self.waiting, self.is_up_to_date = 0, True
        self.publish()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)
        shutil.rmtree(self.folder)


def act_rule(name: str):
    """Make a rule of the machine out of an act."""

    def done(self, data):
        self.do(name, data)

    done.__name__ = name
    return rule(data=st.data())(done)


for name in ACTS:
    setattr(History, name, act_rule(name))


def restore():
    """Bring back what no transaction does: files, caches, settings."""
    cache.clear()
    deploying.begin_again()
    settings.SITE_URL = SITE_URL
    for path in files():
        path.unlink()
    for path, content in History.files.items():
        path.write_bytes(content)


def uncompiled(folder: Path, moment) -> bytes:
    """Stand in for the compiler of PDFs, which takes most of a second: all that it is given, as it is given."""
    given = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    return repr((given, moment)).encode()


def files() -> list:
    """Give all uploaded files."""
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.fixture
def site(db, tmp_path, settings, monkeypatch):
    """A site that histories begin with, and its release."""
    settings.SITE_URL, settings.BOOKLET = SITE_URL, True
    # Uploads come and go with each history; those of other tests in this process stay.
    settings.MEDIA_ROOT = shutil.copytree(settings.MEDIA_ROOT, tmp_path / "media")
    folder = settings.RELEASES_DIR = tmp_path / "base"
    monkeypatch.setattr(timezone, "now", timezone.now)
    monkeypatch.setattr(os, "urandom", os.urandom)
    monkeypatch.setattr(os, "fsync", lambda opened: None)
    monkeypatch.setattr(os, "sync", lambda: None)
    for encoding, (suffix, encode) in writer.ENCODERS.items():
        monkeypatch.setitem(writer.ENCODERS, encoding, (suffix, lru_cache(5000)(encode)))
    monkeypatch.setattr(pdf, "_compiled", uncompiled)
    deploying.install(monkeypatch)
    timezone.now = lambda: Desk(None).now
    with TestCase.captureOnCommitCallbacks(execute=True), signals.collected():
        pages = grown_site()
    publish(everything=True)
    History.base, History.steps = folder, 0
    History.files = {path: path.read_bytes() for path in files()}
    yield pages
    History.files = {}
    restore()


@pytest.mark.parametrize(
    "half", [pytest.param(half, marks=pytest.mark.xdist_group(f"half-{half}")) for half in (0, 1)]
)
def test_any_history_gives_what_a_full_build_gives(site, half):
    steps = int(os.environ.get("MACHINE_STEPS", STEPS[connection.vendor]))
    chosen = hypothesis_settings(
        max_examples=HISTORIES_AT_ONCE,
        stateful_step_count=STEPS_OF_A_HISTORY,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    for number in count((SEED * 2 + half) * SEEDS_OF_A_HALF):
        run_state_machine_as_test(seed(number)(History), settings=chosen)
        # Some of what Hypothesis does finds nothing to do, so only this tells.
        if History.steps >= steps:
            break
