"""Serving at a socket: new software takes over without a failed request, and a process that is lost is replaced."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.e2e.conftest import SERVE, free_port, get, stop, wait_until
from tests.gates.needs import need
from tests.nginx import fronting
from tests.programs import ROOT, children_of, environment, run

PROCESSES = 2
PAGE = "/en/planning/"


@dataclass
class Site:
    """A server at a socket with nginx in front, and what clients who ask that all the time have got."""

    address: str
    process: subprocess.Popen
    ended: Event = field(default_factory=Event)
    got: list = field(default_factory=list)

    def ask(self) -> int:
        return get(f"{self.address}{PAGE}").status

    def ask_on(self):
        while not self.ended.is_set():
            try:
                self.got.append(self.ask())
            except OSError as error:
                self.got.append(repr(error))

    def workers(self) -> set[int]:
        """The processes that answer now."""
        return set(children_of(self.process.pid))


def answers(path: Path) -> bool:
    """Tell whether a server at a socket answers."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
            client.sendall(f"GET {PAGE} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            return b" 200 " in client.recv(100)
        except OSError:
            return False


@pytest.fixture
def folder(started, tmp_path) -> Path:
    """A data folder with a release and no database, which serving needs none of."""
    shutil.copytree(started / "data" / "releases", tmp_path / "data" / "releases")
    return tmp_path / "data"


@pytest.fixture
def site(folder) -> Iterator[Site]:
    need("nginx")
    path, port = folder / "web.socket", free_port()
    settings = environment(folder, SOCKET=str(path), WEB_PROCESSES=str(PROCESSES))
    process = subprocess.Popen([*SERVE, "--no-worker", "--no-prepare"], cwd=ROOT, env=settings)
    try:
        wait_until(lambda: process.poll() is None and answers(path), "socket")
        # Nobody lists what is released here, so nginx asks the application for everything.
        with fronting(folder / "nginx", folder, folder / "front", port=port, upstreams=[str(path)]):
            yield Site(f"http://127.0.0.1:{port}", process)
    finally:
        stop(process)


def test_lost_process_is_replaced_and_new_software_taken_up(site):
    # Who comes while one is lost waits.
    lost = site.workers().pop()
    os.kill(lost, signal.SIGKILL)
    assert {site.ask() for _time in range(10)} == {200}
    wait_until(lambda: lost not in site.workers() and len(site.workers()) == PROCESSES, "another process")
    before = site.workers()
    clients = [Thread(target=site.ask_on) for _client in range(3)]
    for client in clients:
        client.start()
    site.process.send_signal(signal.SIGHUP)
    wait_until(lambda: len(site.workers()) == PROCESSES and not site.workers() & before, "new processes")
    # The new processes are asked for a while, too.
    time.sleep(1)
    site.ended.set()
    for client in clients:
        client.join()
    assert set(site.got) == {200}
    assert len(site.got) > 20


def test_socket_of_a_killed_server_is_taken_over(folder):
    path = folder / "web.socket"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    process = subprocess.Popen(
        [*SERVE, "--no-worker", "--no-prepare"], cwd=ROOT, env=environment(folder, SOCKET=str(path))
    )
    try:
        wait_until(lambda: process.poll() is None and answers(path), "socket")
        again = run([*SERVE, "--no-worker", "--no-prepare"], folder, SOCKET=str(path))
        assert again.returncode == 1
        assert re.search("web.socket is in use. Stop what is using it", again.stderr)
    finally:
        stop(process)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SOCKET": "/nowhere/web.socket"}, "There is no folder /nowhere. Make it, or choose another SOCKET."),
        ({"WEB_PROCESSES": "0"}, "WEB_PROCESSES must be 1 or more, not 0."),
    ],
)
def test_what_cannot_be_is_said(tmp_path, settings, said):
    done = run([sys.executable, "manage.py", "serve", "--no-prepare"], tmp_path, **settings)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, f"CommandError: {said}")
