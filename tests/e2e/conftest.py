"""The product as a newcomer starts it: `manage.py serve` in a process of its own, with a data folder of its own."""

import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from playwright.sync_api import Page

from tests.e2e.admin import sign_in
from tests.once import once
from tests.programs import ROOT, START_SECONDS, environment, manage
from tests.releases import released

SERVE = [sys.executable, "manage.py", "serve"]


@dataclass(frozen=True)
class Answer:
    """What a server answered, redirects not followed by hand but by urllib."""

    status: int
    content_type: str
    body: bytes
    cookies: list[str]

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    """A running server: where it is, what it printed, where its data is."""

    address: str
    data: Path
    log: Path
    process: subprocess.Popen

    @property
    def printed(self) -> str:
        return self.log.read_text()

    def get(self, path: str, **headers) -> Answer:
        return get(urljoin(self.address, path), **headers)

    def released(self, *types: str) -> list[str]:
        """Every address of the current release with one of these media types, or all."""
        entries = released_entries(self.data)
        return [
            path for path, entry in entries.items() if path.startswith("/") and (not types or entry.type in types)
        ]

    def pages(self) -> list[str]:
        """Every page of the current release."""
        return self.released("text/html")


def released_entries(data: Path) -> dict:
    folder = data / "releases"
    return {path: entry for path, entry in released(folder).items() if entry.sha256}


def get(url: str, **headers) -> Answer:
    try:
        found = urlopen(Request(url, headers=headers), timeout=60)
    except HTTPError as error:
        found = error
    with found:
        cookies = found.headers.get_all("Set-Cookie") or []
        return Answer(found.status, found.headers.get_content_type(), found.read(), cookies)


def log_in(address: str, password: str) -> str:
    """Log in to the admin without a browser, and give the address that it ends at."""
    cookies = CookieJar()
    opener = build_opener(HTTPCookieProcessor(cookies))
    opener.open(f"{address}admin/login/").close()
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    fields = {"username": "admin", "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
    with opener.open(f"{address}admin/login/", urlencode(fields).encode()) as answer:
        return answer.url


def copy_data(data: Path, to: Path, *left_out: str):
    """Copy a data folder; the database as it is between two writes, for somebody may be at work on it."""
    shutil.copytree(data, to, ignore=shutil.ignore_patterns("db.sqlite3*", "worker.log", *left_out))
    if not (data / "db.sqlite3").exists():
        return
    with (
        closing(sqlite3.connect(data / "db.sqlite3", timeout=20)) as database,
        closing(sqlite3.connect(to / "db.sqlite3")) as copied,
    ):
        database.backup(copied)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def granian(port: str) -> list[str]:
    """The command that `serve` becomes, for a start that prepares nothing."""
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", port, "cms.wsgi:application"]


@contextmanager
def running(data: Path, *, port: str | None = None, command: list[str] = SERVE, **settings: str) -> Iterator[Served]:
    """Start a server, give it when it answers, and stop it again by its process id."""
    port = port or free_port()
    log = data.with_name(f"{data.name}-{port}.log")
    with open(log, "w") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(data, PORT=port, **settings), stdout=output, stderr=subprocess.STDOUT
        )
    served = Served(f"http://localhost:{port}/", data, log, process)
    try:
        wait_until(lambda: answers(served), f"answer: {log}")
        yield served
    finally:
        stop(process)


def answers(served: Served) -> bool:
    assert served.process.poll() is None, f"The server has ended: {served.printed}"
    try:
        return served.get("/api/v1/").status == 200
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_until(condition: Callable[[], bool], what: str):
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"Waited too long for the {what}"
        time.sleep(0.1)


def stop(process: subprocess.Popen):
    process.terminate()
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start_first(folder: Path):
    """Start the product in a new folder, as a newcomer does, and stop it when it answers."""
    with running(folder / "data") as site:
        site.log.rename(folder / "printed")


@pytest.fixture(scope="session")
def started(common) -> Path:
    """The folder of a product that was started once: its data, and what it printed then. Only to be copied."""
    return once(common, "started", start_first)


@pytest.fixture(scope="session")
def password(started) -> str:
    """The administrator's password, as a newcomer reads it off the screen."""
    return re.search(r"password (\S+)$", (started / "printed").read_text(), re.MULTILINE)[1]


@contextmanager
def copy_served(started: Path, data: Path, *, adding: str = "") -> Iterator[Served]:
    """Serve a copy of a product that was started once, with what a few lines of Python add to it."""
    copy_data(started / "data", data)
    if adding:
        manage(data, "shell", "-c", adding)
    with running(data) as site:
        yield site


@pytest.fixture(scope="session")
def served(started, tmp_path_factory) -> Iterator[Served]:
    """The one server that most tests ask. Tests that change it use pages of their own."""
    with copy_served(started, tmp_path_factory.mktemp("served") / "data") as site:
        yield site


@pytest.fixture(scope="session")
def session_of_admin(chromium, served, password) -> dict:
    """The cookies of somebody who has logged in to the admin, so that each test need not."""
    context = chromium.new_context(base_url=served.address)
    sign_in(context.new_page(), password)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def admin(chromium, served, session_of_admin) -> Iterator[Page]:
    """A tab of somebody who has logged in to the admin; whatever they do, the server must not fail."""
    context = chromium.new_context(
        base_url=served.address, storage_state=session_of_admin, viewport={"width": 1280, "height": 900}
    )
    failures = []
    context.on("response", lambda answer: failures.append(answer.url) if answer.status >= 500 else None)
    yield context.new_page()
    context.close()
    assert failures == []


SPEAK = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
admin = get_user_model().objects.get(username="admin")
UserProfile.objects.update_or_create(user=admin, defaults={"preferred_language": "%s"})
"""


@pytest.fixture
def in_arabic(served) -> Iterator[None]:
    """The admin speaks Arabic in the meantime."""
    manage(served.data, "shell", "-c", SPEAK % "ar")
    yield
    manage(served.data, "shell", "-c", SPEAK % "")
