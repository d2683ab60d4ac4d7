"""The rules of Mozilla's HTTP Observatory, for one page: what it loses, what it gains, and its score.

They are those of https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, as the scanner at
https://github.com/mdn/mdn-http-observatory reads them.
"""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

BASE = 100
# Whoever has less after all that is lost gains nothing.
ENOUGH = 90
SIX_MONTHS = 15_768_000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Scanned:
    """A page as a scanner got it: its address, headers, cookies (as they were sent), HTML.

    `redirects` are the addresses that one is led to from the same address without TLS, that one first.
    """

    url: str
    headers: dict[str, str]
    cookies: list[str] = field(default_factory=list)
    html: str = ""
    redirects: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """Give a header in small letters, "" when there is none."""
        return self.headers.get(name.lower(), "").strip().lower()

    @property
    def policy(self) -> dict[str, set[str]]:
        """The Content-Security-Policy: what each directive allows."""
        rules = [rule.split() for rule in self.get("Content-Security-Policy").split(";") if rule.strip()]
        return {name: set(sources) for name, *sources in reversed(rules)}

    @property
    def keeps_to_tls(self) -> bool:
        return hsts(self) == 0


def score(page: Scanned) -> int:
    """Give the score of a page."""
    modifiers = modified(page).values()
    lost = max(0, BASE + sum(one for one in modifiers if one < 0))
    return lost + sum(one for one in modifiers if one > 0) if lost >= ENOUGH else lost


def modified(page: Scanned) -> dict[str, int]:
    """Give what each of the tests adds to the score."""
    return {rule.__name__: rule(page) for rule in RULES}


def cookies(page: Scanned) -> int:
    """Secure everywhere, HttpOnly on sessions, SameSite on tokens against forged forms; 5 for SameSite everywhere."""
    found = [morsel for sent in page.cookies for morsel in SimpleCookie(sent).values()]
    return min((_cookie(morsel, page.keeps_to_tls) for morsel in found), default=0)


def _cookie(cookie, keeps_to_tls: bool) -> int:
    name, same_site = cookie.key.lower(), cookie["samesite"].lower()
    is_session = "sess" in name or "login" in name
    if is_session and not cookie["secure"]:
        return -10 if keeps_to_tls else -40
    if is_session and not cookie["httponly"]:
        return -30
    if (same_site and same_site not in ("strict", "lax")) or ("csrf" in name and not same_site):
        return -20
    if not cookie["secure"]:
        return -5 if keeps_to_tls else -20
    return 5 if same_site else 0


def sharing(page: Scanned) -> int:
    """Whoever lets all sites read what only somebody who is logged in may see loses 50."""
    return -50 if page.get("Access-Control-Allow-Credentials") == "true" else 0


def content_policy(page: Scanned) -> int:
    """10 for a policy that begins with nothing and lets in nothing unsafe."""
    policy = page.policy
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    scripts, styles = policy.get("script-src", default), policy.get("style-src", default)
    # The scanner does not read these two; whoever is let in by them is let in all the same.
    scripts = scripts | policy.get("script-src-elem", set())
    styles = styles | policy.get("style-src-elem", set())
    active = set().union(*(allowed for name, allowed in policy.items() if name not in ("img-src", "media-src")))
    passive = policy.get("img-src", default) | policy.get("media-src", default)
    if scripts & (BROAD | INLINE) or policy.get("object-src", default) & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def hsts(page: Scanned) -> int:
    """TLS is kept to for six months at least. Nothing is gained by a preload list: that is for the domain's owner."""
    found = re.search(r"max-age=(\d+)", page.get("Strict-Transport-Security"))
    if not found or urlsplit(page.url).scheme != "https":
        return -20
    return 0 if int(found[1]) >= SIX_MONTHS else -10


def redirection(page: Scanned) -> int:
    """The same address without TLS leads to TLS at once, on the same host."""
    first, *more = [urlsplit(urljoin(page.url, address)) for address in page.redirects] or [urlsplit(page.url)]
    if not more or more[-1].scheme != "https":
        return -20
    if more[0].scheme != "https":
        return -10
    return 0 if more[0].hostname == first.hostname else -5


def referrer(page: Scanned) -> int:
    """5 where other sites do not learn from which page somebody comes."""
    named = {one.strip() for one in page.get("Referrer-Policy").split(",")} - {""}
    if not named:
        return 0
    return 5 if named <= PRIVATE else -5


def integrity(page: Scanned) -> int:
    """Scripts of other hosts say what their bytes are; 5 where our own do so, too."""
    found, host = BeautifulSoup(page.html, "lxml").select("script[src]"), urlsplit(page.url).hostname
    foreign = [tag for tag in found if urlsplit(urljoin(page.url, tag["src"])).hostname != host]
    if any(not urljoin(page.url, tag["src"]).startswith("https:") for tag in foreign):
        return -50
    if any(not tag.get("integrity") for tag in foreign):
        return -5
    return 5 if any(tag.get("integrity") for tag in found) else 0


def types(page: Scanned) -> int:
    """What a file is must not be guessed."""
    return 0 if page.get("X-Content-Type-Options") == "nosniff" else -5


def frames(page: Scanned) -> int:
    """5 where the policy says in which frames a page may stand."""
    if "frame-ancestors" in page.policy:
        return 5
    return 0 if page.get("X-Frame-Options") in ("deny", "sameorigin") else -20


def resources(page: Scanned) -> int:
    """10 where no page of another site can load this one as if it were a picture or a script."""
    found = page.get("Cross-Origin-Resource-Policy")
    return {"": 0, "cross-origin": 0, "same-origin": 10, "same-site": 10}.get(found, -5)


RULES = (
    cookies,
    sharing,
    content_policy,
    hsts,
    redirection,
    referrer,
    integrity,
    types,
    frames,
    resources,
)
