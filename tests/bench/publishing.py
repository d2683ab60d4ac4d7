"""How fast the starter content is published, and what the time is spent on."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.test.utils import override_settings

from cms.publishing import publish, resources, writer
from tests.bench.stopwatch import stopwatch
from tests.bench.table import ratios, rounds, show, spread

STEPS = {
    "read the database": [(publish, "public_library")],
    "build documents": [(resources, "build_document"), (resources, "list_resource"), (resources, "site_frame")],
    "render pages": [(resources, "page_html"), (resources, "not_found_html")],
    "compress": [(writer, "_brotli"), (writer, "_gzip")],
    "write and flush": [(writer, "write_flushed"), (writer, "flush_names")],
}
REST = "hash, compare, look up"


def measure():
    """Publish into an empty release folder, again into the same one, and render alone: in turns, and print."""
    rendered = ready_pages()
    cold, warm, render = [], [], []
    for _round in rounds():
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
            cold.append(publish_into(Path(folder)))
            warm.append(publish_into(Path(folder)))
        render.append(seconds_for(lambda: [resources.page_html(*page) for page in rendered]))
    print_table(len(rendered), cold, warm, render)


def ready_pages() -> list[tuple[dict, dict]]:
    """Give what every page of the site is rendered from: its document, and what stands around it."""
    pages = []

    def keep(document: dict, site: dict) -> str:
        pages.append((document, site))
        return ""

    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        kept, resources.page_html = resources.page_html, keep
        try:
            publish_into(Path(folder))
        finally:
            resources.page_html = kept
    return pages


def publish_into(folder: Path) -> dict[str, float]:
    """Publish everything into a release folder, and give the seconds of each step and of all."""
    with override_settings(RELEASES_DIR=folder), stopwatch(STEPS) as seconds:
        publish.publish_everything()
    return seconds


def seconds_for(work: Callable) -> float:
    """Give the seconds that a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def print_table(pages: int, cold: list[dict], warm: list[dict], render: list[float]):
    """Print pages per second, the ratio to rendering alone, and the share of each step."""
    runs = {"all new": cold, "nothing changed": warm}
    rows = [["rendering alone", spread((pages / seconds for seconds in render), ".0f"), "1"]]
    for name, seconds in runs.items():
        totals = [run["total"] for run in seconds]
        speed = spread((pages / total for total in totals), ".0f")
        rows.append([name, speed, spread(ratios(totals, render))])
    title = f"Publishing {pages} pages, each with its document ({len(render)} rounds)"
    show(title, ["", "pages a second", "time, rendering alone = 1"], rows)
    shares = [[step, *(spread(shares_of(step, run), ".0%") for run in runs.values())] for step in [*STEPS, REST]]
    show("What the time of publishing goes to", ["", *runs], shares)


def shares_of(step: str, runs: list[dict]) -> list[float]:
    """Give a step's share of all time, for each run."""
    return [(run[step] if step in STEPS else 2 * run["total"] - sum(run.values())) / run["total"] for run in runs]
