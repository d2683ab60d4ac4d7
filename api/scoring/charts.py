"""Where the dots of a chart stand: one for each score, in a column for each number, and the range under them.

In units of the picture: 40 wide for each of the ten numbers, from the left in every language, as numbers are written
so in all of them. Whole units only: templates write fractions with a comma in some languages, and SVG knows none.
"""

from dataclasses import dataclass

from api.scoring.rules import HIGHEST, LOWEST

COLUMN, DOT, EDGE = 40, 18, 10
# With more dots in a column than this, they stand closer together.
TALLEST = 8


@dataclass(frozen=True)
class Dot:
    """A circle's centre."""

    x: int
    y: int


@dataclass(frozen=True)
class Chart:
    """All that the picture of one mark's scores is drawn from."""

    width: int
    height: int
    base: int
    number_line: int
    dots: list[Dot]
    range: tuple[int, int] | None
    agreed: int | None


def dots(result: dict, agreed: int | None = None) -> Chart:
    """Give the chart of a result, in the shape of BoardResult; `agreed` is the agreed score, if it is one."""
    most = max((one["count"] for one in result["scores"]), default=0)
    step = DOT if most <= TALLEST else DOT * TALLEST / most
    base = EDGE + round(step * most) + DOT // 2
    placed = [
        Dot(column(one["score"]), round(base - DOT / 2 - step * n))
        for one in result["scores"]
        for n in range(one["count"])
    ]
    ends = (column(result["lowest"]), column(result["highest"])) if result["lowest"] else None
    return Chart(
        width=COLUMN * HIGHEST,
        height=base + 36,
        base=base,
        number_line=base + 19,
        dots=placed,
        range=ends,
        agreed=column(agreed) if isinstance(agreed, int) else None,
    )


def column(score: int) -> int:
    """Give the middle of a number's column."""
    return COLUMN * (score - LOWEST) + COLUMN // 2


@dataclass(frozen=True)
class Step:
    """From the agreed score of an earlier round to that of this one."""

    width: int
    then: int
    now: int


def step(then: int, now: int) -> Step:
    """Give the chart of how an agreed score has moved."""
    return Step(COLUMN * HIGHEST, column(then), column(now))


def numbers() -> list[tuple[int, int]]:
    """Give the numbers that stand under a chart, each with the middle of its column."""
    return [(number, column(number)) for number in range(LOWEST, HIGHEST + 1)]
