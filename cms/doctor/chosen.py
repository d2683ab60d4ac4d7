"""Settings that are allowed and yet may not be meant. What is not allowed, `cms/safety.py` refuses at the start."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from cms.doctor.findings import Finding, broken, ok, reason, warning
from cms.safety import SHORTEST_KEY, is_loopback, is_private


def look() -> Iterator[Finding]:
    doubts = [doubt for look_at in (_site, _proxy, _people, _servers, _keys, _classes) for doubt in look_at()]
    yield ok("accepted", f"The settings are accepted. The site is {settings.SITE_URL}.")
    yield from doubts


def _site() -> Iterator[Finding]:
    if settings.ALLOW_HTTP and not settings.IS_HTTPS:
        says = "ALLOW_HTTP is on: whoever is in the same network can read passwords and what is written."
        yield warning("http", says, "Keep it to a network of your own. For the web, SITE_URL needs https.")
    if "*" in settings.ALLOWED_HOSTS:
        says = "ALLOWED_HOSTS=* lets this site answer to any name."
        yield warning("allowed-hosts", says, "Leave ALLOWED_HOSTS out, or name the hosts.")
    elif urlsplit(settings.SITE_URL).hostname not in settings.ALLOWED_HOSTS and not _has_pattern():
        host = urlsplit(settings.SITE_URL).hostname
        says = f"ALLOWED_HOSTS lacks {host}, the host of SITE_URL: the admin answers to it with an error."
        yield broken("allowed-hosts", says, f"Add it: ALLOWED_HOSTS={','.join([host, *settings.ALLOWED_HOSTS])}")


def _has_pattern() -> bool:
    host = urlsplit(settings.SITE_URL).hostname
    return any(one.startswith(".") and f".{host}".endswith(one) for one in settings.ALLOWED_HOSTS)


def _proxy() -> Iterator[Finding]:
    if settings.IS_HTTPS and not settings.BEHIND_PROXY:
        says = (
            "SITE_URL has https, and BEHIND_PROXY is off: behind a proxy that speaks TLS, the admin leads to itself "
            "without end, and all readers count as one network."
        )
        yield warning(
            "proxy", says, "Set BEHIND_PROXY=true, and let the proxy set X-Forwarded-Proto and -For itself."
        )
    if settings.BEHIND_PROXY and not is_loopback(settings.HOST):
        says = (
            f"BEHIND_PROXY is on, and HOST={settings.HOST} lets others in past the proxy: they can then pretend to "
            "come from any network."
        )
        yield warning("past-proxy", says, "Let a firewall or a network of containers keep all but the proxy out.")


def _people() -> Iterator[Finding]:
    if settings.IS_HTTPS and settings.TWO_FACTOR == "optional":
        says = "TWO_FACTOR=optional: a guessed password is enough to publish in the charity's name."
        yield warning("two-factor", says, "Leave TWO_FACTOR out: those who can publish then need a code as well.")
    if settings.WEBHOOK_ALLOW_PRIVATE:
        says = "WEBHOOK_ALLOW_PRIVATE is on: whoever may add a webhook can reach what this server can reach."
        yield warning("webhooks", says, "Leave it out, unless a receiver stands in the same network.")


def _servers() -> Iterator[Finding]:
    database = settings.DATABASES["default"]
    is_sqlite = "sqlite" in database["ENGINE"]
    if "releases" in settings.STORAGES and is_sqlite:
        says = "RELEASES_URL shares releases with other servers, and the database is SQLite: only this server has it."
        yield warning("shared", says, "Run the admin and the worker on this server alone, or use PostgreSQL.")
    host, options = database.get("HOST") or "", database.get("OPTIONS", {})
    is_remote = not is_sqlite and host and not host.startswith("/") and not is_private(host)
    if is_remote and options.get("sslmode") not in ("require", "verify-ca", "verify-full"):
        says = f"The way to the database at {host} may not be encrypted."
        yield warning(
            "database-tls", says, "Add ?sslmode=require, or better verify-full, to the end of DATABASE_URL."
        )


def _keys() -> Iterator[Finding]:
    if any(len(key) < SHORTEST_KEY for key in settings.SECRET_KEY_FALLBACKS):
        says = "SECRET_KEY_FALLBACKS has a short key, with which logins can be forged."
        yield warning("fallback-keys", says, "Take it out as soon as those who are logged in have come back once.")


def _classes() -> Iterator[Finding]:
    machine = settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR or {}
    named = {"EMAIL_BACKEND": settings.EMAIL_BACKEND, "MACHINE_TRANSLATOR": machine.get("CLASS")}
    cdn = settings.WAGTAILFRONTENDCACHE.get("default", {})
    named["CDN_BACKEND"] = cdn.get("BACKEND")
    for setting, name in named.items():
        try:
            if name:
                import_string(name)
        except ImportError as error:
            says = f"{setting} names something that is not there: {name} ({reason(error)})."
            yield broken(setting.lower().replace("_", "-"), says, f"Mend {setting}, or install what it needs.")
