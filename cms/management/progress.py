"""Showing on a terminal how far long work is."""

from collections.abc import Callable

# A line for each of 100,000 files would take longer than looking at them.
STEP = 100


def progress_on(stdout, what: str) -> Callable[[int, int], None]:
    """Give a function that shows how many are done, of how many; it says nothing where nobody looks on."""

    def show(done: int, total: int):
        if stdout.isatty() and (done % STEP == 0 or done == total):
            stdout.write(f"\r  {done} of {total} {what}", ending="\n" if done == total else "")
            stdout.flush()

    return show
