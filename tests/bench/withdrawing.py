"""How long it takes to take somebody's words back on a large site with older releases, until nothing keeps them."""

from time import perf_counter

from wagtail.models import ReferenceIndex

from cms.consent.withdrawal.withdraw import withdraw
from cms.publishing import signals
from cms.publishing.publish import publish
from tests.bench import many_pages
from tests.bench.editing import edit_words
from tests.bench.table import ratios, rounds, show, spread
from toolkit.models import Mark, Quote, Withdrawal

PAGES = 10_000
RELEASES = 10


def measure():
    """Take quotes back that stand on hundreds of pages each; each time there are more releases that show them."""
    there = Mark.objects.filter(code__startswith="bench-").count()
    many_pages.add_marks(PAGES - there, already=there)
    publish(everything=True)
    for _release in range(RELEASES):
        edit_words()
    withdrawn, everything, shown = [], [], []
    for _round in rounds(most=3):
        quote = Quote.objects.filter(live=True).exclude(words="").first()
        shown.append(ReferenceIndex.get_references_to(quote).values("object_id").distinct().count())
        withdrawn.append(seconds_to_withdraw(quote))
        everything.append(seconds_to_publish())
    print_table(shown, withdrawn, everything)


def seconds_to_withdraw(quote: Quote) -> float:
    with signals.collected():
        start = perf_counter()
        withdrawal = withdraw(quote.key, Withdrawal.Kind.QUOTE)
        seconds = perf_counter() - start
    left = [place for name, place in withdrawal.report if name == "still"]
    assert not left, f"The words still stand in {left}"
    return seconds


def seconds_to_publish() -> float:
    start = perf_counter()
    publish(everything=True)
    return perf_counter() - start


def print_table(shown: list[int], withdrawn: list[float], everything: list[float]):
    """Print the seconds of both, and their ratio."""
    pages = f"on {min(shown)} to {max(shown)} pages each"
    rows = [
        ["a quote taken back", spread(withdrawn, ".0f"), spread(ratios(withdrawn, everything))],
        ["a full publish", spread(everything, ".0f"), "1"],
    ]
    title = f"Words taken back, {pages}, of a site of {PAGES:,} marks with {RELEASES} older releases and more"
    show(f"{title} ({len(withdrawn)} rounds)", ["", "seconds", "a full publish = 1"], rows)
