"""Paired measurements, and the table that they are printed as."""

from collections.abc import Iterable, Iterator
from statistics import median
from time import monotonic


def rounds(most: int = 5, *, seconds: float = 25) -> Iterator[int]:
    """Count the rounds of a measurement: as many as wanted, fewer (but three) where a busy machine is slow."""
    start = monotonic()
    for number in range(most):
        if number < 3 or monotonic() - start < seconds:
            yield number


def ratios(ours: Iterable[float], others: Iterable[float]) -> list[float]:
    """Give one ratio a round: both sides of it were measured right after each other, under the same load."""
    return [mine / other for mine, other in zip(ours, others, strict=True)]


def spread(values: Iterable[float], form: str = ".2f") -> str:
    """Write the median of all rounds, and the range that they lie in."""
    ordered = sorted(values)
    low, middle, high = (format(value, form) for value in (ordered[0], median(ordered), ordered[-1]))
    return f"{middle} ({low}–{high})"


def show(title: str, head: list[str], rows: list[list[str]]):
    """Print rows of cells under their headings, the first column to the left."""
    lines = [head, *rows]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    print(f"\n{title}")
    for first, *rest in lines:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        print("  ".join(["", first.ljust(widths[0]), *cells]))
