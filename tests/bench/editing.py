"""How long an edit takes until readers see it, and how that grows with the number of pages."""

from statistics import median
from time import perf_counter

from cms.publishing import signals
from cms.publishing.publish import publish
from tests.bench import many_pages
from tests.bench.table import show, spread
from toolkit.models import Mark

SIZES = (1_000, 2_500, 5_000, 10_000)
EDITS = 15
BAR = 40


def measure():
    """Edit a page of sites that grow, and print what Wagtail's part and ours take."""
    figures, there = {}, Mark.objects.filter(code__startswith="bench-").count()
    for size in SIZES:
        many_pages.add_marks(size - there, already=there)
        there = size
        publish(everything=True)
        figures[size] = ([edit_words() for _edit in range(EDITS)], [edit_title() for _edit in range(3)])
    print_table(figures)


def edit_words() -> tuple[float, float]:
    """Change the words of a page in the middle; give the milliseconds of Wagtail's save and publish, and of ours."""
    page = many_pages.any_mark()
    page.body[-1] = ("note", f"<p>Changed at {perf_counter()}</p>")
    return saved_and_published(page)


def edit_title() -> tuple[float, float]:
    """Change the title of a page in the middle, which stands in lists, too."""
    page = many_pages.any_mark()
    page.title = f"Changed at {perf_counter()}"
    return saved_and_published(page)


def saved_and_published(page: Mark) -> tuple[float, float]:
    """Save and publish a page with Wagtail, and publish the site; give the milliseconds of each."""
    with signals.collected():
        start = perf_counter()
        page.save_revision().publish()
        saved = perf_counter()
        signals.publish_once()
    return (saved - start) * 1000, (perf_counter() - saved) * 1000


def print_table(figures: dict[int, tuple[list, list]]):
    """Print the milliseconds at each size, their ratio to the smallest site, and a curve."""
    whole = {size: median(sum(edit) for edit in words) for size, (words, _titles) in figures.items()}
    rows = [
        [
            f"{size:,}",
            spread((wagtail for wagtail, _ours in words), ".0f"),
            spread((ours for _wagtail, ours in words), ".0f"),
            f"{whole[size]:.0f}",
            f"{whole[size] / whole[SIZES[0]]:.2f}",
            f"{median(sum(edit) for edit in titles):.0f}",
            "█" * round(whole[size] / max(whole.values()) * BAR),
        ]
        for size, (words, titles) in figures.items()
    ]
    head = ["pages", "Wagtail ms", "ours ms", "both ms", f"{SIZES[0]:,} = 1", "a title, both ms", ""]
    show(f"One page edited, until it is live ({EDITS} edits each)", head, rows)
