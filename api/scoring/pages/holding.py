"""Pages of a board for whoever takes part: their token stands in the address."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from api.scoring.frames import absolute, address, gone
from api.scoring.holders import holder_of
from api.scoring.qr import qr_code


def takes_part(view: Callable) -> Callable:
    """Give a view the holder of the token in its address; whoever takes part in nothing is told so."""

    @wraps(view)
    def with_holder(request, token: str, **rest) -> HttpResponse:
        holder = holder_of(token)
        return view(request, holder, token, **rest) if holder and holder.person else gone()

    return with_holder


def own_path(token: str) -> str:
    """Give the address of a board for whoever holds a token."""
    return address(f"board/{token}/")


def invitation(state: dict) -> dict:
    """Give what lets others join, for a page to show: the whole address and its QR code, None while nobody may."""
    path = state["invitation"]["path"]
    return {"join_link": path and absolute(path), "qr": path and qr_code(absolute(path))}
