"""Which settings are refused, by a table; and what the addresses among them mean."""

from dataclasses import replace

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms import addresses
from cms.safety import RULES, Chosen, is_loopback, is_private, refusals

KEY = "Ab3$efgh" * 8
HOME = Chosen(site_url="http://localhost:8000", secret_key=KEY)
OPEN = replace(HOME, site_url="https://toolkit.example")


def database(url: str) -> dict:
    return {"database": addresses.database(url)}


def mail(url: str) -> dict:
    return {"mail": addresses.mail(url)}


@pytest.mark.parametrize(
    "chosen",
    [
        HOME,
        OPEN,
        replace(HOME, debug=True),
        replace(HOME, site_url="http://127.0.0.1:9000"),
        replace(HOME, site_url="http://[::1]:9000", host="::1", debug=True),
        # Behind a proxy of the same building.
        replace(HOME, site_url="http://toolkit.lan"),
        replace(HOME, site_url="http://192.168.1.20"),
        # The phones of a group, in the network of a village hall.
        replace(HOME, site_url="http://192.168.1.20:8000", host="0.0.0.0", allow_http=True),
        replace(HOME, site_url="http://scores.villagehall.org", allow_http=True),
        # A container with a proxy in front.
        replace(OPEN, host="0.0.0.0"),
        replace(HOME, allowed_hosts=["*"]),
        replace(HOME, **database("postgres://postgres:postgres@localhost/toolkit")),
        replace(OPEN, **database("postgres://toolkit:kX93-eq_7@db/toolkit")),
        replace(OPEN, **database("postgres:///toolkit")),
        replace(OPEN, **database("sqlite:////srv/toolkit/db.sqlite3")),
        replace(OPEN, **mail("submission://us:secret@mail.example")),
        replace(OPEN, **mail("smtp://us:secret@mail.example:465?ssl=true")),
        replace(OPEN, **mail("smtp://mail.example")),
        replace(OPEN, **mail("smtp://us:secret@mailserver")),
        replace(OPEN, **mail("console:")),
    ],
)
def test_safe_settings_are_accepted(chosen):
    assert refusals(chosen) == []


REFUSED = [
    (replace(HOME, site_url="http://toolkit.example.org"), "SITE_URL=https://toolkit.example.org"),
    (replace(HOME, site_url="http://8.8.8.8", host="0.0.0.0"), "ALLOW_HTTP=true"),
    (replace(HOME, host="0.0.0.0"), "HOST=0.0.0.0 lets others in the network come in"),
    (replace(HOME, site_url="http://192.168.1.20:8000", host="192.168.1.20"), "ALLOW_HTTP=true"),
    (replace(HOME, host="::"), "leave HOST out"),
    (replace(OPEN, debug=True), "Leave DEBUG out"),
    (replace(HOME, site_url="http://toolkit.lan", debug=True), "Leave DEBUG out"),
    (replace(HOME, host="0.0.0.0", allow_http=True, debug=True), "Leave DEBUG out"),
    (replace(HOME, secret_key="short"), "SECRET_KEY must be at least 50"),
    (replace(HOME, secret_key="a" * 60), "SECRET_KEY must be at least 50"),
    (replace(OPEN, secret_key=f"django-insecure-{KEY}"), "SECRET_KEY must be at least 50"),
    (replace(OPEN, allowed_hosts=["toolkit.example", "*"]), "ALLOWED_HOSTS=toolkit.example"),
    (replace(OPEN, **database("postgres://user:password@db/toolkit")), "DATABASE_URL has a password"),
    (replace(OPEN, **database("postgres://toolkit:Toolkit@db/toolkit")), "DATABASE_URL has a password"),
    (
        replace(HOME, host="0.0.0.0", allow_http=True, **database("postgres://u:changeme@localhost/x")),
        "DATABASE_URL has",
    ),
    (replace(OPEN, **mail("smtp://us:secret@mail.example")), "Use submission://"),
]


@pytest.mark.parametrize(("chosen", "said"), REFUSED)
def test_unsafe_settings_are_refused(chosen, said):
    (sentence,) = refusals(chosen)
    assert said in sentence
    # Where there is a password, nobody reads it over somebody's shoulder, or in a log.
    assert "secret@" not in sentence
    assert "changeme" not in sentence


def test_each_rule_is_in_the_table():
    assert {rule.__name__ for rule in RULES for chosen, _said in REFUSED if rule(chosen)} == {
        rule.__name__ for rule in RULES
    }


def test_all_that_is_wrong_is_said_at_once():
    assert len(refusals(replace(OPEN, debug=True, allowed_hosts=["*"], secret_key=""))) == 3


@pytest.mark.parametrize(
    ("host", "loopback", "private"),
    [
        ("localhost", True, True),
        ("toolkit.localhost", True, True),
        ("127.0.0.9", True, True),
        ("::1", True, True),
        ("10.1.2.3", False, True),
        ("fd00::1", False, True),
        ("169.254.1.1", False, True),
        ("hall-laptop.local", False, True),
        ("web", False, True),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("8.8.8.8", False, False),
        ("toolkit.example", False, False),
        ("localhost.example", False, False),
        ("notlocalhost.example", False, False),
    ],
)
def test_hosts_are_told_apart(host, loopback, private):
    assert (is_loopback(host), is_private(host)) == (loopback, private)


@pytest.mark.parametrize("url", ["https://toolkit.example", "https://toolkit.example/", "http://[::1]:8000"])
def test_site_url_has_no_slash_at_its_end(url):
    assert addresses.site_url(url) == url.rstrip("/")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("toolkit.example", "SITE_URL must be a whole address"),
        ("ftp://toolkit.example", "SITE_URL must be a whole address"),
        ("https://", "SITE_URL must be a whole address"),
        ("https://me@toolkit.example", "SITE_URL must be a whole address"),
        ("https://toolkit.example?a=1", "SITE_URL must be a whole address"),
        ("https://toolkit.example/toolkit", "nothing after it"),
        ("https://toolkit.example:port", "is not an address"),
        ("https://[::1", "is not an address"),
    ],
)
def test_other_site_urls_are_refused(url, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        addresses.site_url(url)


@pytest.mark.parametrize(
    "url",
    ["toolkit", "mysql://u:secret-word@db/x", "http://db", "postgres://u:secret-word@db:port/x", "postgres://["],
)
def test_other_databases_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be like postgres://") as refused:
        addresses.database(url)
    assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["mail.example", "smtps://u:secret-word@mail", "pop3://mail", "submission://", "submission://u:p@h:port"]
)
def test_other_mail_servers_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refused:
        addresses.mail(url)
    assert "secret-word" not in str(refused.value)
