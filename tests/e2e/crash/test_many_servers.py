"""Three web processes and two workers on PostgreSQL and a storage that speaks S3, behind nginx: any may be lost.

They are started by deploy/run, so by the commands that containers and units of systemd are started with, too.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import boto3
import pytest

from tests.e2e.conftest import free_port, get, stop, wait_until
from tests.e2e.crash.cluster import cluster_running
from tests.e2e.crash.devices import Device
from tests.gates.needs import need
from tests.moto import KEYS, Storage, s3_server
from tests.nginx import fronting
from tests.programs import ROOT, environment, manage

WEBS, WORKERS = 3, 2
BUCKET = "toolkit"
MARK = "/api/v1/en/marks/listening/"
# A page, a document, what is worked out of the index, and what needs the database.
ASKED = ["/en/planning/", MARK, "/api/v1/en/search/?q=tea", "/admin/login/"]
PUBLISH = """
from toolkit.models import Mark
mark = Mark.objects.get(code="listening", locale__language_code="en")
mark.title = {title!r}
mark.save_revision().publish()
"""


@dataclass
class Client(Thread):
    """Asks nginx for one thing after the other, and notes whatever is not answered as it should be."""

    address: str
    asked: int = 0
    failed: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        while not self.ended.is_set():
            path = ASKED[self.asked % len(ASKED)]
            try:
                status = get(f"{self.address}{path}").status
                self.failed += [f"{status} {path}"] if status != 200 else []
            except OSError as error:
                self.failed.append(f"{error!r} {path}")
            self.asked += 1


@dataclass
class Fleet:
    """All that runs, and how it is steered."""

    folder: Path
    settings: dict[str, str]
    ports: list[str]
    front: str
    log: Path
    storage: Storage

    def pid(self, name: str) -> int:
        """Give the process that plays a part now."""
        return int(re.findall(rf"^{name}: process (\d+)$", self.log.read_text(), re.MULTILINE)[-1])

    def lose(self, name: str, number: int):
        """End a process with a signal, with all that it has started, and wait until another one plays its part."""
        before = self.pid(name)
        os.killpg(before, number) if number == signal.SIGKILL else os.kill(before, number)
        wait_until(lambda: self.pid(name) != before, f"successor of {name}")

    def is_well(self, web: int) -> bool:
        with suppress(OSError):
            return get(f"http://127.0.0.1:{self.ports[web]}/healthz").status == 200
        return False

    def title(self, web: int) -> str:
        return json.loads(get(f"http://127.0.0.1:{self.ports[web]}{MARK}").body)["title"]

    def publish(self, title: str):
        """Let an editor publish, on a server of their own; a worker does the rest."""
        manage(self.folder / "editor", "shell", "-v", "0", "-c", PUBLISH.format(title=title), **self.settings)

    def wait_for(self, title: str):
        """Wait until every server shows a title."""
        for web in range(WEBS):
            wait_until(lambda web=web: self.title(web) == title, f"{title} on web {web}")

    @contextmanager
    def asked_meanwhile(self) -> Iterator[None]:
        """Ask through nginx while the block runs: every request has to be answered."""
        client = Client(f"http://127.0.0.1:{self.front}")
        client.start()
        try:
            yield
        finally:
            client.ended.set()
            client.join()
        assert client.failed == []
        assert client.asked > len(ASKED)


@pytest.fixture(scope="module")
def database(seeded):
    with cluster_running(copy_of=seeded / "base") as server:
        yield server


@pytest.fixture(scope="module")
def storage(seeded):
    """A storage with the uploads of the site, and a bucket that deploy/make-bucket has made."""
    with s3_server() as server, pytest.MonkeyPatch.context() as patch:
        shared = {"S3_ENDPOINT_URL": server.address, "RELEASES_URL": f"s3://{BUCKET}/releases"}
        for name, value in {**KEYS, **shared}.items():
            patch.setenv(name, value)
        for _time in range(2):
            subprocess.run([sys.executable, ROOT / "deploy/make-bucket"], check=True)
        bucket = boto3.resource("s3", endpoint_url=server.address).Bucket(BUCKET)
        media = seeded / "data" / "media"
        for file in filter(Path.is_file, media.rglob("*")):
            bucket.upload_file(str(file), f"uploads/{file.relative_to(media)}")
        yield server


@pytest.fixture(scope="module")
def fleet(seeded, database, storage, tmp_path_factory) -> Iterator[Fleet]:
    need("nginx")
    folder = tmp_path_factory.mktemp("fleet")
    first = int(free_port())
    ports, front = [str(first + web) for web in range(WEBS)], free_port()
    settings = {
        "DATABASE_URL": database.url("seed"),
        "UPLOADS_URL": f"s3://{BUCKET}/uploads",
        "SECRET_KEY": (seeded / "data" / "secret-key").read_text(),
        "SITE_URL": "http://localhost",
        "STATIC_DIR": str(seeded / "data" / "static"),
        "PUBLISH_IN_WORKER": "true",
        "WEB_PROCESSES": "1",
        "API_REQUESTS_PER_MINUTE": "0",
        "BEHIND_PROXY": "true",
    }
    # All but one have the release that the database knows; that one begins with nothing.
    for name in ("prepare-0", "web-0", "web-1", "worker-0", "worker-1"):
        shutil.copytree(seeded / "data" / "releases", folder / name / "releases")
    manage(folder / "prepare-0", "push_release", **settings)
    log = folder / "printed"
    with open(log, "w") as output:
        script = [sys.executable, ROOT / "deploy/run", "--web", str(WEBS), "--worker", str(WORKERS)]
        process = subprocess.Popen(
            script, env=environment(folder, PORT=ports[0], **settings), stdout=output, stderr=subprocess.STDOUT
        )
    fleet = Fleet(folder, settings, ports, front, log, storage)
    try:
        for web in range(WEBS):
            wait_until(lambda web=web: process.poll() is None and fleet.is_well(web), f"web {web}: {log}")
        with fronting(folder / "nginx", folder / "editor", folder / "front", port=front, upstreams=ports):
            yield fleet
    finally:
        stop(process)


def test_all_serve_and_score_together(fleet):
    devices = [Device(f"http://127.0.0.1:{port}/", dropped=0) for port in fleet.ports]
    devices[0].open_board(["listening"])
    link = devices[0].link()
    others = [device.joined(link) for device in devices[1:]]
    for device in (devices[0], *others):
        assert device.board()["invitation"]["path"] == devices[0].board()["invitation"]["path"]
    for port in (*fleet.ports, fleet.front):
        for path in ASKED:
            assert get(f"http://127.0.0.1:{port}{path}").status == 200, (port, path)


def test_publish_reaches_every_server(fleet):
    fleet.publish("Listening everywhere")
    fleet.wait_for("Listening everywhere")
    # The folders of the workers are copies of one: they wait for each other all the same.
    assert "LeaseLost" not in fleet.log.read_text()


def test_rolling_restart_is_not_noticed(fleet):
    with fleet.asked_meanwhile():
        for web in range(WEBS):
            fleet.lose(f"web {web}", signal.SIGTERM)
            wait_until(lambda web=web: fleet.is_well(web), f"web {web}")


def test_loss_of_any_web_process_is_not_noticed(fleet):
    with fleet.asked_meanwhile():
        for web in range(WEBS):
            fleet.lose(f"web {web}", signal.SIGKILL)
            wait_until(lambda web=web: fleet.is_well(web), f"web {web}")


def test_loss_of_any_worker_delays_nothing_for_long(fleet):
    for worker in range(WORKERS):
        fleet.lose(f"worker {worker}", signal.SIGKILL)
        fleet.publish(f"Listening without worker {worker}")
        fleet.wait_for(f"Listening without worker {worker}")


def test_storage_may_be_away(fleet):
    fleet.storage.stop()
    with fleet.asked_meanwhile():
        fleet.publish("Listening without a storage")
        # That nothing happens can only be waited for.
        time.sleep(1)
        assert all(fleet.title(web) != "Listening without a storage" for web in range(WEBS))
    fleet.storage.start()
    fleet.wait_for("Listening without a storage")


def test_database_may_be_restarted(fleet, database):
    database.stop()
    for web in range(WEBS):
        assert get(f"http://127.0.0.1:{fleet.ports[web]}/en/planning/").status == 200
        assert fleet.is_well(web)
    database.start()
    wait_until(lambda: get(f"http://127.0.0.1:{fleet.front}/admin/login/").status == 200, "database")
    fleet.publish("Listening again")
    fleet.wait_for("Listening again")
