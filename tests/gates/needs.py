"""Tests that need a program are skipped where it is missing, with what to install; in CI a skip is a failure.

A pytest plugin. A test says `@pytest.mark.needs("chromium")`, a fixture calls `need("chromium")`. The end of
the run lists every test that was not run, and why.
"""

import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.nginx import BROTLI, find_nginx
from toolkit.sharing.lines import CAN_SHAPE

POSTGRES_URL = "postgres://postgres@127.0.0.1:5432/postgres"
OLDEST_NODE = 18
# The first has no windows to draw, and so takes half the processor time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path of the system's Chromium. CHROMIUM names one that is not on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_firefox() -> str | None:
    """The path of the system's Firefox. FIREFOX names one that is not on PATH."""
    return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


def postgres_answers() -> bool:
    """Whether the tests may log in to PostgreSQL; TEST_POSTGRES_URL says where and as whom."""
    try:
        psycopg.connect(os.environ.get("TEST_POSTGRES_URL", POSTGRES_URL), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def find_postgres_programs() -> str | None:
    """The folder of initdb and postgres. POSTGRES_BIN names one; Debian keeps them out of PATH."""
    folders = [os.environ.get("POSTGRES_BIN", ""), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    on_path = shutil.which("initdb")
    found = (folder for folder in folders if (Path(folder) / "initdb").is_file())
    return next(found, on_path and str(Path(on_path).parent))


def find_node() -> bool:
    """Whether Node is there, with npm, and new enough to have `fetch`."""
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    return int(version.removeprefix("v").partition(".")[0] or 0) >= OLDEST_NODE


# name: (is it there?, the sentence to print when it is not)
PROGRAMS: dict[str, tuple[Callable[[], object], str]] = {
    "caddy": (lambda: shutil.which("caddy"), "Caddy is missing: apt-get install caddy."),
    "chromium": (
        find_chromium,
        "Chromium is missing: apt-get install chromium-headless-shell, or set CHROMIUM to its path.",
    ),
    "firefox": (find_firefox, "Firefox is missing: apt-get install firefox-esr, or set FIREFOX to its path."),
    "postgres": (
        postgres_answers,
        "PostgreSQL is missing: install and start it, or say where it is in TEST_POSTGRES_URL.",
    ),
    "initdb": (
        find_postgres_programs,
        "PostgreSQL's own programs are missing: apt-get install postgresql, or set POSTGRES_BIN to their folder.",
    ),
    "fribidi": (lambda: CAN_SHAPE, "FriBiDi is missing: apt-get install libfribidi0."),
    "node": (find_node, f"Node {OLDEST_NODE} or newer, or npm, is missing: apt-get install nodejs npm."),
    "faketime": (lambda: shutil.which("faketime"), "faketime is missing: apt-get install faketime."),
    "nginx": (find_nginx, "nginx is missing: apt-get install nginx-light."),
    "nginx-brotli": (BROTLI.exists, "nginx's brotli is missing: apt-get install libnginx-mod-http-brotli-static."),
    "pg_dump": (lambda: shutil.which("pg_dump"), "pg_dump is missing: apt-get install postgresql-client."),
    "systemd-analyze": (lambda: shutil.which("systemd-analyze"), "systemd is missing: apt-get install systemd."),
    "xgettext": (lambda: shutil.which("xgettext"), "xgettext is missing: apt-get install gettext."),
}


def need(*programs: str) -> None:
    """Skips the running test unless every program is there."""
    for program in programs:
        found, sentence = PROGRAMS[program]
        if not found():
            pytest.skip(sentence)


def in_ci() -> bool:
    return bool(os.environ.get("CI"))


def pytest_configure(config):
    config.addinivalue_line(
        "markers", f"needs(*programs): skip where a program is missing; one of {', '.join(PROGRAMS)}"
    )


# First of all, so that no fixture is built for a test that will not run.
@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    for marker in item.iter_markers("needs"):
        need(*marker.args)


# Outermost, to see the report after pytest's own skipping plugin has marked expected failures.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    return failed_in_ci((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    return failed_in_ci((yield))


def failed_in_ci(report):
    """CI has every program, so a skip there is a gate left open: a failure. Expected failures stay."""
    if in_ci() and report.skipped and not hasattr(report, "wasxfail"):
        report.longrepr = f"Not run, and CI may skip nothing. {reason(report)}"
        report.outcome = "failed"
    return report


def reason(report) -> str:
    """Why a test was skipped: pytest keeps it as (file, line, "Skipped: why")."""
    return report.longrepr[2].removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter):
    """Lists what was not run under the sentence that says why."""
    tests = defaultdict(list)
    for report in terminalreporter.stats.get("skipped", []):
        tests[reason(report)].append(report.nodeid)
    if tests:
        terminalreporter.section("not run")
    for why, names in sorted(tests.items()):
        terminalreporter.line(why)
        for name in sorted(names):
            terminalreporter.line(f"    {name}")
