"""How fast many pages are published, and what the time is spent on."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from django.conf import settings
from django.test.utils import override_settings

from cms.publishing import build, pages, publish, writer
from tests.bench.stopwatch import stopwatch
from tests.bench.table import ratios, rounds, show, spread

STEPS = {
    "read the database": [(publish, "public_library")],
    "build documents": [(pages, "build_document"), (build, "find_out")],
    "render pages": [(pages, "page_html")],
    "trees of what was read": [(build.Build, "_outcome"), (writer.BlobWriter, "keep_pieces")],
    "wait for the disk": [(writer.BlobWriter, "flush")],
}
REST = "hash, hand over, look up"


def measure():
    """Publish into an empty folder, again into the same one, and render alone: in turns, and print."""
    rendered = ready_pages()
    cold, warm, render = [], [], []
    for _round in rounds(seconds=60):
        with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
            cold.append(publish_into(Path(folder)))
            warm.append(publish_into(Path(folder)))
        render.append(seconds_for(lambda: [pages.page_html(*page) for page in rendered]))
    print_table(len(rendered), cold, warm, render)


def ready_pages() -> list[tuple]:
    """Give what every page of the site is rendered from: its document, what stands around it, and what it offers."""
    found, render = [], pages.page_html

    def keep(*parts) -> str:
        found.append(parts)
        return render(*parts)

    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        pages.page_html = keep
        try:
            publish_into(Path(folder))
        finally:
            pages.page_html = render
    return found


def publish_into(folder: Path) -> dict[str, float]:
    """Publish everything into a release folder, and give the seconds of each step and of all."""
    with override_settings(RELEASES_DIR=folder), stopwatch(STEPS) as seconds:
        publish.publish(everything=True)
    return seconds


def seconds_for(work: Callable) -> float:
    """Give the seconds that a call takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def print_table(count: int, cold: list[dict], warm: list[dict], render: list[float]):
    """Print seconds, the ratio to rendering alone and to a publish of all, and the share of each step."""
    runs = {"all new": cold, "nothing changed": warm}
    rows = [["rendering alone", spread(render), "1", ""]]
    every = [run["total"] for run in cold]
    for name, seconds in runs.items():
        totals = [run["total"] for run in seconds]
        rows.append([name, spread(totals), spread(ratios(totals, render)), spread(ratios(totals, every))])
    title = f"A full publish of {count} pages, each with its document, brotli and gzip ({len(render)} rounds)"
    show(title, ["", "seconds", "rendering alone = 1", "all new = 1"], rows)
    shares = [[step, *(spread(shares_of(step, run), ".0%") for run in runs.values())] for step in [*STEPS, REST]]
    show("What the time of publishing goes to (two threads compress and write meanwhile)", ["", *runs], shares)


def shares_of(step: str, runs: list[dict]) -> list[float]:
    """Give a step's share of all time, for each run."""
    return [(run[step] if step in STEPS else 2 * run["total"] - sum(run.values())) / run["total"] for run in runs]
