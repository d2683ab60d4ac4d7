"""How publishing is, and whether a worker is there: what /healthz says as well."""

from collections.abc import Iterator

from cms.doctor.findings import Finding, broken, ok, warning
from cms.health import checks_of, read_state

# Without a publisher or a worker, something that people count on does not happen.
BREAKING = {"publishing", "worker"}
MEND = {
    "publishing": "See what the sentence says, mend it, and then: manage.py publish",
    "changes": "See whether a worker is there, and then: manage.py publish",
    "parts": "The start page of the admin lists them, with the reason of each.",
    "dates": "See whether a worker is there. The start page of the admin lists the pages.",
    "worker": "Start the server with make run, which starts a worker, or the worker by itself: make worker",
}


def look() -> Iterator[Finding]:
    for check in checks_of(read_state()):
        if check.is_well:
            yield ok(check.name, check.says)
        else:
            judge = broken if check.name in BREAKING else warning
            yield judge(check.name, check.says, MEND[check.name])
