"""Counts what came of calls, and says it as a table."""

from collections import Counter
from dataclasses import dataclass, field

from tests.cms.fuzzing.asking import Asked, Call
from tests.fuzz import figures_of

SLOWEST = 5


@dataclass
class Tally:
    """What came of all calls of one kind."""

    statuses: Counter = field(default_factory=Counter)
    routes: set[str] = field(default_factory=set)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    # What was wrong, by what it was, with the first call that showed it; and how often.
    wrong: dict[str, Call] = field(default_factory=dict)
    times: Counter = field(default_factory=Counter)

    def add(self, asked: Asked):
        self.statuses[asked.status] += 1
        self.routes.add(asked.call.route)
        self.slowest = sorted([*self.slowest, (asked.seconds, f"{asked.call.method} {asked.call.route}")])[-SLOWEST:]
        if asked.wrong:
            self.wrong.setdefault(asked.wrong, asked.call)
            self.times[asked.wrong] += 1

    @property
    def figures(self) -> dict:
        """Give what the table of `make fuzz` says."""
        return figures_of("forms and addresses", self.statuses, len(self.routes), self.slowest[-1])

    def __str__(self) -> str:
        """Give what was wrong, each with the call that shows it."""
        return "\n\n".join(f"{self.times[what]} × {what}\n    {call}" for what, call in self.wrong.items())
