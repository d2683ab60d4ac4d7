"""Which server to run the application with: granian, gunicorn and uvicorn, one process each, on the same core."""

import os
import shutil
import sys
from contextlib import ExitStack
from importlib.util import find_spec

from tests.bench.servers import OURS, Server, free_port, granian, running
from tests.bench.serving import CASES, CONNECTIONS, INSTALL, PAGE, SECONDS, speeds_of, typical_mark
from tests.bench.table import ratios, show, spread

GRANIAN = "granian"
# Threads as many as granian has, so that as many requests are at work at once.
COMMANDS = {
    "gunicorn, threads": [
        "gunicorn",
        "--worker-class",
        "gthread",
        "--threads",
        "8",
        "--bind",
        "127.0.0.1:{port}",
        OURS,
    ],
    "gunicorn, sync": ["gunicorn", "--bind", "127.0.0.1:{port}", OURS],
    # It speaks ASGI, so the application stands in a2wsgi's wrapper.
    "uvicorn, a2wsgi": ["uvicorn", "--log-level", "error", "--port", "{port}", "tests.bench.wrapped:application"],
}
MISSING = "Not compared, because {} is missing: .venv/bin/pip install gunicorn uvicorn a2wsgi"


def measure():
    """Ask each in turn for a page, a document and a 304, and print how they compare with granian."""
    for program in ("taskset", "wrk"):
        if not shutil.which(program):
            print(f"\n{INSTALL.format(program)}")
            return
    page, document = typical_mark()
    with ExitStack() as stack:
        servers: dict[str, Server] = {GRANIAN: stack.enter_context(granian())}
        for name, command in COMMANDS.items():
            if missing := [one for one in (command[0], *name.split(", ")[1:2]) if not is_there(one)]:
                print(f"\n{MISSING.format(missing[0])}")
                continue
            port = free_port()
            arguments = [sys.executable, "-m", *(word.format(port=port) for word in command)]
            environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings", "PYTHONWARNINGS": "ignore"}
            servers[name] = stack.enter_context(running(arguments, port, environ))
        speeds = speeds_of(servers, page, document, seconds=60)
    rows = []
    for case in CASES:
        ours = speeds[GRANIAN, case]
        others = [spread(ratios(speeds[name, case], ours)) for name in servers if name != GRANIAN]
        rows.append([case, spread(ours, ".0f"), *others])
    title = (
        f"Servers, one process each, {CONNECTIONS} connections ({len(speeds[GRANIAN, PAGE])} rounds of {SECONDS} s)"
    )
    show(
        title, ["", "granian, requests a second", *(f"{name} / granian" for name in servers if name != GRANIAN)], rows
    )


def is_there(name: str) -> bool:
    """Tell whether a package is installed; how a server works is the name of none."""
    return name in ("threads", "sync") or find_spec(name) is not None
