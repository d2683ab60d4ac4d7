"""A job goes on after failures, and what is slow delays nothing but itself."""

import logging
from threading import Event
from time import monotonic

import pytest
from django.db import OperationalError

from cms.worker.housekeeping import Housekeeping
from cms.worker.jobs import LONGEST_PAUSE, Job


class Clock:
    """The process's clock, moved by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr("cms.worker.jobs.monotonic", clock)
    return clock


def failing_job(error: Exception, *, every: float = 1) -> Job:
    def always_fails():
        raise error

    return Job(every, always_fails)


def test_job_is_done_at_its_pace(clock):
    done = []
    job = Job(15, lambda: done.append(clock.now))
    for _second in range(31):
        job.run_if_due()
        clock.now += 1
    assert done == [1000, 1015, 1030]


def test_failing_job_waits_longer_each_time(clock, caplog):
    job = failing_job(OperationalError("the server has gone away"))
    pauses = []
    for _time in range(8):
        job.run_if_due()
        pauses.append(job.due - clock.now)
        clock.now = job.due
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    # One line in the log, however long it takes, and no traceback for what everybody knows.
    assert [record.exc_info for record in caplog.records] == [None]
    assert "the server has gone away" in caplog.text


def test_failing_job_recovers(clock):
    job = failing_job(OSError("full"))
    job.run_if_due()
    clock.now += 1
    job.act = list
    job.run_if_due()
    assert (job.failures, job.due) == (0, clock.now + 1)


def test_mistake_in_code_leaves_a_traceback(clock, caplog):
    failing_job(KeyError("a mistake")).run_if_due()
    assert caplog.records[0].levelno == logging.ERROR
    assert "Traceback" in caplog.text


def test_slow_hook_holds_up_nobody():
    began, goes_on, is_over = Event(), Event(), Event()

    def slow():
        began.set()
        goes_on.wait(60)

    housekeeping = Housekeeping(is_over=is_over.is_set, hooks=[(1, slow)])
    started = monotonic()
    housekeeping.start()
    assert began.wait(30)
    assert housekeeping.is_alive()
    # The process may end over it.
    assert housekeeping.daemon
    is_over.set()
    goes_on.set()
    housekeeping.join(30)
    assert not housekeeping.is_alive()
    assert monotonic() - started < 30


def test_failing_hook_spares_the_others():
    done = Event()

    def broken():
        raise RuntimeError("a hook is broken")

    housekeeping = Housekeeping(is_over=done.is_set, hooks=[(1, broken), (1, done.set)])
    housekeeping.start()
    housekeeping.join(30)
    assert done.is_set()
