"""Which backups are kept: a rule alone, by the moments at which they were made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Retention:
    """The newest so many are kept, and one for each of so many weeks and months."""

    newest: int = 14
    weeks: int = 8
    months: int = 6

    def kept(self, moments: Iterable[datetime]) -> set[datetime]:
        """Give the moments of the backups that are kept; of a week or month, the first one that there is."""
        ordered = sorted(moments)
        by_week = _firsts(ordered, lambda moment: moment.isocalendar()[:2])
        by_month = _firsts(ordered, lambda moment: (moment.year, moment.month))
        return {*_last(ordered, max(self.newest, 1)), *_last(by_week, self.weeks), *_last(by_month, self.months)}


def _firsts(ordered: list[datetime], period: Callable[[datetime], tuple]) -> list[datetime]:
    firsts: dict[tuple, datetime] = {}
    for moment in ordered:
        firsts.setdefault(period(moment), moment)
    return list(firsts.values())


def _last(ordered: list[datetime], number: int) -> list[datetime]:
    return ordered[-number:] if number > 0 else []
