"""How fast a serving process starts, and how much memory it takes, with few pages and with many."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from cms.publishing.targets import Resource
from tests.bench.table import ratios, rounds, show, spread
from tests.releases import write_release

SIZES = {"100 pages": 100, "10,000 pages": 10_000, "10,000 pages × 4 locales": 40_000}
# Loads the application as the server does, answers once, then asks for 20,000 addresses as readers would.
SERVE = """
import sys; from time import process_time
from cms.wsgi import application
from wsgiref.util import setup_testing_defaults
def ask(path):
    environ = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    status = []
    for part in application(environ, lambda code, headers: status.append(code)): pass
    assert status[0].startswith("200"), (path, status)
ask("/page/0/")
print(process_time())
pages = int(sys.argv[1])
for number in range(20_000): ask(f"/page/{number * 7919 % pages}/")
# Now and not at its worst: what loading the application took and gave back is no part of serving.
print(int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6)
"""


def measure():
    """Start processes in turns on releases of several sizes, and print seconds and megabytes."""
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        data = {name: make_release(Path(folder) / str(pages), pages) for name, pages in SIZES.items()}
        seconds, memory = {name: [] for name in SIZES}, {}
        for _round in rounds(seconds=120):
            for name, pages in SIZES.items():
                started, memory[name] = start(data[name], pages)
                seconds[name].append(started)
    first = seconds["100 pages"]
    rows = [
        [name, spread(seconds[name]), spread(ratios(seconds[name], first)), f"{memory[name]:.0f}"] for name in SIZES
    ]
    head = ["", "processor seconds to the first answer", "100 pages = 1", "MB after 20,000 answers"]
    show(f"A serving process ({len(first)} starts)", head, rows)


def make_release(data: Path, pages: int) -> Path:
    """Write a release of so many pages, each with a document, into a data folder."""
    words = b"Words that stand on a page, and more of them. " * 60
    release = [
        Resource(f"/{kind}/{number}/", b"%d %s" % (number, words), "application/x-bench")
        for number in range(pages)
        for kind in ("page", "document")
    ]
    write_release(release, data / "releases")
    return data


def start(data: Path, pages: int) -> tuple[float, float]:
    """Start a process; give its processor seconds to the first answer, and its megabytes at the end."""
    environment = {**os.environ, "DATA_DIR": str(data), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "cms.settings"}
    command = [sys.executable, "-W", "ignore", "-c", SERVE, str(pages)]
    run = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, run.stdout.split())
    return seconds, megabytes
