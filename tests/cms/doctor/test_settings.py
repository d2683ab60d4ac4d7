"""Settings that are allowed, and of which the doctor asks whether they are meant."""

from types import SimpleNamespace

import pytest

from cms.doctor import chosen
from tests.cms.doctor.looking import ill, verdicts

WELL = {
    "SITE_URL": "https://toolkit.example",
    "IS_HTTPS": True,
    "ALLOW_HTTP": False,
    "HOST": "127.0.0.1",
    "ALLOWED_HOSTS": ["toolkit.example"],
    "BEHIND_PROXY": True,
    "TWO_FACTOR": "required",
    "WEBHOOK_ALLOW_PRIVATE": False,
    "DATABASES": {"default": {"ENGINE": "cms.sqlite", "HOST": ""}},
    "STORAGES": {},
    "SECRET_KEY_FALLBACKS": [],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "WAGTAILLOCALIZE_MACHINE_TRANSLATOR": None,
    "WAGTAILFRONTENDCACHE": {},
}
POSTGRES = {"ENGINE": "django.db.backends.postgresql", "HOST": "db.example.org", "OPTIONS": {}}


@pytest.fixture
def given(monkeypatch):
    """Gives the doctor settings that are as usual, but for some."""
    return lambda **values: monkeypatch.setattr(chosen, "settings", SimpleNamespace(**{**WELL, **values}))


def test_usual_settings_raise_no_doubt(given):
    given()
    assert ill(chosen.look()) == ""


@pytest.mark.parametrize(
    ("values", "name", "verdict"),
    [
        ({"ALLOW_HTTP": True, "IS_HTTPS": False, "SITE_URL": "http://toolkit.example"}, "http", "warning"),
        ({"ALLOWED_HOSTS": ["*"]}, "allowed-hosts", "warning"),
        ({"ALLOWED_HOSTS": ["other.example"]}, "allowed-hosts", "broken"),
        ({"BEHIND_PROXY": False}, "proxy", "warning"),
        ({"HOST": "0.0.0.0"}, "past-proxy", "warning"),
        ({"TWO_FACTOR": "optional"}, "two-factor", "warning"),
        ({"WEBHOOK_ALLOW_PRIVATE": True}, "webhooks", "warning"),
        ({"STORAGES": {"releases": {}}}, "shared", "warning"),
        ({"DATABASES": {"default": POSTGRES}}, "database-tls", "warning"),
        ({"SECRET_KEY_FALLBACKS": ["short"]}, "fallback-keys", "warning"),
        ({"EMAIL_BACKEND": "no.such.Backend"}, "email-backend", "broken"),
        ({"WAGTAILLOCALIZE_MACHINE_TRANSLATOR": {"CLASS": "no.such.Machine"}}, "machine-translator", "broken"),
        ({"WAGTAILFRONTENDCACHE": {"default": {"BACKEND": "no.such.Cdn"}}}, "cdn-backend", "broken"),
    ],
)
def test_doubtful_settings_are_told(given, values, name, verdict):
    given(**values)
    found = list(chosen.look())
    assert verdicts(found) == {"accepted": "ok", name: verdict}
    assert ill(found)


@pytest.mark.parametrize(
    "values",
    [
        {"ALLOWED_HOSTS": [".example"]},
        {"DATABASES": {"default": POSTGRES | {"OPTIONS": {"sslmode": "require"}}}},
        {"DATABASES": {"default": POSTGRES | {"HOST": "127.0.0.1"}}},
        {"DATABASES": {"default": POSTGRES | {"HOST": "/var/run/postgresql"}}},
        {"WAGTAILFRONTENDCACHE": {"default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend"}}},
    ],
)
def test_other_settings_raise_no_doubt(given, values):
    given(**values)
    assert ill(chosen.look()) == ""
