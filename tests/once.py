"""What all processes of a test run share: the first one that needs it makes it, the others wait for it."""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


def once(common: Path, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that `make` has filled, in this process or in another one. `common` is the run's own folder."""
    made, unfinished = common / name, common / f"{name}.unfinished"
    with open(common / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made
