"""The page on which those who work on the site look at its parts, where a setting says that it is there."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.scoring.frames import site_frame
from toolkit import locales
from toolkit.assets import asset
from toolkit.rendering import page_html
from toolkit.styleguide import styleguide_document

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@csrf_exempt
@require_safe
def styleguide(request) -> HttpResponse:
    """Show every part of the site in every state; `?dir=rtl` as it is where one reads from right to left."""
    site = site_frame(locales.source()) if settings.STYLEGUIDE else None
    if site is None:
        raise Http404
    direction = "rtl" if request.GET.get("dir") == "rtl" else "ltr"
    html = page_html(styleguide_document(direction), site, {"stylesheet": asset("styleguide.css").path})
    return HttpResponse(html, headers=HEADERS)
