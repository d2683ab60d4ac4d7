"""Which combinations of settings are refused because they would put people or their words at risk, and why.

Pure rules: each looks at what was chosen, and gives a sentence that says what to change, or "" where all is well.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# Django's own measure, of `check --deploy`.
SHORTEST_KEY, FEWEST_SIGNS, UNSAFE_KEY = 50, 5, "django-insecure"
NEW_KEY = "Leave it out, and one is made and kept in DATA_DIR"
# What stands in examples, ours among them, and is tried first by whoever wants in.
EXAMPLE_PASSWORDS = {"admin", "change-me", "changeme", "example", "pass", "password", "postgres", "secret", "test"}
# Endings of names that no public name server knows, and that stay within a building.
PRIVATE_ENDINGS = (".home.arpa", ".internal", ".lan", ".local", ".localdomain")


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen, as far as the rules look at it. `database` and `mail` are in Django's words."""

    site_url: str
    host: str = "127.0.0.1"
    allow_http: bool = False
    debug: bool = False
    secret_key: str = ""
    allowed_hosts: list[str] = field(default_factory=list)
    database: dict = field(default_factory=dict)
    mail: dict = field(default_factory=dict)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.site_url).scheme == "https"

    @property
    def is_for_others(self) -> bool:
        """Whether anybody but the one at this computer may come by."""
        return self.is_https or not (is_loopback(urlsplit(self.site_url).hostname) and is_loopback(self.host))


def refusals(chosen: Chosen) -> list[str]:
    """Give a sentence for each thing that was chosen and must not be."""
    return [sentence for rule in RULES if (sentence := rule(chosen))]


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address stands for this computer itself."""
    address = _address(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def is_private(host: str) -> bool:
    """Tell whether a name or an address stands for this computer, or for one in the same building."""
    address = _address(host)
    if address:
        return address.is_private and not address.is_unspecified
    return is_loopback(host) or "." not in host or host.endswith(PRIVATE_ENDINGS)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _http_on_the_web(chosen: Chosen) -> str:
    host = urlsplit(chosen.site_url).hostname
    if chosen.is_https or chosen.allow_http or is_private(host):
        return ""
    return (
        f"SITE_URL={chosen.site_url} would send passwords through the web for everybody to read. "
        f"Set SITE_URL=https://{host}, with a proxy in front that speaks TLS. In a network of your own that others "
        "cannot enter, ALLOW_HTTP=true allows http"
    )


def _http_in_the_network(chosen: Chosen) -> str:
    is_said = not is_private(urlsplit(chosen.site_url).hostname)
    if chosen.is_https or chosen.allow_http or is_loopback(chosen.host) or is_said:
        return ""
    return (
        f"HOST={chosen.host} lets others in the network come in, and SITE_URL={chosen.site_url} would send their "
        "passwords for everybody there to read. Set SITE_URL to an address with https, or leave HOST out. In a "
        "network of your own that others cannot enter, ALLOW_HTTP=true allows http"
    )


def _debug_for_others(chosen: Chosen) -> str:
    if not (chosen.debug and chosen.is_for_others):
        return ""
    return "DEBUG=true shows settings and code to whoever causes an error. Leave DEBUG out: it is for developers"


def _weak_key(chosen: Chosen) -> str:
    key = chosen.secret_key
    if len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_SIGNS and not key.startswith(UNSAFE_KEY):
        return ""
    return f"SECRET_KEY must be at least {SHORTEST_KEY} random signs, or logins can be forged. {NEW_KEY}"


def _any_host(chosen: Chosen) -> str:
    if not (chosen.is_https and "*" in chosen.allowed_hosts):
        return ""
    host = urlsplit(chosen.site_url).hostname
    return f"ALLOWED_HOSTS=* lets others pass for this site. Name the hosts: ALLOWED_HOSTS={host}, or leave it out"


def _example_password(chosen: Chosen) -> str:
    password, user = chosen.database.get("PASSWORD"), chosen.database.get("USER")
    if not (chosen.is_for_others and password and password.lower() in EXAMPLE_PASSWORDS | {str(user).lower()}):
        return ""
    return "DATABASE_URL has a password that stands in examples. Give the database's user a password of its own"


def _mail_password_in_the_clear(chosen: Chosen) -> str:
    mail = chosen.mail
    is_protected = mail.get("EMAIL_USE_TLS") or mail.get("EMAIL_USE_SSL")
    if not mail.get("EMAIL_HOST_PASSWORD") or is_protected or is_private(mail["EMAIL_HOST"]):
        return ""
    return "EMAIL_URL=smtp://… sends the password of the mail server for everybody to read. Use submission://…"


RULES: list[Callable[[Chosen], str]] = [
    _http_on_the_web,
    _http_in_the_network,
    _debug_for_others,
    _weak_key,
    _any_host,
    _example_password,
    _mail_password_in_the_clear,
]
