"""The page that gives people the lines to paste, and the page that stands in a frame. Both need the release alone."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from api.content.addresses import WIDGET
from api.scoring.frames import framed
from api.scoring.tokens import TOKEN
from api.scoring.toolkit_marks import marks, stages
from api.widget import snippets
from api.widget.bundle import FOLDER, script
from api.widget.guide import ADDRESS as GUIDE
from toolkit import locales

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LINK = re.compile(rf"(?:^|[/=])({TOKEN})/?$")
FRAME_STYLE = ":root { color-scheme: light dark; }\nbody { margin: 0; }"


@gzip_page
@csrf_exempt
@require_safe
def embed(request) -> HttpResponse:
    """Choose what stands on one's own page, see it, and take the lines that put it there."""
    chosen = read(request.GET, request.GET.get("locale", ""))
    site, words, newest = settings.SITE_URL, _("Score these marks together"), script()
    query = request.GET.urlencode()
    return framed(
        "embed/embed.html",
        title=_("Put the marks on your own site"),
        summary=_(
            "With two lines, people score the marks on a page of yours: alone, or together as a group. No "
            "account, no cookie, nothing is sent to anybody else."
        ),
        asked={"given": request.GET},
        address=f"embed/{'?' if query else ''}{query}",
        stages=_offered(chosen),
        languages=[(code, locales.own_name(code)) for code in locales.codes()],
        colours=[(name, chosen.colours.get(name, usual)) for name, usual in snippets.COLOURS.items()],
        own_colours=bool(chosen.colours),
        unreadable=bool(chosen.colours) and snippets.unreadable(chosen.colours),
        chosen=chosen,
        wrong_link=bool(request.GET.get("board", "").strip()) and not chosen.board,
        frame=snippets.frame_path(chosen),
        lines="\n".join(
            [
                snippets.script_line(
                    site=site,
                    path=newest.path,
                    integrity=newest.integrity,
                    document=WIDGET.format(locale=chosen.locale),
                ),
                snippets.element(chosen, site=site, words=words),
            ]
        ),
        frame_line=snippets.frame_line(chosen, site=site, words=words),
        rule=snippets.colours_rule(chosen),
        policy=snippets.script_policy(site=site, folder=FOLDER),
        frame_policy=snippets.frame_policy(chosen, site=site),
        script_path=newest.path,
        guide=GUIDE,
    )


def _offered(chosen: snippets.Embed) -> list[dict]:
    """Give the stages to choose from; those are unfolded of which something is chosen."""
    return [
        {
            **stage,
            "is_open": stage["code"] in chosen.stages or any(one["code"] in chosen.marks for one in stage["marks"]),
        }
        for stage in stages(get_language())
    ]


@csrf_exempt
@require_safe
def frame(request) -> HttpResponse:
    """Show the widget alone, for a frame on a page of another site."""
    chosen = read(request.GET, get_language())
    language = {"lang": get_language(), "dir": locales.direction(get_language())}
    shown = {"script": script(), "chosen": chosen, "link": snippets.scoring_path(chosen), **language}
    shown["document"] = WIDGET.format(locale=chosen.locale)
    shown["stylesheet"] = f"style.css?{urlencode(chosen.colours)}"
    response = render(request, "embed/frame.html", shown)
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt
@require_safe
def stylesheet(request) -> HttpResponse:
    """Give the stylesheet of a frame: a page's policy lets in no style that stands in it."""
    rules = [FRAME_STYLE, snippets.colours_rule(read(request.GET, get_language()))]
    return HttpResponse("\n".join(filter(None, rules)), content_type="text/css")


def read(query: QueryDict, locale: str) -> snippets.Embed:
    """Read what somebody chose. What there is not is left out."""
    known = stages(get_language())
    codes, of_stages = marks(get_language()), [stage["code"] for stage in known]
    link = LINK.search(query.get("board", "").strip())
    colours = {name: query.get(name, "") for name in snippets.COLOURS}
    wants_colours = query.get("colours", "own") == "own"
    return snippets.Embed(
        locale=locale if locale in locales.codes() else get_language(),
        stages=tuple(one for one in dict.fromkeys(query.getlist("stage")) if one in of_stages),
        marks=tuple(one for one in dict.fromkeys(query.getlist("mark")) if one in codes),
        colours={name: one for name, one in colours.items() if wants_colours and COLOUR.fullmatch(one)},
        board=link[1] if link else "",
    )
