"""The answers at /livez and /readyz: whether this process lives, and whether to send visitors to it."""

from time import time

from django.conf import settings
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from cms.health import check_release

# Processes that began before somebody made this file, in the data folder, are to be left alone from then on.
DRAINING = "draining"
STARTED_AT = time()


@require_safe
def livez(request):
    """Say that this process answers. Nothing is asked of anything else: to start it anew would mend nothing there."""
    return said(200, "alive", "This process answers.")


@require_safe
def readyz(request):
    """Say whether to send visitors here: 503 before there is a release to show, and while this server is to end."""
    if is_draining():
        return said(503, "draining", "This server is about to end: send visitors elsewhere.")
    if not check_release().is_well:
        return said(503, "starting", "There is no release to show yet.")
    return said(200, "ready", "Visitors can come.")


def is_draining() -> bool:
    """Tell whether somebody has said, since this process began, that it is to be left alone."""
    try:
        return (settings.DATA_DIR / DRAINING).stat().st_mtime >= STARTED_AT
    except FileNotFoundError:
        return False


def said(status: int, word: str, sentence: str) -> JsonResponse:
    return JsonResponse({"status": word, "says": sentence}, status=status, headers={"Cache-Control": "no-store"})
