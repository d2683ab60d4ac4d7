"""What the addresses among the settings mean: of the site, its database and its mail server."""

from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured

ENGINES = ("django.db.backends.sqlite3", "django.db.backends.postgresql")
MAIL_SCHEMES = ("submission", "submit", "smtp", "console", "file", "memory", "dummy")


def site_url(url: str) -> str:
    """Give the address of the site, without a slash at the end: links begin with it. Raises ImproperlyConfigured."""
    parts = _split("SITE_URL", url)
    is_site = parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    if not is_site or "@" in parts.netloc:
        raise ImproperlyConfigured(f"SITE_URL must be a whole address, such as https://toolkit.example, not {url}")
    if parts.path.strip("/"):
        raise ImproperlyConfigured(f"SITE_URL must be the address of a host, with nothing after it, not {url}")
    return url.rstrip("/")


def database(url: str) -> dict:
    """Give what Django's DATABASES says of the database at an address. Raises ImproperlyConfigured."""
    try:
        found = dj_database_url.parse(url)
    except ValueError:
        found = {}
    # The address itself is not repeated: there may be a password in it.
    if found.get("ENGINE") not in ENGINES:
        raise ImproperlyConfigured(
            "DATABASE_URL must be like postgres://user:password@host/name or sqlite:////path/to/file. In a password, "
            "write signs such as @ : / # % as %40 %3A %2F %23 %25"
        )
    return found


def mail(url: str) -> dict:
    """Give Django's settings of mail for the server at an address. Raises ImproperlyConfigured."""
    scheme, has_host = _split("EMAIL_URL", url, is_secret=True).scheme, True
    if scheme in MAIL_SCHEMES[:2]:
        has_host = bool(urlsplit(url).hostname)
    if scheme not in MAIL_SCHEMES or not has_host:
        raise ImproperlyConfigured(
            "EMAIL_URL must be like submission://user:password@mail.example, which is SMTP with TLS, or console:"
        )
    return dj_email_url.parse(url)


def _split(name: str, url: str, *, is_secret: bool = False):
    try:
        parts = urlsplit(url)
        # To ask for the port is what finds one that is none.
        _port = parts.port
    except ValueError as error:
        said = "" if is_secret else f": {url}"
        raise ImproperlyConfigured(f"{name} is not an address ({error}){said}") from error
    return parts
