"""Named places at which a test can end the process, as a power cut would: nothing happens there otherwise."""

import os
import signal

POINTS = (
    "locked",
    "planned",
    "blob-unfinished",
    "blob-written",
    "built",
    "blobs-flushed",
    "pieces-written",
    "manifest-unfinished",
    "manifest-written",
    "index-unfinished",
    "index-ready",
    "pushed",
    "pointer-unfinished",
    "pointer-written",
    "remembering",
    "remembered",
)


def reach(point: str):
    """Say that a place has been reached. `FAIL_AT`, set by a test, names the one at which to end."""
    if os.environ.get("FAIL_AT") == point:
        os.kill(os.getpid(), signal.SIGKILL)
