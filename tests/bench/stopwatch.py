"""Where the time goes: a clock around a few functions, without a profiler's cost on every call."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from unittest.mock import patch


@contextmanager
def stopwatch(steps: dict[str, list[tuple[object, str]]]) -> Iterator[Counter]:
    """Time functions while the block runs, and give the seconds of every step, and of it all as "total".

    `steps` holds, for each step, (module, name of a function in it). What one timed function spends inside
    another one counts for the inner one alone.
    """
    seconds = Counter()
    inner = [0.0]
    with ExitStack() as stack:
        for step, functions in steps.items():
            for module, name in functions:
                stack.enter_context(patch.object(module, name, _timed(getattr(module, name), step, seconds, inner)))
        start = perf_counter()
        yield seconds
        seconds["total"] = perf_counter() - start


def _timed(function: Callable, step: str, seconds: Counter, inner: list[float]) -> Callable:
    @wraps(function)
    def timed(*arguments, **named):
        inner.append(0.0)
        start = perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent = perf_counter() - start
            seconds[step] += spent - inner.pop()
            inner[-1] += spent

    return timed
