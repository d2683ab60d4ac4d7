"""What a forked process does: it publishes an edit, says what the database holds, meets with trouble, or answers."""

import json
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db.models.functions import Now
from django.test import Client

from cms.models import Change, Failure, Publisher
from cms.publishing import publish as publishing
from cms.publishing.lease import Lease
from cms.publishing.publish import publish
from cms.publishing.signals import collected
from tests.e2e.crash import troubles
from toolkit.models import Mark


def do(job: dict, wait: Callable) -> dict:
    """Do one job.

    `edits` {code: title} are saved before the start, `races` after it; then it publishes, unless `look` says that it
    only looks, or `expire` that it lets the lease end. `fail_at` is where to die, `trouble` what goes wrong, `host`
    and `releases` stand for another host and its folder. With `asked` it only answers a request; see `answer_to`.
    """
    if "asked" in job:
        wait()
        return answer_to(**job["asked"])
    settings.RELEASES_DIR = Path(job.get("releases", settings.RELEASES_DIR))
    os.environ["FAIL_AT"] = job.get("fail_at", "")
    if "host" in job:
        socket.gethostname = lambda: job["host"]
    save(job.get("edits", {}))
    if "trouble" in job:
        getattr(troubles, job["trouble"])()
    held = note_when_held()
    wait()
    save(job.get("races", {}))
    if job.get("expire"):
        Publisher.objects.update(expires_at=Now() - timedelta(seconds=1))
    begun = monotonic()
    published = None if job.get("look") or job.get("expire") else publish(everything=job.get("everything", False))
    made, waited = (published.release.id, held[0] - begun) if published else (None, None)
    return {**state(), "held": held, "waited": waited, "made": made}


def answer_to(method: str, path: str, token: str = "", write: str = "", body: dict | None = None) -> dict:
    """Answer a request to the API as the server does, and give `status`, `etag` and `body` of the answer."""
    headers = {"Host": "localhost", "Idempotency-Key": write}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = getattr(Client(), method)(f"/api/v1{path}", body or {}, content_type="application/json", headers=headers)
    said = json.loads(answer.content) if answer.content else None
    return {"status": answer.status_code, "etag": answer.get("ETag", ""), "body": said}


def save(edits: dict[str, str]):
    """Save edits as the admin does, and leave it to the job to publish them."""
    for code, title in edits.items():
        mark = Mark.objects.get(code=code, locale__language_code="en")
        mark.title = title
        with collected():
            mark.save_revision().publish()


def note_when_held() -> list[float]:
    """Give a list that will hold when the lease was got and when it was given back.

    That is done in a transaction: whoever waits may begin when it ends, a moment before this publisher goes on.
    """
    held, work, give_back = [], publishing._publish, Lease.give_back

    def noting(*arguments, **options):
        held.append(monotonic())
        return work(*arguments, **options)

    def noting_end(*arguments, **options):
        held.append(monotonic())
        return give_back(*arguments, **options)

    publishing._publish, Lease.give_back = noting, noting_end
    return held


def state() -> dict:
    """Give what publishing has written down, and the titles of all marks."""
    publisher = Publisher.objects.get(pk=1)
    return {
        "changes": Change.objects.count(),
        "failures": list(Failure.objects.values_list("target", flat=True)),
        "owner": publisher.owner,
        "error": publisher.error,
        "release": publisher.release,
        "titles": dict(Mark.objects.filter(locale__language_code="en").values_list("code", "title")),
    }
