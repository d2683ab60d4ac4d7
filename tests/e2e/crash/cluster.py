"""A PostgreSQL server of the tests' own: it can be stopped without taking anybody else's away."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.e2e.conftest import free_port, wait_until
from tests.gates.needs import find_postgres_programs
from tests.programs import children_of

# PostgreSQL refuses to run as root.
USER = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
# These tests end servers, not machines: what is written need not reach the disk.
OPTIONS = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1"]

NEW = ["--username", "mark", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]


class Cluster:
    """A PostgreSQL server: its folder, its port, and its process while it runs. `cores` are those that it runs on."""

    def __init__(self, folder: Path, *, options: list[str] = OPTIONS, cores: str = ""):
        self.folder, self.options = folder, options
        self.pinned = ["taskset", "-c", cores] if cores else []
        self.programs = find_postgres_programs()
        self.port = free_port()
        self.process = None

    def url(self, database: str = "postgres") -> str:
        return f"postgres://mark@127.0.0.1:{self.port}/{database}"

    def make(self):
        """Make an empty one."""
        command = [f"{self.programs}/initdb", "-D", "base", *NEW]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, **USER)

    def start(self):
        command = [f"{self.programs}/postgres", "-D", "base", "-p", self.port, "-k", str(self.folder), *self.options]
        with open(self.folder / "log", "a") as log:
            pinned = [*self.pinned, *command]
            self.process = subprocess.Popen(pinned, cwd=self.folder, stdout=log, stderr=log, **USER)
        wait_until(self.answers, f"database: {self.folder}/log")

    def stop(self):
        """End the server and all its connections at once."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)
            self.process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let none of its processes do anything: connections are taken, or stay open, and nothing is said on them."""
        self.process.send_signal(signal.SIGSTOP)
        children = children_of(self.process.pid)
        for child in children:
            os.kill(child, signal.SIGSTOP)
        try:
            yield
        finally:
            for child in children:
                os.kill(child, signal.SIGCONT)
            self.process.send_signal(signal.SIGCONT)

    def answers(self) -> bool:
        try:
            self.run("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def run(self, sql: str):
        with psycopg.connect(self.url(), autocommit=True, connect_timeout=5) as server:
            server.execute(sql)

    def copy(self, database: str, name: str) -> str:
        """Copy a database that nobody uses, and give the address of the copy."""
        self.run(f"create database {name} template {database}")
        return self.url(name)


@contextmanager
def cluster_running(*, copy_of: Path | None = None, keep_in: Path | None = None, **how):
    """Start a server, a new one or a copy of one that was kept; remove it at the end, or keep a copy of it.

    `how` is how a `Cluster` runs.
    """
    folder = Path(tempfile.mkdtemp(prefix="mark-postgres-"))
    if USER:
        shutil.chown(folder, "postgres", "postgres")
    cluster = Cluster(folder, **how)
    try:
        if copy_of:
            copy(copy_of, folder / "base")
        else:
            cluster.make()
        cluster.start()
        yield cluster
        cluster.stop()
        if keep_in:
            copy(folder / "base", keep_in)
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def copy(base: Path, to: Path):
    """Copy the files of a server that is not running, with whom they belong to."""
    subprocess.run(["cp", "-a", str(base), str(to)], check=True)
