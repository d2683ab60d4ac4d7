"""Forks publishers on the site of DATA_DIR: a line of jobs on standard input, a line of what became of each.

A program of its own, run as `python -m tests.e2e.crash.forge`. Each job is a process that may be killed; they are
forked from one that has everything loaded, so that hundreds take no minutes to start.
"""

import json
import os
import signal
import sys
import time
import traceback

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

# All of these read settings or models when they are imported, so Django must be set up before.
from django.db import connections  # noqa: E402

from cms.publishing.check import differences  # noqa: E402
from tests.e2e.crash.jobs import answer_to, do  # noqa: E402

# Between two looks at the processes, in seconds.
PAUSE = 0.0005


def main():
    # Loads templates, catalogues and whatever else a publish needs, and what an answer needs.
    differences()
    answer_to("get", "/board/")
    connections.close_all()
    print(json.dumps("ready"), flush=True)  # noqa: T201
    for line in sys.stdin:
        print(json.dumps(run_together(json.loads(line))), flush=True)  # noqa: T201


def run_together(jobs: list[dict]) -> list[dict]:
    """Run jobs at the same time, and give of each `status` (minus the signal that ended it), `seconds`, `said`.

    They begin together, when all are ready. `kill_after` of a job is the seconds until it is killed.
    """
    ready, gate = os.pipe(), os.pipe()
    running = [start(job, ready, gate) for job in jobs]
    for end in (ready[1], gate[0]):
        os.close(end)
    for _job in jobs:
        os.read(ready[0], 1)
    os.close(gate[1])
    begun = time.monotonic()
    while any("status" not in one for one in running):
        for one in running:
            look_after(one, time.monotonic() - begun)
        time.sleep(PAUSE)
    os.close(ready[0])
    return [{**one, "said": said(one.pop("pipe"))} for one in running]


def start(job: dict, ready: tuple, gate: tuple) -> dict:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(gate[1])
        os._exit(work(job, write, lambda: (os.write(ready[1], b"."), os.read(gate[0], 1))))
    os.close(write)
    return {"pid": pid, "pipe": read, "kill_after": job.get("kill_after")}


def look_after(one: dict, seconds: float):
    """Kill a process whose time has come, and note when it has ended. Until then its id is its own."""
    if "status" in one:
        return
    if one["kill_after"] is not None and seconds >= one["kill_after"]:
        os.kill(one["pid"], signal.SIGKILL)
    pid, status = os.waitpid(one["pid"], os.WNOHANG)
    if pid:
        one |= {"status": os.waitstatus_to_exitcode(status), "seconds": seconds}


def work(job: dict, write: int, wait) -> int:
    try:
        answer, status = do(job, wait), 0
    except Exception as error:
        traceback.print_exc()
        answer, status = {"error": f"{type(error).__name__}: {error}"}, 1
    os.write(write, json.dumps(answer).encode())
    return status


def said(pipe: int) -> dict:
    with open(pipe, "rb") as answer:
        return json.loads(answer.read() or b"{}")


if __name__ == "__main__":
    main()
