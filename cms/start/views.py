"""The screens that the start page leads to."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.start.choices import reports_for
from cms.start.handbook import handbook as find_handbook
from cms.start.marks import language_names, marks_for
from cms.start.waiting import parts_for
from toolkit import locales
from toolkit.preview import preview_html

# A search box is no place for a letter.
LETTERS = 200


@require_safe
def marks(request: HttpRequest):
    """List the marks that somebody may change."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LETTERS]
    found = marks_for(request.user, code=request.GET.get("language", ""), words=words)
    if found is None:
        raise PermissionDenied
    context = {
        "header_title": _("Which mark do you want to change?"),
        "found": found,
        "languages": language_names(found.codes),
        "language": locales.language(found.code),
        "words": words,
    }
    return TemplateResponse(request, "admin/start/marks.html", context)


@require_safe
def waiting(request: HttpRequest):
    """Show on one screen all that waits for somebody."""
    context = {"header_title": _("What waits for me"), "parts": parts_for(request.user)}
    return TemplateResponse(request, "admin/start/waiting.html", context)


@require_safe
def reports(request: HttpRequest):
    """List the reports that somebody may see."""
    found = reports_for(request)
    if not found:
        raise PermissionDenied
    return TemplateResponse(request, "admin/start/reports.html", {"header_title": _("Reports"), "reports": found})


@require_safe
def handbook(request: HttpRequest):
    """Show the editors' handbook as readers would see it, to everybody who may come to the admin."""
    page = find_handbook()
    if page is None:
        sentence = _("This site has no handbook. An administrator can add it with: {command}")
        messages.warning(request, sentence.format(command="manage.py load_starter --page handbook"))
        return redirect("wagtailadmin_home")
    return redirect(page.url) if page.live else HttpResponse(preview_html(page.get_latest_revision_as_object()))
