"""The clock of the whole machine is a day ahead, or a day behind: people read, score, work and publish."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.releases.manifest import current_release
from tests.e2e.conftest import copy_data, free_port, granian, log_in, running
from tests.e2e.crash.devices import Device
from tests.gates.needs import need
from tests.programs import ROOT, children_of, environment, manage

MARK = "/api/v1/en/marks/listening/"
# Monotonic clocks run on, as they do when somebody sets the time.
SHIFTED = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
PUBLISH = """
from toolkit.models import Mark
mark = Mark.objects.get(code="listening", locale__language_code="en")
mark.title = {title!r}
mark.save_revision().publish()
"""
SET_PASSWORD = """
from django.contrib.auth import get_user_model
user = get_user_model().objects.get(username="admin")
user.set_password({words!r})
user.save()
"""


@contextmanager
def site_at(shift: str | None, data: Path):
    """The server, with the clock that it takes for the right one."""
    port = free_port()
    before = ["faketime", "-f", shift] if shift else []
    with running(data, port=port, command=[*before, *granian(port)], **SHIFTED) as site:
        try:
            yield site
        finally:
            # faketime waits for the server, and passes no signal on to it.
            for server in children_of(site.process.pid) if shift else ():
                for process in (*children_of(server), server):
                    os.kill(process, signal.SIGKILL)


def publish(data: Path, title: str, shift: str | None = None):
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", PUBLISH.format(title=title)]
    before = ["faketime", "-f", shift] if shift else []
    subprocess.run([*before, *command], cwd=ROOT, env=environment(data, **SHIFTED), check=True, timeout=120)


def released(site) -> tuple[int, str]:
    """Give the number of the release, and the title of the mark in it."""
    return json.loads(site.get("/api/v1/").body)["release"], json.loads(site.get(MARK).body)["title"]


def new_password(data: Path) -> str:
    """Give the administrator a password, and its words."""
    words = "a password of some length"
    manage(data, "shell", "-v", "0", "-c", SET_PASSWORD.format(words=words))
    return words


@pytest.mark.parametrize("shift", ["+1d", "-1d"])
def test_site_goes_on_with_a_clock_that_is_wrong(started, tmp_path, shift):
    need("faketime")
    began = datetime.now(UTC)
    data = tmp_path / "data"
    copy_data(started / "data", data)
    password = new_password(data)
    with site_at(None, data) as site:
        device = Device(site.address, dropped=0)
        device.open_board(["listening"])
        mark = device.board()["marks"][0]["id"]
        assert device.send("PUT", f"/board/answers/{mark}/", {"answer": 3})[0] == 204
        first, _title = released(site)
    with site_at(shift, data) as site:
        # Whoever is on a board goes on, with what stands there.
        device = Device(site.address, device.token, dropped=0)
        assert device.board()["marks"][0]["mine"] == 3
        assert device.send("PUT", f"/board/answers/{mark}/", {"answer": 8})[0] == 204
        assert log_in(site.address, password).endswith("/admin/")
        publish(data, "Heard on another day", shift)
        assert released(site) == (first + 1, "Heard on another day")
    hours = (datetime.fromisoformat(current_release(data / "releases").made_at) - began).total_seconds() / 3600
    assert round(hours) == (24 if shift == "+1d" else -24)
    with site_at(None, data) as site:
        device = Device(site.address, device.token, dropped=0)
        assert device.board()["marks"][0]["mine"] == 8
        assert released(site) == (first + 1, "Heard on another day")
        publish(data, "Heard today")
        assert released(site) == (first + 2, "Heard today")
        assert device.send("PUT", f"/board/answers/{mark}/", {"answer": 9})[0] == 204
        assert device.board()["marks"][0]["mine"] == 9
