"""How often one network may offer something: one atomic statement, as in `api.limits`."""

import hmac
from time import time

from django.conf import settings

from api.limits import reader, shared_counter

HOUR = 3600


def seconds_to_wait_to_offer(meta: dict) -> int:
    """Count that somebody offers something, and give 0; when their network has offered too much, how long to wait."""
    most = settings.OFFERS_PER_HOUR
    name = hmac.digest(reader(meta), b"offer", "sha256")[:16]
    return shared_counter().ask(name, most=most, seconds=HOUR, now=time()) if most else 0
