"""The site as a reader reaches it: over the network, by its address, through whatever stands in front of it."""

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import certifi
import urllib3
from django.conf import settings

from api.releases.verify import pointed_to
from cms.doctor.findings import Finding, broken, ok, reason, warning

# In seconds.
PATIENCE = 10
# A certificate is renewed long before; then something does not work any more.
SOON = timedelta(days=14)
LEADS_AWAY = (301, 302, 303, 307, 308)


def look() -> Iterator[Finding]:
    url = settings.SITE_URL
    if settings.IS_HTTPS:
        try:
            yield certificate(_certificate_ends(url), datetime.now(UTC))
        except (OSError, ValueError) as error:
            says = f"{url} has no certificate that browsers trust: {reason(error)}."
            yield broken("certificate", says, "Look at the proxy, and at what renews its certificate.")
            return
    with urllib3.PoolManager(ca_certs=certifi.where(), timeout=PATIENCE, retries=False) as readers:
        try:
            yield from _answers(readers, url)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            says = f"{url} does not answer: {reason(error)}."
            yield broken(
                "answers", says, "See that the server runs, that the name leads here, and that no firewall bars it."
            )


def certificate(ends: datetime, now: datetime) -> Finding:
    """Judge a certificate by the day on which it ends."""
    if ends - now < SOON:
        says = f"The certificate ends on {ends:%Y-%m-%d}: by now it should have been renewed."
        return warning("certificate", says, "Look at what renews it, such as certbot or Caddy.")
    return ok("certificate", f"The certificate is trusted, and good until {ends:%Y-%m-%d}.")


def _certificate_ends(url: str) -> datetime:
    parts = urlsplit(url)
    trusted = ssl.create_default_context(cafile=certifi.where())
    trusted.load_default_certs()
    with (
        socket.create_connection((parts.hostname, parts.port or 443), timeout=PATIENCE) as plain,
        trusted.wrap_socket(plain, server_hostname=parts.hostname) as secured,
    ):
        return datetime.fromtimestamp(ssl.cert_time_to_seconds(secured.getpeercert()["notAfter"]), UTC)


def _answers(readers: urllib3.PoolManager, url: str) -> Iterator[Finding]:
    home = readers.request("GET", f"{url}/")
    if home.status >= 400:
        says = f"{url}/ answers with {home.status}."
        yield broken("answers", says, "See whether the server runs, and what the log of the proxy says.")
        return
    yield ok("answers", f"{url}/ answers.")
    yield _is_ours(readers.request("GET", f"{url}/healthz"), url)
    login = readers.request("GET", f"{url}/admin/login/")
    if login.status in LEADS_AWAY and login.headers.get("Location", "").removeprefix(url) == "/admin/login/":
        yield broken(
            "admin", "The admin leads to itself without end.", "Set BEHIND_PROXY=true, and start the server again."
        )
    elif login.status != 200:
        yield broken(
            "admin", f"The admin answers with {login.status}.", "See ALLOWED_HOSTS, and the log of the server."
        )
    else:
        yield ok("admin", "The admin answers.")


def _is_ours(health, url: str) -> Finding:
    try:
        shown = json.loads(health.data)["checks"]["release"]["id"]
    except (ValueError, KeyError, TypeError):
        says = f"What answers at {url} is not this toolkit, or it does not let /healthz through ({health.status})."
        return broken("ours", says, "Look at the name's entry in the DNS, and at the proxy.")
    if shown != pointed_to(settings.RELEASES_DIR):
        says = f"Readers see release {shown}, and the newest here is {pointed_to(settings.RELEASES_DIR)}."
        return warning(
            "ours", says, "Wait for a minute and ask again. Then see whether the name leads to this server."
        )
    return ok("ours", f"Readers see release {shown}, the newest.")
