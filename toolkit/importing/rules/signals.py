"""What a signal is: a sign in a passage that somebody speaks or that a toolkit teaches, and how it counts."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Signal(NamedTuple):
    """A sign that somebody speaks (weight above 0) or that a toolkit teaches (below 0)."""

    why: str
    pattern: re.Pattern[str]
    weight: int
    more: int = 0  # what a second hit adds
    most: int = 2  # hits beyond this number add nothing


def hits(signals: Iterable[Signal], text: str) -> list[tuple[str, int]]:
    """The reason and the weight of each signal that a text gives."""
    counted = [(signal, min(signal.most, len(signal.pattern.findall(text)))) for signal in signals]
    return [(signal.why, signal.weight + signal.more * (count - 1)) for signal, count in counted if count]
