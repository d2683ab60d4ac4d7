"""A worker as a process of its own, beside a test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import stop
from tests.programs import ROOT, environment


def log_of(data: Path) -> Path:
    """Where what the workers of a data folder print stands."""
    return data.with_name("worker.log")


def start_worker(data: Path, **settings: str) -> subprocess.Popen:
    """Start a worker that looks at dates twice a second."""
    with open(log_of(data), "a") as output:
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker", "--every", "0.5"],
            cwd=ROOT,
            env=environment(data, PUBLISH_IN_WORKER="true", **settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )


@contextmanager
def working(data: Path, **settings: str) -> Iterator[subprocess.Popen]:
    """Run a worker until the block ends."""
    process = start_worker(data, **settings)
    try:
        yield process
    finally:
        stop(process)
