"""What Lighthouse says of a page of each type on its profile of a phone: its four scores, and when a reader sees it.

Lighthouse is fetched from the npm registry into a folder of this run.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

from tests.bench.servers import granian
from tests.bench.table import rounds, show, spread
from tests.gates.browser import FLAGS
from tests.gates.needs import find_chromium

PACKAGE = "lighthouse@12.8.2"
# A page of each type, and the pages that answer a reader or a group.
PAGES = [
    "",
    "planning/",
    "process/listening/",
    "voices/",
    "voices/a-text-the-day-before/",
    "lake/",
    "lake/talking-piece/",
]
PAGES += ["glossary/", "glossary/carer/", "using-this-tool/", "search/", "offline/", "score/", "give/", "embed/"]
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LARGEST, SHIFT = "largest-contentful-paint", "cumulative-layout-shift"


def measure():
    """Print the median of every page's scores, with the lowest and the highest."""
    with tempfile.TemporaryDirectory() as folder, granian() as server:
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE]
        subprocess.run(command, check=True, capture_output=True)
        rows = [_row(Path(folder), f"http://127.0.0.1:{server.port}/en/{page}", page) for page in PAGES]
    head = ["page", "performance", "accessibility", "best practices", "search", "largest seen (s)", "shift"]
    show("Lighthouse, on its profile of a phone (100 is the most)", head, rows)


def _row(folder: Path, address: str, page: str) -> list[str]:
    reports = [_report(folder, address) for _ in rounds(3)]
    scores = [[100 * (report["categories"][name]["score"] or 0) for report in reports] for name in CATEGORIES]
    largest = [report["audits"][LARGEST]["numericValue"] / 1000 for report in reports]
    shift = [report["audits"][SHIFT]["numericValue"] for report in reports]
    return [f"/en/{page}", *(spread(score, ".0f") for score in scores), spread(largest), spread(shift, ".3f")]


def _report(folder: Path, address: str) -> dict:
    flags = f"--chrome-flags=--headless {' '.join(FLAGS)}"
    command = [folder / "node_modules" / ".bin" / "lighthouse", address, "--quiet", "--output=json", flags]
    environ = {**os.environ, "CHROME_PATH": find_chromium() or ""}
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=environ, timeout=180).stdout)
