"""Texts without what tells who somebody is, or opens something: tokens, mail addresses, network addresses, quotes."""

import re
from ipaddress import ip_address

STARS = "***"
TOKEN = re.compile(
    r"(/draft/|/api/v1/drafts/|/score/(?:board|join|keep)/|/give/|/admin/invitation/|/password_reset/confirm/[^/]+/)"
    r"[^/\s?\"']+"
)
BEARER = re.compile(r"(\bBearer\s+)\S+", re.IGNORECASE)
# The name and password of an address such as postgres://name:password@host.
LOGIN = re.compile(r"(?<=://)[^\s/@]+@")
MAIL = re.compile(r"[^\s<>()\[\]{},;:'\"“”‘’@=/*]+@[^\s<>()\[\]{},;:'\"“”‘’@=/*]+")
NETWORK = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)(?![\w:])")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»")


def masked(text: str) -> str:
    """Give a text with stars in the place of tokens, mail addresses and network addresses."""
    text = BEARER.sub(rf"\1{STARS}", TOKEN.sub(rf"\1{STARS}", text))
    return NETWORK.sub(_masked_network, MAIL.sub(STARS, LOGIN.sub(f"{STARS}@", text)))


def without_quoted(text: str) -> str:
    """Give a text with stars in the place of all that stands in quotation marks: values, of whatever kind."""
    return QUOTED.sub(lambda found: f"{found[0][0]}{STARS}{found[0][-1]}", text)


def _masked_network(found: re.Match) -> str:
    try:
        address = ip_address(found[0])
    except ValueError:
        # A time of day, or a number of a version.
        return found[0]
    return found[0] if address.is_loopback or address.is_unspecified else STARS
