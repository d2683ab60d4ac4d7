"""The rules that pages are scored by, on pages that somebody made up."""

from dataclasses import replace

import pytest

from tests.observatory import Scanned, modified, score

GOOD = Scanned(
    "https://toolkit.example/",
    {
        "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
        "strict-transport-security": "max-age=31536000",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    },
    redirects=("http://toolkit.example/", "https://toolkit.example/"),
)
SESSION = "sessionid=1; Secure; HttpOnly; SameSite=Lax"


def changed(name: str, value: str) -> Scanned:
    return replace(GOOD, headers={**GOOD.headers, name: value})


def test_good_page_has_its_bonus():
    assert score(GOOD) == 130


def test_bare_page_loses_and_gains_nothing():
    bare = replace(GOOD, headers={"cross-origin-resource-policy": "same-origin", "referrer-policy": "no-referrer"})
    assert score(bare) == 100 - 25 - 20 - 5 - 20


@pytest.mark.parametrize(
    ("policy", "modifier"),
    [
        ("default-src 'self'", 5),
        ("default-src 'none'; style-src 'unsafe-inline'", 0),
        ("default-src 'none'; style-src 'self'; style-src-elem 'unsafe-inline'", 0),
        ("default-src 'none'; img-src http:", -10),
        ("default-src 'none'; script-src 'unsafe-eval'", -10),
        ("default-src 'none'; connect-src http://else.example", -20),
        ("default-src 'none'; script-src 'unsafe-inline'", -20),
        ("default-src 'none'; script-src-elem 'unsafe-inline'", -20),
        ("default-src 'none'; object-src https:", -20),
        ("frame-ancestors 'none'", -20),
        ("", -25),
    ],
)
def test_policies(policy, modifier):
    assert modified(changed("content-security-policy", policy))["content_policy"] == modifier


@pytest.mark.parametrize(
    ("cookie", "modifier"),
    [
        (SESSION, 5),
        ("csrftoken=1; Secure; SameSite=Lax", 5),
        ("theme=dark; Secure", 0),
        ("theme=dark", -5),
        ("csrftoken=1; Secure", -20),
        ("theme=dark; Secure; SameSite=None", -20),
        ("sessionid=1; Secure; SameSite=Lax", -30),
        ("sessionid=1; HttpOnly; SameSite=Lax", -10),
    ],
)
def test_cookies(cookie, modifier):
    assert modified(replace(GOOD, cookies=[SESSION, cookie]))["cookies"] == modifier


@pytest.mark.parametrize(
    ("redirects", "modifier"),
    [
        ((), -20),
        (("http://toolkit.example/",), -20),
        (("http://toolkit.example/", "http://toolkit.example/en/"), -20),
        (("http://toolkit.example/", "http://toolkit.example/en/", "https://toolkit.example/en/"), -10),
        (("http://toolkit.example/", "https://www.toolkit.example/"), -5),
    ],
)
def test_ways_to_tls(redirects, modifier):
    assert modified(replace(GOOD, redirects=redirects))["redirection"] == modifier


@pytest.mark.parametrize(
    ("script", "modifier"),
    [
        ('<script src="/a.js"></script>', 0),
        ('<script src="/a.js" integrity="sha384-x"></script>', 5),
        ('<script src="https://else.example/a.js" integrity="sha384-x"></script>', 5),
        ('<script src="https://else.example/a.js"></script>', -5),
        ('<script src="http://else.example/a.js"></script>', -50),
    ],
)
def test_scripts(script, modifier):
    assert modified(replace(GOOD, html=script))["integrity"] == modifier


@pytest.mark.parametrize(
    ("name", "value", "rule", "modifier"),
    [
        ("strict-transport-security", "max-age=600", "hsts", -10),
        ("strict-transport-security", "", "hsts", -20),
        ("referrer-policy", "", "referrer", 0),
        ("referrer-policy", "unsafe-url", "referrer", -5),
        ("x-content-type-options", "", "types", -5),
        ("cross-origin-resource-policy", "cross-origin", "resources", 0),
        ("cross-origin-resource-policy", "anybody", "resources", -5),
        ("access-control-allow-credentials", "true", "sharing", -50),
    ],
)
def test_other_headers(name, value, rule, modifier):
    assert modified(changed(name, value))[rule] == modifier
