"""Where a message may go: only to addresses of the public internet, all of which are looked at beforehand."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from cms.webhooks.problems import Problem, UnableToSend

PORTS = {"https": 443, "http": 80}
# All that has been given out so far to be reached from everywhere. What lies outside (old IPv4-compatible
# addresses, for one) is "global" to Python's ipaddress where it is merely not listed as something else.
GLOBAL_UNICAST = IPv6Network("2000::/3")
# A gateway makes IPv4 out of these (RFC 6052), so they reach whatever the IPv4 address inside them does.
NAT64 = IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Receiver:
    """A server to send to: its addresses, which were checked, and its name, for the request and the certificate."""

    scheme: str
    host: str
    port: int
    # What stands in the Host header, and the rest of the URL.
    netloc: str
    target: str
    addresses: tuple[str, ...]


def find_receiver(*, url: str, allow_private: bool) -> Receiver:
    """Look up the server of a URL. Raises UnableToSend when there is none, or any of its addresses is private.

    Any, for a name that leads to a public and to a private address is a trick, not a server.
    """
    parts = _parsed(url)
    host = parts.host.strip("[]").rstrip(".")
    port = parts.port or PORTS[parts.scheme]
    addresses = resolve(host=host, port=port)
    if not allow_private and not all(map(is_public, addresses)):
        raise UnableToSend(Problem.PRIVATE)
    return Receiver(parts.scheme, host, port, parts.netloc, parts.request_uri, tuple(addresses))


def _parsed(url: str) -> Url:
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise UnableToSend(Problem.MALFORMED) from error
    if parts.scheme not in PORTS or not parts.host or parts.auth:
        raise UnableToSend(Problem.MALFORMED)
    return parts


def resolve(*, host: str, port: int) -> list[str]:
    """Give every address of a host name, best first. Raises UnableToSend when there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # Names that are too long for DNS fail as Unicode that cannot be encoded.
    except (OSError, UnicodeError) as error:
        raise UnableToSend(Problem.UNKNOWN) from error
    return list(dict.fromkeys(address[0] for *_kind, address in found))


def is_public(address: str) -> bool:
    """Tell whether an IP address is reached over the public internet, and from nowhere else."""
    meant = _meant(ip_address(address))
    if meant.is_multicast or not meant.is_global:
        return False
    return meant.version == 4 or meant in GLOBAL_UNICAST


def _meant(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Give the IPv4 address that an IPv6 one is a way of writing (RFC 4291), or leads to (RFC 6052, RFC 3056)."""
    if address.version == 4:
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
