"""The answer at /healthz: for load balancers, monitoring, and whoever looks after the server."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from time import monotonic

from django.conf import settings
from django.db import connections
from django.http import JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.backups.state import check_backups
from cms.health import Check, State, check_backup, check_newest, check_release, checks_of, read_state

# A database that takes longer to answer counts as away.
PATIENCE = 1.5
# What it said is kept for so long: however many ask here, it is asked this often.
KEPT = 2


class Question:
    """What the database says of publishing, asked in a thread of its own: a hanging connection cannot be cut.

    `read` asks it something else.
    """

    def __init__(self, read: Callable | None = None):
        self.lock = Lock()
        self.read = read or (lambda: read_state())
        self.answer: Future[State] | None = None
        self.asked_at = 0.0

    def state(self) -> State | None:
        """Give what the database says, None when it does not answer in time."""
        with self.lock:
            if self.answer is None or (self.answer.done() and monotonic() > self.asked_at + KEPT):
                self.answer, self.asked_at = Future(), monotonic()
                Thread(target=ask, args=[self.answer, self.read], daemon=True).start()
            answer, left = self.answer, self.asked_at + PATIENCE - monotonic()
        try:
            return answer.result(timeout=max(0, left))
        except Exception:
            return None


def ask(answer: Future, read: Callable):
    """Ask the database, whatever comes of it."""
    try:
        answer.set_result(read())
    except Exception as error:
        answer.set_exception(error)
    finally:
        connections.close_all()


question = Question()


@require_safe
def healthz(request):
    """Say how this server is: 503 when it can show nothing to the public, else 200.

    A server without its database still shows the whole public site, so it stays in rotation as "degraded".
    """
    with translation.override(settings.LANGUAGE_CODE):
        found = all_checks(question.state())
    status = status_of(found)
    said = {check.name: {"ok": check.is_well, "says": check.says, **check.figures} for check in found}
    response = JsonResponse(
        {"status": status, "checks": said},
        status=503 if status == "failing" else 200,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response["Cache-Control"] = "no-store"
    return response


def all_checks(state: State | None) -> list[Check]:
    """Give every check; without an answer of the database, those that need none."""
    release = check_release()
    says = _("The database answers.") if state else _("The database does not answer. Readers notice nothing of it.")
    database = Check("database", state is not None, says)
    checks = [release, check_newest(release.figures["id"]), database, *(checks_of(state) if state else [])]
    return checks if settings.BACKUP_DIR is None else [*checks, check_backup(check_backups())]


def status_of(checks: list[Check]) -> str:
    """Sum checks up: "failing" when there is no release to show, "degraded" when something else needs care, "ok"."""
    if not checks[0].is_well:
        return "failing"
    return "ok" if all(check.is_well for check in checks) else "degraded"
