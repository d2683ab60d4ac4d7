"""A phone kills the tab, or the whole browser, of somebody who has just scored without a network: nothing is lost."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, expect

from tests.e2e.crash.devices import Device
from tests.e2e.widget.embedding import element, script
from tests.e2e.widget.hosts import host_page
from tests.e2e.widget.people import Person
from tests.gates.browser import FLAGS, PHONE
from tests.gates.needs import find_chromium

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("widget-tasks")]

# Chromium writes what pages keep to the disk within so many seconds; a tab that is killed loses nothing of it.
UNTIL_WRITTEN = 6


@contextmanager
def profile(chromium: Browser, folder: Path, address: str) -> Iterator[Person]:
    """Somebody at an address, in a browser of their own whose profile stays when it is killed."""
    context = chromium.browser_type.launch_persistent_context(
        folder, executable_path=find_chromium(), args=FLAGS, viewport=PHONE, reduced_motion="reduce"
    )
    try:
        person = Person(context.pages[0])
        person.go(address)
        yield person
    finally:
        # A browser that was killed cannot be closed.
        with suppress(Error):
            context.close()


def processes(folder: Path) -> dict[int, str]:
    """Give the processes of the browser of a profile, each with its command."""
    commands, parents = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        # Some end while we look.
        with suppress(OSError):
            commands[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
            parents[int(place.name)] = int((place / "stat").read_text().rpartition(")")[2].split()[1])
    own = {number for number, command in commands.items() if f"--user-data-dir={folder} " in f"{command} "}
    while more := {number for number, parent in parents.items() if parent in own} - own:
        own |= more
    return {number: commands[number] for number in own if number in commands}


def kill(folder: Path, kind: str = ""):
    """Kill all processes of a browser, or those of one kind."""
    found = [number for number, command in processes(folder).items() if kind in command]
    assert found
    for number in found:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


@pytest.mark.parametrize(("kind", "seconds"), [("--type=renderer", 0), ("", UNTIL_WRITTEN)], ids=["tab", "browser"])
def test_scores_outlast_a_killed_browser(chromium, host, toolkit, tmp_path, kind, seconds):
    address = host.show("/", host_page(element(toolkit), head=script(toolkit)))
    with profile(chromium, tmp_path, address) as person:
        person.opens()
        person.score(2)
        person.is_sent()
        device = Device(f"{toolkit}/", person.token, dropped=0)
        person.tab.context.set_offline(True)
        person.score(8)
        person.score(5, 1)
        expect(person.mark(1).get_by_text(person.words["not_sent"])).to_be_visible()
        # What is waited for is the browser, and it tells nobody when it has written.
        time.sleep(seconds)
        kill(tmp_path, kind)
    assert device.board()["marks"][0]["mine"] == 2
    with profile(chromium, tmp_path, address) as person:
        expect(person.number(8)).to_be_checked(timeout=15_000)
        person.is_sent()
    assert [mark["mine"] for mark in device.board()["marks"][:2]] == [8, 5]
