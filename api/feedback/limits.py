"""How often one network may say something of pages, and who says the same twice: atomic, as in `api.limits`."""

import hmac
from time import time

from django.conf import settings

from api.limits import reader, shared_counter

HOUR = 3600
# Somebody whose page does not come presses once more. Who presses later, in the same room, is somebody else.
AGAIN_SECONDS = 30


def seconds_to_wait(meta: dict) -> int:
    """Count an answer, and give 0; when its network has given too many, how long to wait."""
    most = settings.FEEDBACK_PER_HOUR
    return shared_counter().ask(_name(meta, "feedback"), most=most, seconds=HOUR, now=time()) if most else 0


def is_again(meta: dict, said: str) -> bool:
    """Tell whether just this was said from this network a moment ago: then it is one press that came twice."""
    return bool(shared_counter().ask(_name(meta, said), most=1, seconds=AGAIN_SECONDS, now=time()))


def was_not_kept(meta: dict, said: str):
    """Let the same be said again at once: it could not be kept."""
    shared_counter().give_back(_name(meta, said), most=1, seconds=AGAIN_SECONDS)


def _name(meta: dict, said: str) -> bytes:
    return hmac.digest(reader(meta), said.encode(), "sha256")[:16]
