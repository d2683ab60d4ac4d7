"""What stands around the pages of scoring: the look of the site, of what the current release holds."""

import json

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from api.content.addresses import FRAME
from api.problems import SENTENCES
from api.releases.server import reader_of
from api.scoring.words import sentence, status_of
from toolkit import locales
from toolkit.assets import asset

# These pages are some people's own: no cache keeps them, no search engine lists them.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def site_frame(locale: str) -> dict | None:
    """Give what stands around every page in a locale, None where the site does not have it."""
    content = reader_of(settings.RELEASES_DIR).content(FRAME.format(locale=locale))
    return json.loads(content)["site"] if content else None


def page(name: str, *, rest: str = "", **shown) -> HttpResponse:
    """Show a page of scoring. `rest` is its address after `/{locale}/score/`, the same in all languages."""
    return framed(f"scoring/{name}.html", address=f"score/{rest}", **shown)


def framed(
    template: str,
    *,
    address: str,
    title: str,
    summary: str = "",
    status: int = 200,
    problem: str = "",
    seconds: int = 0,
    **shown,
) -> HttpResponse:
    """Show a page in the look of the site. `address` is what stands after the locale, the same in all languages.

    `summary` is given by the pages that everybody may find: those that begin something, and are nobody's own.
    `problem` is the reason for which something could not be done, and `seconds` how long to wait.
    """
    locale = get_language()
    site = site_frame(locale) or site_frame(locales.source())
    if site is None:
        return HttpResponse(SENTENCES[503], status=503, headers=PRIVATE | {"Retry-After": "30"})
    site = {**site, "languages": _languages(address)}
    home = {"type": "toolkit", **{name: site["outline"][name] for name in ("title", "path", "lang", "dir")}}
    document = {
        "type": "scoring",
        "locale": locale,
        "lang": locale,
        "dir": locales.direction(locale),
        "title": title,
        "summary": summary,
        "path": f"/{locale}/{address}",
        "ancestors": [home],
        "alternates": site["languages"],
    }
    context = {"document": document, "site": site, "extra_stylesheet": asset("scoring.css").path, **shown}
    context["problem"] = problem and sentence(problem)
    status = status_of(problem) if problem else status
    headers = PRIVATE | ({"Retry-After": str(seconds)} if seconds else {})
    if summary:
        del headers["X-Robots-Tag"]
    return HttpResponse(render_to_string(template, context), status=status, headers=headers)


def _languages(address: str) -> list[dict]:
    """Give a page in all languages of the installation: people score in theirs, also where the site is not yet."""
    return [
        {
            "locale": code,
            "name": locales.own_name(code),
            "dir": locales.direction(code),
            "path": f"/{code}/{address}",
        }
        for code in locales.codes()
    ]


def gone() -> HttpResponse:
    """Say that there is no board here, or none any more."""
    return page("gone", title=_("This board is not here"), status=404)


def see(rest: str) -> HttpResponse:
    """Lead to a page after a form was sent."""
    return HttpResponse(status=303, headers={**PRIVATE, "Location": address(rest)})


def address(rest: str = "", locale: str = "") -> str:
    """Give the address of a page of scoring, in the language that is active or another."""
    return f"/{locale or get_language()}/score/{rest}"


def absolute(path: str) -> str:
    """Give the whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"
