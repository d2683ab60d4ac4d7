"""How often one network may open boards and guess at codes: one atomic statement each, as in `api.limits`."""

import hmac
from time import time

from django.conf import settings

from api.limits import reader, shared_counter

HOUR = 3600
# All guesses of all networks together are counted under this name.
EVERYBODY = b"everybody"
# So many networks may guess wrong at full speed before codes stop working for a while. Links go on working.
NETWORKS = 30


def seconds_to_wait_to_open(meta: dict) -> int:
    """Count that somebody opens a board, and give 0; when their network has opened too many, the seconds to wait."""
    most = settings.BOARDS_PER_HOUR
    return shared_counter().ask(_name(reader(meta), "open"), most=most, seconds=HOUR, now=time()) if most else 0


def seconds_to_wait_to_guess(meta: dict) -> int:
    """Count a guess at a code before anybody looks whether it is right, and give 0, or the seconds to wait."""
    most = settings.BOARD_GUESSES_PER_MINUTE
    if not most:
        return 0
    ask = shared_counter().ask
    # Who cannot be counted does not guess.
    return ask(_name(reader(meta), "guess"), most=most, now=time(), unsure=1) or ask(
        _name(EVERYBODY, "guess"), most=most * NETWORKS, now=time(), unsure=1
    )


def was_right(meta: dict):
    """Take a guess back that was right: a hall full of people joins from one network."""
    if most := settings.BOARD_GUESSES_PER_MINUTE:
        shared_counter().give_back(_name(reader(meta), "guess"), most=most)
        shared_counter().give_back(_name(EVERYBODY, "guess"), most=most * NETWORKS)


def _name(of: bytes, what: str) -> bytes:
    return hmac.digest(of, what.encode(), "sha256")[:16]
