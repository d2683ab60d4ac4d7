"""Sends anything at all to the API, to every address and to every form, and prints a table: `make fuzz`.

FUZZ_EACH is how many questions each operation of the API is asked at random; 25 times as often, bytes are sent that
are no question. FUZZ_CALLS is how many calls there are of forms and addresses, and FUZZ_SEED what these are made of.
FUZZ_CALL is the number of one of them, to send that alone.
"""

import os
import sys
from collections import Counter

import pytest

API, BYTES, REST = "tests/api/test_fuzzing.py", "tests/e2e/test_raw_bytes.py", "tests/cms/fuzzing"
# `make test` does with a hundredth. What is set already stays.
COUNTS = {"FUZZ_EACH": "500", "FUZZ_CALLS": "70000"}
CLASSES = ("2xx", "3xx", "4xx", "5xx", "none")
# In seconds: whatever is sent, somebody is answered within this time.
LONGEST = 2
# As many calls as there have to be.
LEAST = 100_000


class Seen:
    """What the tests have counted, a pytest plugin."""

    def __init__(self):
        self.figures = []

    def pytest_runtest_logreport(self, report):
        if report.when == "call":
            self.figures += [value for name, value in report.user_properties if name == "fuzz"]


def figures_of(what: str, statuses: dict, routes: int, slowest: tuple[float, str]) -> dict:
    """Give a line of the table: what was asked, how often each status was answered, and what took longest.

    A status is "none" where a server hung up on what was no request.
    """
    classes = Counter()
    for status, times in statuses.items():
        classes["none" if status == "none" else f"{str(status)[0]}xx"] += times
    return {"what": what, "routes": routes, "answers": dict(classes), "slowest": slowest}


def table(figures: list[dict]) -> list[str]:
    """Give a row for each line, and one for all."""
    rows = [f"{'':22}{'calls':>8}{'routes':>8}" + "".join(f"{name:>8}" for name in CLASSES) + "  slowest"]
    total = Counter()
    for line in figures:
        total.update(line["answers"])
        seconds, where = line["slowest"]
        rows.append(_row(line["what"], line["routes"], line["answers"]) + f"  {seconds:.2f} s {where}")
    return [*rows, _row("all", "", total)]


def _row(what: str, routes, answers: dict) -> str:
    return f"{what:22}{sum(answers.values()):8}{routes:>8}" + "".join(f"{answers.get(name, 0):8}" for name in CLASSES)


def main() -> int:
    """Run it all; give 0 when nothing was wrong, and it was enough."""
    seen, is_one = Seen(), "FUZZ_CALL" in os.environ
    tests = [REST] if is_one else [API, BYTES, REST]
    ended = pytest.main([*tests, "-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder"], plugins=[seen])
    calls = sum(sum(line["answers"].values()) for line in seen.figures)
    sys.stdout.write("\n".join(["", *table(seen.figures), "", f"{calls} calls, of at least {LEAST}.", ""]))
    return int(ended != pytest.ExitCode.OK or (calls < LEAST and not is_one))


if __name__ == "__main__":
    os.environ.update({name: count for name, count in COUNTS.items() if name not in os.environ})
    sys.exit(main())
